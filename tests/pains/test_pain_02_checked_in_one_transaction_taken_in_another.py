"""Pain 2: what was free when it was checked is gone when it is taken (vendure#1355, shopper#581, FOSSBilling#4130)."""

import asyncio
from typing import Any

import pytest

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.allocate import allocate
from lingqu.modules.stock.list_stock import StockQuery, list_stock


async def test_what_was_seen_free_is_asked_again_when_it_is_taken(trade: Any) -> None:
    await trade.stock(10)
    for buyer in (0, 1):
        await trade.money(100_000, buyer=buyer)
    seen = await trade.run(
        lambda tx: list_stock(tx, scope=trade.scope(trade.buyers[0]), query=StockQuery(), today=trade.today)
    )
    assert [line.free for line in seen.items] == [10]
    await trade.intake.place(scope=trade.scope(trade.buyers[1]), key=trade.new_key(), order=trade.order((0, 7)))
    with pytest.raises(Refusal) as refused:
        await trade.intake.place(scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 10)))
    assert refused.value.errors[0].facts["free"] == 3
    assert await trade.on_hand(trade.key()) == (10, 7)


async def test_goods_that_come_are_allocated_once_though_many_ask(trade: Any) -> None:
    await trade.stock(1)
    await trade.money(1_000_000)
    scope = trade.scope(trade.buyers[0])
    orders = [
        await trade.intake.place(
            scope=scope, key=trade.new_key(), order=trade.order((0, 4), shortage_policy="back-order")
        )
        for _ in range(8)
    ]
    await trade.stock(5, lot="L2")
    seller = trade.scope(trade.seller)
    await asyncio.gather(
        *(
            trade.run(lambda tx, one=one: allocate(tx, scope=seller, order_id=one.id), who=trade.seller)
            for one in orders
            for _ in range(2)
        ),
        return_exceptions=True,
    )
    assert await trade.on_hand(trade.key()) == (6, 6)
    assert await trade.one("select sum(reserved)::int, sum(back_ordered)::int from orders.line") == (6, 26)
    assert await trade.violations() == {}
