"""Rerouting: a person's choice moves the promise, is explained, and never promises what is not there."""

from typing import Any

import pytest

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.arrivals import NewReceipt
from lingqu.modules.orders.confirm import Confirmation, confirm
from lingqu.modules.orders.receive import receive
from lingqu.modules.orders.reroute import LineNode, Reroute, reroute
from lingqu.modules.orders.ship import NewShipment, ship
from lingqu.modules.orders.step import StepDone, only
from lingqu.modules.routing.decisions import read_decisions


async def _move(places: Any, order_id: Any, *lines: tuple[int, str], who: Any = None) -> StepDone:
    asked = Reroute(
        lines=[LineNode(line_no=line_no, node_id=places.nodes[name]) for line_no, name in lines], reason="雪灾绕行"
    )
    trade = places.trade
    scope = trade.scope(who or trade.seller, user_id=None)
    answer: StepDone = await trade.run(
        lambda tx: reroute(tx, scope=scope, order_id=order_id, asked=asked), who=trade.seller
    )
    return answer


async def _placed(places: Any, *lines: tuple[int, int], **given: Any) -> Any:
    await places.switch_on()
    await places.trade.money(100_000)
    return (await places.place(*lines, **given)).id


async def test_the_promise_moves_and_the_reason_is_kept(places: Any) -> None:
    for place in ("near", "far"):
        await places.stock(place, 10)
    order_id = await _placed(places, (0, 5))
    await _move(places, order_id, (1, "far"))
    assert await places.reserved() == {"home": 0, "near": 0, "far": 5}
    found = await places.trade.run(lambda tx: read_decisions(tx, scope=places.scope(), order_id=order_id))
    assert [(d.attempt, d.cause, d.reason) for d in found.decisions] == [
        (1, "placed", ""),
        (2, "override", "雪灾绕行"),
    ]
    assert found.decisions[1].lines[0].decided_by == "person"
    assert await places.trade.one("select reason from orders.step where name = 'reroute'") == "雪灾绕行"
    assert await places.trade.violations() == {}


async def test_what_moved_is_shipped_from_there_and_received(places: Any) -> None:
    for place in ("near", "far"):
        await places.stock(place, 10)
    trade = places.trade
    order_id = await _placed(places, (0, 5))
    await _move(places, order_id, (1, "far"))
    selling, buying = trade.scope(trade.seller), trade.scope(trade.buyers[0])
    await trade.run(
        lambda tx: confirm(tx, scope=selling, confirmations=[Confirmation(order_id=order_id)]), who=trade.seller
    )
    (sent,) = await trade.run(
        lambda tx: ship(tx, scope=selling, shipments=[NewShipment(order_id=order_id)]), who=trade.seller
    )
    assert await trade.on_hand(places.key("far")) == (5, 0)
    assert await trade.on_hand(places.key("near")) == (10, 0)
    receipt = NewReceipt(shipment_id=only([sent]).document_id)
    await trade.run(lambda tx: receive(tx, scope=buying, receipts=[receipt]), who=trade.buyers[0])
    assert await trade.on_hand(trade.key(0, trade.buyers[0])) == (5, 0)
    assert await trade.violations() == {}
    with pytest.raises(Refusal) as refused:
        await _move(places, order_id, (1, "near"))
    assert refused.value.code == "common.wrong-state"


async def test_it_never_promises_what_is_not_there(places: Any) -> None:
    await places.stock("near", 10)
    await places.stock("far", 4)
    order_id = await _placed(places, (0, 5))
    with pytest.raises(Refusal) as refused:
        await _move(places, order_id, (1, "far"))
    assert refused.value.code == "stock.out-of-stock"
    assert refused.value.errors[0].facts == {
        "line_no": 1,
        "sku_id": places.trade.skus[0],
        "asked": 5,
        "free": 4,
    }
    assert await places.reserved() == {"home": 0, "near": 5, "far": 0}
    assert await places.trade.one("select count(*) from routing.decision") == 1


async def test_what_is_owed_is_taken_where_it_lies(places: Any) -> None:
    await places.stock("near", 3)
    order_id = await _placed(places, (0, 5), shortage_policy="back-order")
    await places.stock("far", 10)
    await _move(places, order_id, (1, "far"))
    assert await places.reserved() == {"home": 0, "near": 0, "far": 5}
    assert await places.trade.one("select back_ordered from orders.line") == 0
    assert await places.trade.violations() == {}


async def test_only_to_an_open_node_of_the_seller(places: Any) -> None:
    await places.stock("near", 10)
    order_id = await _placed(places, (0, 5))
    places.nodes["stranger"] = places.trade.buyers[0].node_id
    with pytest.raises(Refusal) as refused:
        await _move(places, order_id, (1, "stranger"), (1, "far"))
    assert [error.path for error in refused.value.errors] == ["/lines/0/node_id", "/lines/1/line_no"]
    assert (await places.reserved())["near"] == 5


async def test_the_buyer_does_not_choose(places: Any) -> None:
    await places.stock("near", 10)
    order_id = await _placed(places, (0, 5))
    with pytest.raises(Refusal) as refused:
        await _move(places, order_id, (1, "far"), who=places.trade.buyers[0])
    assert refused.value.code == "orders.other-side"
