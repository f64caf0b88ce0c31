"""Pain 4: somebody who never pays locks the whole stock (dujiao-next#105).

Here a promise of goods costs held money: whoever has none holds nothing, and what waits for approval runs out.
Orders of consumers that are paid later do not exist yet; their cap belongs to them.
"""

from datetime import timedelta
from typing import Any

import pytest

from lingqu.kernel.errors import Refusal


async def test_nobody_holds_more_goods_than_its_money_reaches(trade: Any) -> None:
    await trade.stock(1_000)
    await trade.money(3_000)
    scope = trade.scope(trade.buyers[0])
    got = 0
    for _ in range(20):
        try:
            await trade.intake.place(scope=scope, key=trade.new_key(), order=trade.order((0, 1)))
            got += 1
        except Refusal as refusal:
            assert refusal.code == "orders.money-short"  # noqa: PT017 - each of many
    assert got == 3
    with pytest.raises(Refusal) as refused:
        await trade.intake.place(scope=trade.scope(trade.buyers[1]), key=trade.new_key(), order=trade.order((0, 900)))
    assert refused.value.code == "orders.money-short"
    assert await trade.on_hand(trade.key()) == (1_000, 3)


async def test_what_waits_for_approval_gives_way_when_its_time_is_over(trade: Any) -> None:
    async def limit(tx: Any) -> None:
        await tx.connection.execute(
            "update network.trade_link set approval_above_minor = 0, approval_hours = 1 where buyer_id = %s",
            (trade.buyers[0].id,),
        )

    await trade.run(limit)
    await trade.stock(10)
    for buyer in (0, 1):
        await trade.money(100_000, buyer=buyer)
    hoarder, customer = trade.scope(trade.buyers[0]), trade.scope(trade.buyers[1])
    for _ in range(10):
        await trade.intake.place(scope=hoarder, key=trade.new_key(), order=trade.order((0, 1)))
    with pytest.raises(Refusal):
        await trade.intake.place(scope=customer, key=trade.new_key(), order=trade.order((0, 10)))
    trade.wait(timedelta(hours=1))
    placed = await trade.intake.place(scope=customer, key=trade.new_key(), order=trade.order((0, 10)))
    assert placed.status == "placed"
    assert await trade.on_hand(trade.key()) == (10, 10)
    assert await trade.violations() == {}
