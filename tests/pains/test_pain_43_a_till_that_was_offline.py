"""Pain 43: a till that comes back online books its sales twice or loses some (POSNext#50 #97, frappe/books#1174)."""

import asyncio
from typing import Any

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.api import Intake, KeyedSale, NewLine, NewSale


def _sales(trade: Any, count: int) -> list[KeyedSale]:
    return [
        KeyedSale(key=trade.new_key(), sale=NewSale(lines=[NewLine(sku_id=trade.skus[0], packs=1 + number % 3)]))
        for number in range(count)
    ]


async def test_batches_sent_again_and_overlapping_book_each_sale_once(trade: Any) -> None:
    await trade.stock(1_000)
    scope, sales = trade.scope(trade.seller), _sales(trade, 20)
    doors = [trade.intake, Intake(trade.database)]
    parts = [sales, sales[:12], sales[8:], sales[::-1], sales]
    answers = await asyncio.gather(
        *(doors[number % 2].sell_all(scope=scope, sales=part) for number, part in enumerate(parts))
    )
    ids = {one.key: answer.id for one, answer in zip(sales, answers[0], strict=True)}
    for part, answer in zip(parts, answers, strict=True):
        assert [one.id for one in answer] == [ids[sale.key] for sale in part]
    sold = sum(one.sale.lines[0].packs for one in sales)
    assert await trade.one("select count(*)::int from orders.order where kind = 'retail'") == 20
    assert await trade.on_hand(trade.key()) == (1_000 - sold, 0)
    assert await trade.violations() == {}


async def test_one_sale_that_cannot_be_served_loses_none_of_the_others(trade: Any) -> None:
    await trade.stock(5)
    scope, sales = trade.scope(trade.seller), _sales(trade, 3)  # 1, 2 and 3
    first = await trade.intake.sell_all(scope=scope, sales=sales)
    assert [isinstance(one, Refusal) for one in first] == [False, False, True]
    await trade.stock(1, lot="L2")
    again = await trade.intake.sell_all(scope=scope, sales=sales)
    assert [one.id for one in again[:2]] == [one.id for one in first[:2]]
    assert not isinstance(again[2], Refusal), "nothing of a refused sale was kept, so it can be sold now"
    assert await trade.on_hand(trade.key()) == (0, 0)


async def test_an_order_sent_through_two_doors_at_once_is_placed_once(trade: Any) -> None:
    await trade.stock(1_000)
    account = await trade.money(1_000_000)
    doors, scope = [trade.intake, Intake(trade.database)], trade.scope(trade.buyers[0])
    for _ in range(25):
        key, order = trade.new_key(), trade.order((0, 1))
        answers = await asyncio.gather(*(door.place(scope=scope, key=key, order=order) for door in doors * 2))
        assert len({answer.id for answer in answers}) == 1
    assert await trade.on_hand(trade.key()) == (1_000, 25)
    assert await trade.balance(account) == (1_000_000, 25_000)
