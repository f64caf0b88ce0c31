"""Waiting orders are served when goods come: shared as set, in the transaction that reserves, never more than came."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from lingqu.kernel.errors import Invalid, Refusal, Stale
from lingqu.kernel.ids import uuid7
from lingqu.modules.orders.back_orders import ArrivalAsk, BackOrderQuery, list_back_orders, preview_arrival
from lingqu.modules.orders.cancel import cancel
from lingqu.modules.orders.events import OrderCancelled
from lingqu.modules.orders.serve import serve_skus
from lingqu.modules.orders.serving import serve_adjusted, serve_given_up
from lingqu.modules.orders.share import Policy
from lingqu.modules.orders.sharing import NewSharing, read_sharing, set_sharing
from lingqu.modules.orders.types import NewLine, NewOrder
from lingqu.modules.stock.api import OutOfStock
from lingqu.modules.stock.events import StockAdjusted
from lingqu.runtime.inbox import Delivered


async def _owed(trade: Any, packs: int, *, buyer: int = 0, units: int = 1, sku: int = 0) -> UUID:
    """Place an order that waits; each a second after the one before."""
    trade.wait(timedelta(seconds=1))
    line = NewLine(sku_id=trade.skus[sku], packs=packs, pack_id=trade.packs[sku][units])
    order = NewOrder(seller_id=trade.seller.id, lines=[line], shortage_policy="back-order")
    scope = trade.scope(trade.buyers[buyer])
    return (await trade.intake.place(scope=scope, key=trade.new_key(), order=order)).id


async def _start(trade: Any) -> None:
    await trade.stock(1)
    await trade.money(1_000_000)
    await trade.money(1_000_000, buyer=1)


async def _set(trade: Any, policy: Policy, *, levels: Any = (), is_automatic: bool = True) -> None:
    scope = trade.scope(trade.seller)
    version = (await trade.run(lambda tx: read_sharing(tx, scope=scope))).version
    sharing = NewSharing(policy=policy, levels=list(levels), is_automatic=is_automatic)
    await trade.run(lambda tx: set_sharing(tx, scope=scope, if_match=version, sharing=sharing))


async def _serve(trade: Any) -> Any:
    scope = trade.scope(trade.seller)
    return await trade.run(lambda tx: serve_skus(tx, scope=scope, sku_ids=None), who=trade.seller)


async def _adjusted(trade: Any) -> None:
    event = StockAdjusted(
        document_id=uuid7(),
        kind="adjustment",
        organization_id=trade.seller.id,
        node_id=trade.seller.node_id,
        sku_ids=(trade.skus[0],),
    )
    await trade.run(lambda tx: serve_adjusted(tx, Delivered(trade.cell, uuid7(), event)))


async def _reserved(trade: Any, *orders: UUID) -> list[int]:
    return [
        int(await trade.one("select sum(reserved) from orders.line where order_id = %s", order_id))
        for order_id in orders
    ]


async def test_an_arrival_serves_the_oldest_first_by_itself(trade: Any) -> None:
    await _start(trade)
    first, second = await _owed(trade, 5), await _owed(trade, 5, buyer=1)
    assert await _reserved(trade, first, second) == [1, 0]
    await trade.stock(6, lot="L2")
    await _adjusted(trade)
    assert await _reserved(trade, first, second) == [5, 2]
    await _adjusted(trade)
    assert await _reserved(trade, first, second) == [5, 2], "handled again nothing more is given"
    assert await trade.on_hand(trade.key()) == (7, 7)
    served = [event for event in await trade.events() if event["subject"] == "orders.back-orders-served.v1"]
    assert {event["data"]["order_id"] for event in served} == {str(first), str(second)}
    assert await trade.violations() == {}


async def test_levels_and_fair_shares(trade: Any) -> None:
    async def level(tx: Any) -> None:
        await tx.connection.execute(
            "update network.organization set level = case code when 'S2' then 'gold' else 'blue' end"
        )

    await trade.run(level)
    await _start(trade)
    first, second = await _owed(trade, 11), await _owed(trade, 30, buyer=1)
    scope = trade.scope(trade.seller)
    assert (await trade.run(lambda tx: read_sharing(tx, scope=scope))).buyer_levels == ["blue", "gold"]
    await _set(trade, Policy.FAIR)
    await trade.stock(8, lot="L2")
    await _adjusted(trade)
    assert await _reserved(trade, first, second) == [1 + 2, 6]
    await _set(trade, Policy.LEVEL, levels=["gold"])
    await trade.stock(10, lot="L3")
    await _adjusted(trade)
    assert await _reserved(trade, first, second) == [3, 16]
    with pytest.raises(Stale):
        await trade.run(lambda tx: set_sharing(tx, scope=scope, if_match=1, sharing=NewSharing(policy=Policy.OLDEST)))
    with pytest.raises(Invalid):
        await _set(trade, Policy.LEVEL, levels=["gold", "gold"])
    assert await trade.violations() == {}


async def test_by_hand_only_where_it_is_set_so(trade: Any) -> None:
    await _start(trade)
    order_id = await _owed(trade, 5)
    await _set(trade, Policy.OLDEST, is_automatic=False)
    await trade.stock(3, lot="L2")
    await _adjusted(trade)
    assert await _reserved(trade, order_id) == [1]
    done = await _serve(trade)
    assert (done.order_count, done.unit_count, [(line.quantity, line.owed) for line in done.lines]) == (1, 3, [(3, 1)])
    assert (await _serve(trade)).unit_count == 0
    assert await trade.violations() == {}


async def test_packs_stay_whole_and_a_begun_one_is_completed(trade: Any) -> None:
    async def box(tx: Any) -> None:
        await tx.connection.execute(
            "insert into pricing.price_item (list_id, sku_id, pack_id, valid_from, price_minor) "
            "select list_id, sku_id, %s, valid_from, 11000 from pricing.price_item where sku_id = %s",
            (trade.packs[0][12], trade.skus[0]),
        )

    await trade.run(box)
    await _start(trade)
    boxes = await _owed(trade, 2, units=12)
    singles = await _owed(trade, 2, buyer=1)
    await trade.stock(14, lot="L2")
    await _adjusted(trade)
    assert await _reserved(trade, boxes, singles) == [12, 2], "11 complete the begun box; 1 is left for nobody's box"
    assert await trade.on_hand(trade.key()) == (15, 14)


async def test_what_one_order_gives_up_serves_the_next(trade: Any) -> None:
    await trade.stock(10)
    await trade.money(1_000_000)
    await trade.money(1_000_000, buyer=1)
    holder, waiting = await _owed(trade, 10), await _owed(trade, 4, buyer=1)
    scope = trade.scope(trade.buyers[0])
    await trade.run(lambda tx: cancel(tx, scope=scope, order_id=holder, reason="test"), who=trade.buyers[0])
    event = OrderCancelled(
        order_id=holder,
        buyer_id=trade.buyers[0].id,
        seller_id=trade.seller.id,
        business_on=trade.today,
        reason="test",
    )
    await trade.run(lambda tx: serve_given_up(tx, Delivered(trade.cell, uuid7(), event)))
    assert await _reserved(trade, holder, waiting) == [0, 4]
    assert await trade.violations() == {}


async def test_the_list_and_what_an_arrival_would_bring(trade: Any) -> None:
    await _start(trade)
    first, second = await _owed(trade, 5), await _owed(trade, 20, buyer=1)
    scope = trade.scope(trade.seller)
    listed = await trade.run(lambda tx: list_back_orders(tx, scope=scope, query=BackOrderQuery()))
    assert [(row.order_id, row.owed, row.free, row.buyer_name) for row in listed.items] == [
        (first, 4, 0, "小店一"),
        (second, 20, 0, "小店二"),
    ]
    ask = ArrivalAsk(sku_id=trade.skus[0], node_id=trade.seller.node_id, quantity=6, policy=Policy.FAIR)
    preview = await trade.run(lambda tx: preview_arrival(tx, scope=scope, ask=ask))
    assert (preview.policy, preview.free, preview.left) == (Policy.FAIR, 0, 0)
    assert [(line.order_id, line.quantity) for line in preview.lines] == [(first, 1), (second, 5)]
    assert await _reserved(trade, first, second) == [1, 0], "nothing was reserved"
    buyer = trade.scope(trade.buyers[0])
    assert (await trade.run(lambda tx: list_back_orders(tx, scope=buyer, query=BackOrderQuery()))).items == []
    with pytest.raises(Refusal) as refused:
        await trade.run(lambda tx: preview_arrival(tx, scope=buyer, ask=ask))
    assert refused.value.code == "common.not-found"


async def test_serving_and_placing_at_once_never_oversell(trade: Any) -> None:
    await _start(trade)
    waiting = [await _owed(trade, 7, buyer=number % 2) for number in range(6)]
    await trade.stock(20, lot="L2")

    async def place(number: int) -> int:
        order = trade.order((0, 3), shortage_policy="all-or-nothing")
        scope = trade.scope(trade.buyers[number % 2])
        try:
            await trade.intake.place(scope=scope, key=trade.new_key(), order=order)
        except OutOfStock:
            return 0
        return 3

    runs = [_serve(trade) if number % 3 == 0 else place(number) for number in range(12)]
    answers = await asyncio.gather(*runs)
    placed = sum(answer for answer in answers if isinstance(answer, int))
    served = sum(answer.unit_count for answer in answers if not isinstance(answer, int))
    on_hand, reserved = await trade.on_hand(trade.key())
    assert (on_hand, reserved) == (21, 1 + placed + served)
    assert reserved <= on_hand
    assert sum(await _reserved(trade, *waiting)) == 1 + served
    assert await trade.violations() == {}
