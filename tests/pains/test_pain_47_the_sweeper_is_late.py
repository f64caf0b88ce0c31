"""Pain 47: an order stays alive because the job that ends it is late (mall#311). No test here runs that job."""

from datetime import timedelta
from typing import Any

import pytest

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.approve import approve
from lingqu.modules.orders.queries import OrderQuery, list_orders
from lingqu.modules.stock.list_stock import StockQuery, list_stock
from tests.orders.life import Life


@pytest.fixture
async def overdue(trade: Any) -> Life:
    """Place an order for everything and let its time run out."""

    async def limit(tx: Any) -> None:
        await tx.connection.execute("update network.trade_link set approval_above_minor = 0, approval_hours = 1")

    await trade.run(limit)
    await trade.stock(10)
    for buyer in (0, 1):
        await trade.money(100_000, buyer=buyer)
    placed = await trade.intake.place(
        scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 10))
    )
    life = Life(trade, placed.id)
    assert "approve" in (await life.read(trade.seller)).actions
    assert await _free(trade) == (10, 0)
    trade.wait(timedelta(hours=1))
    return life


async def _free(trade: Any) -> tuple[int, int]:
    listed = await trade.run(
        lambda tx: list_stock(tx, scope=trade.scope(trade.seller), query=StockQuery(), today=trade.today)
    )
    (line,) = listed.items
    return line.reserved, line.free


async def test_whoever_reads_it_sees_it_expired(trade: Any, overdue: Life) -> None:
    for who in (trade.buyers[0], trade.seller):
        order = await overdue.read(who)
        assert order.status == "expired"
        assert order.actions == []

    async def listed(**query: Any) -> list[str]:
        found = await trade.run(lambda tx: list_orders(tx, scope=trade.scope(trade.seller), query=OrderQuery(**query)))
        return [one.status for one in found.items]

    assert await listed() == ["expired"]
    assert await listed(status="expired") == ["expired"]
    assert await listed(status="placed") == []


async def test_a_late_yes_is_refused(trade: Any, overdue: Life) -> None:
    scope = trade.scope(trade.seller)
    with pytest.raises(Refusal) as refused:
        await trade.run(lambda tx: approve(tx, scope=scope, order_id=overdue.id), who=trade.seller)
    assert refused.value.code == "orders.time-over"
    assert await trade.on_hand(trade.key()) == (10, 10), "the sweeper has not been here"


async def test_its_goods_are_shown_free_and_are_sold(trade: Any, overdue: Life) -> None:
    assert await _free(trade) == (0, 10)
    await trade.intake.place(scope=trade.scope(trade.buyers[1]), key=trade.new_key(), order=trade.order((0, 10)))
    assert await trade.one("select status from orders.order where id = %s", overdue.id) == "expired"
    assert await _free(trade) == (10, 0)
    assert await trade.violations() == {}
