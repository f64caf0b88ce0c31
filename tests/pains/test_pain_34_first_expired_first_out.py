"""Pain 34: the oldest lot alone cannot serve a line, "expired" means three days in three places, and expired goods are
stuck (erpnext#58640 #58735 #11956, PR#46231)."""

from datetime import date, timedelta
from typing import Any

import pytest

from lingqu.kernel.errors import Refusal
from lingqu.modules.stock.adjust import AdjustmentLine, adjust
from lingqu.modules.stock.list_stock import StockQuery, list_stock
from tests.orders.life import Life

_LAST = date(2026, 3, 10)


async def test_a_line_is_split_over_lots_the_first_to_expire_first(trade: Any) -> None:
    await trade.stock(4, lot="B", expires_on=_LAST + timedelta(days=1))
    await trade.stock(3, lot="A", expires_on=_LAST)
    await trade.money(100_000)
    placed = await trade.intake.place(
        scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 5))
    )
    life = Life(trade, placed.id)
    await life.confirm()
    await life.ship()
    (shipment,) = (await life.read(trade.seller)).shipments
    assert [(line.lot_code, line.quantity) for line in shipment.lines] == [("A", 3), ("B", 2)]


@pytest.mark.parametrize(("days_before", "is_sold"), [(1, True), (0, False)])
async def test_expired_means_the_same_day_where_it_is_listed_placed_and_shipped(
    trade: Any, days_before: int, *, is_sold: bool
) -> None:
    await trade.stock(3, lot="A", expires_on=_LAST)
    await trade.money(100_000)
    early = await trade.intake.place(scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 1)))
    life = Life(trade, early.id)
    await life.confirm()
    trade.wait((_LAST - timedelta(days=days_before)) - trade.today)
    assert trade.today == _LAST - timedelta(days=days_before)
    (line,) = (
        await trade.run(
            lambda tx: list_stock(tx, scope=trade.scope(trade.seller), query=StockQuery(), today=trade.today)
        )
    ).items
    assert line.free == (2 if is_sold else 0)
    steps = (
        lambda: trade.intake.place(scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 1))),
        life.ship,
    )
    for step in steps:
        if is_sold:
            await step()
        else:
            with pytest.raises(Refusal) as refused:
                await step()
            assert refused.value.code == "stock.out-of-stock"


async def test_expired_goods_leave_by_hand_with_a_reason(trade: Any) -> None:
    await trade.stock(3, lot="A", expires_on=_LAST)
    trade.wait(timedelta(days=30))
    line = AdjustmentLine(sku_id=trade.skus[0], quantity=-3, lot_code="A")
    scope = trade.scope(trade.seller)
    await trade.run(
        lambda tx: adjust(tx, scope=scope, node_id=trade.seller.node_id, lines=[line], reason="scrapped"),
        who=trade.seller,
    )
    assert await trade.on_hand(trade.key()) == (0, 0)
    assert await trade.violations() == {}
