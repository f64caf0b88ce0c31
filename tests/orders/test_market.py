"""What one process remembers of the market while several orders read it anew at once."""

import asyncio
from datetime import date, timedelta
from typing import Any

from lingqu.kernel.clock import midnight
from lingqu.modules.orders.types import Placed


async def test_reading_one_link_anew_forgets_no_other(trade: Any) -> None:
    market = trade.intake.market
    first, second = ((trade.seller.id, buyer.id) for buyer in trade.buyers)
    await trade.run(lambda tx: market.load(tx, [first]))
    await trade.run(lambda tx: market.load(tx, [second]))
    assert market.knows(first)
    assert market.knows(second)


async def test_a_change_is_read_with_every_known_link(trade: Any) -> None:
    market = trade.intake.market
    first, second = ((trade.seller.id, buyer.id) for buyer in trade.buyers)
    await trade.run(lambda tx: market.load(tx, [first, second]))
    await trade.one(
        "update network.trade_link set payment_days = 77 where (seller_id, buyer_id) = (%s, %s) returning id", *first
    )
    await trade.run(lambda tx: market.load(tx, [second]))
    assert market.known[first].link.payment_days == 77


async def test_buyers_that_come_at_once_all_find_their_link(trade: Any) -> None:
    await trade.stock(50)
    for buyer in (0, 1):
        await trade.money(1_000_000, buyer=buyer)
    answers = await asyncio.gather(
        *(
            trade.intake.place(scope=trade.scope(trade.buyers[i % 2]), key=trade.new_key(), order=trade.order((0, 1)))
            for i in range(50)
        ),
        return_exceptions=True,
    )
    assert [answer for answer in answers if not isinstance(answer, Placed)] == []


async def test_a_day_at_the_sellers_ends_at_its_midnight(trade: Any) -> None:
    market, pair = trade.intake.market, (trade.seller.id, trade.buyers[0].id)
    await trade.run(lambda tx: market.load(tx, [pair]))
    zone = market.known[pair].seller.time_zone
    end = midnight(date(2026, 3, 3), zone)
    days = {end - timedelta(seconds=1): 2, end: 3, end + timedelta(hours=23): 3, end + timedelta(days=1): 4}
    for at, day in [*days.items(), *reversed(days.items())]:
        assert market.today(pair, at).deal.business_on == date(2026, 3, day)
    await trade.one(
        "update network.trade_link set valid_until = '2026-03-04' where (seller_id, buyer_id) = (%s, %s) returning id",
        *pair,
    )
    await trade.run(lambda tx: market.load(tx, [pair]))
    assert market.today(pair, end).deal is not None
    assert market.today(pair, end + timedelta(days=1)).deal is None
    assert market.today((pair[0], 10**9), end) is None
