"""A warehouse lets an order go: the next by the rules sends it, or it is held, told of and tried again."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.answer_work import WorkAccepted, WorkRejected, accept_work, reject_work
from lingqu.modules.orders.cancel import cancel
from lingqu.modules.orders.confirm import Confirmation, confirm
from lingqu.modules.orders.list_held import HeldQuery, list_held
from lingqu.modules.orders.queries import read_order
from lingqu.modules.orders.reroute import LineNode, Reroute, reroute
from lingqu.modules.orders.retry_held import Retry, retry_all_held, retry_held
from lingqu.modules.orders.ship import NewShipment, ShipLine, ship
from lingqu.modules.orders.time_out import time_out_due
from lingqu.modules.routing.decisions import read_decisions

HOUR = timedelta(hours=1)


async def _placed(places: Any, *lines: tuple[int, int], given: dict[str, Any] | None = None, **setting: Any) -> UUID:
    await places.switch_on(**setting)
    await places.trade.money(100_000)
    order_id: UUID = (await places.place(*lines, **(given or {}))).id
    return order_id


async def _reject(places: Any, order_id: UUID, name: str, *, who: Any = None) -> Any:
    asked = WorkRejected(node_id=places.nodes[name], reason="叉车故障")
    scope = places.trade.scope(who or places.trade.seller)
    return await places.trade.run(
        lambda tx: reject_work(tx, scope=scope, order_id=order_id, asked=asked), who=places.trade.seller
    )


async def _accept(places: Any, order_id: UUID, name: str) -> Any:
    asked = WorkAccepted(node_id=places.nodes[name])
    scope = places.trade.scope(places.trade.seller)
    return await places.trade.run(
        lambda tx: accept_work(tx, scope=scope, order_id=order_id, asked=asked), who=places.trade.seller
    )


async def _retry(places: Any, order_id: UUID, *, with_all: bool = False) -> Any:
    scope, asked = places.trade.scope(places.trade.seller), Retry(with_all=with_all)
    return await places.trade.run(
        lambda tx: retry_held(tx, scope=scope, order_id=order_id, asked=asked), who=places.trade.seller
    )


async def _time_out(places: Any) -> int:
    counted: int = await places.trade.run(lambda tx: time_out_due(tx, cell_id=places.trade.cell))
    return counted


async def _retry_all(places: Any) -> int:
    counted: int = await places.trade.run(lambda tx: retry_all_held(tx, cell_id=places.trade.cell))
    return counted


async def _order(places: Any, order_id: UUID) -> Any:
    scope = places.trade.scope(places.trade.seller)
    return await places.trade.run(lambda tx: read_order(tx, scope=scope, order_id=order_id))


async def _held(places: Any) -> list[Any]:
    scope = places.trade.scope(places.trade.seller)
    return list((await places.trade.run(lambda tx: list_held(tx, scope=scope, query=HeldQuery()))).items)


async def test_the_next_by_the_rules_takes_it_and_the_reason_is_kept(places: Any) -> None:
    for place in ("home", "near", "far"):
        await places.stock(place, 10)
    order_id = await _placed(places, (0, 5))
    await _reject(places, order_id, "near")
    assert await places.reserved() == {"home": 5, "near": 0, "far": 0}
    await _reject(places, order_id, "home")
    assert await places.reserved() == {"home": 0, "near": 0, "far": 5}
    found = await places.trade.run(lambda tx: read_decisions(tx, scope=places.scope(), order_id=order_id))
    assert [(d.cause, d.reason) for d in found.decisions] == [("placed", ""), *[("rejected", "叉车故障")] * 2]
    gone = {(dropped.node_id, dropped.why) for dropped in found.decisions[2].lines[0].dropped}
    assert gone == {(places.nodes["near"], "let-go"), (places.nodes["home"], "let-go")}
    work = {one.node_name: one.answer for one in (await _order(places, order_id)).seller_side.work}
    assert work["far"] is None
    assert work["near"] == "rejected"
    assert await _held(places) == []
    assert await places.trade.violations() == {}


async def test_what_nobody_can_send_is_held_and_told_once(places: Any) -> None:
    await places.stock("near", 10)
    order_id = await _placed(places, (0, 5))
    await _reject(places, order_id, "near")
    assert await places.reserved() == {"home": 0, "near": 0, "far": 0}
    (held,) = await _held(places)
    assert (held.id, held.cause, held.reason, held.owed) == (order_id, "rejected", "叉车故障", 5)
    order = await _order(places, order_id)
    assert {"retry", "reject-work", "cancel"} <= set(order.actions)
    # It is owed at the nearest of the others; that one lets it go too, and nobody hears of it again.
    await _reject(places, order_id, "home")
    told = [event["data"] for event in await places.trade.events() if "orders.held.v1" in str(event)]
    assert [(event["cause"], event["owed"]) for event in told] == [("rejected", 5)]
    assert await places.trade.violations() == {}


async def test_goods_that_come_end_the_hold_by_themselves(places: Any) -> None:
    await places.stock("near", 10)
    order_id = await _placed(places, (0, 5))
    await _reject(places, order_id, "near")
    places.trade.wait(HOUR)
    assert await _retry_all(places) == 1
    assert await places.trade.one("select count(*) from routing.decision") == 2
    await places.stock("far", 4)
    places.trade.wait(HOUR)
    await _retry_all(places)
    assert await places.reserved() == {"home": 0, "near": 0, "far": 4}
    assert [held.owed for held in await _held(places)] == [1]
    await places.stock("home", 5)
    places.trade.wait(HOUR)
    await _retry_all(places)
    assert await places.reserved() == {"home": 5, "near": 0, "far": 0}
    assert await _held(places) == []
    assert await _retry_all(places) == 0
    assert await places.trade.violations() == {}


async def test_a_hand_may_ask_again_also_who_let_it_go(places: Any) -> None:
    await places.stock("near", 10)
    order_id = await _placed(places, (0, 5))
    await _reject(places, order_id, "near")
    with pytest.raises(Refusal) as refused:
        await _retry(places, order_id)
    assert refused.value.code == "orders.still-held"
    await _retry(places, order_id, with_all=True)
    assert await places.reserved() == {"home": 0, "near": 5, "far": 0}
    assert await _held(places) == []


async def test_a_cancelled_order_is_held_no_more(places: Any) -> None:
    await places.stock("near", 10)
    order_id = await _placed(places, (0, 5))
    await _reject(places, order_id, "near")
    scope = places.trade.scope(places.trade.seller)
    await places.trade.run(lambda tx: cancel(tx, scope=scope, order_id=order_id, reason="无货"))
    assert await _held(places) == []
    places.trade.wait(HOUR)
    await _retry_all(places)
    assert await places.trade.one("select count(*) from routing.held") == 0


async def test_only_what_has_not_left_moves_on(places: Any) -> None:
    for place in ("near", "far"):
        await places.stock(place, 10)
    order_id = await _placed(places, (0, 5), (1, 2), given={"shortage_policy": "back-order"}, max_parts=3)
    trade = places.trade
    selling = trade.scope(trade.seller)
    await trade.run(
        lambda tx: confirm(tx, scope=selling, confirmations=[Confirmation(order_id=order_id)]), who=trade.seller
    )
    part = NewShipment(order_id=order_id, lines=[ShipLine(line_no=1, quantity=2)])
    await trade.run(lambda tx: ship(tx, scope=selling, shipments=[part]), who=trade.seller)
    await _reject(places, order_id, "near")
    assert await places.reserved() == {"home": 0, "near": 0, "far": 3}
    assert await trade.one("select shipped from orders.line where line_no = 1") == 2
    assert await trade.violations() == {}


async def test_who_says_nothing_in_time_loses_it_and_who_took_it_on_keeps_it(places: Any) -> None:
    for place in ("home", "near"):
        await places.stock(place, 20)
    silent = await _placed(places, (0, 5), accept_hours=2)
    taken = (await places.place((0, 5))).id
    await _accept(places, taken, "near")
    places.trade.wait(HOUR)
    assert await _time_out(places) == 0
    places.trade.wait(HOUR)
    assert await _time_out(places) == 1
    assert await _time_out(places) == 0
    assert await places.reserved() == {"home": 5, "near": 5, "far": 0}
    order = await _order(places, silent)
    assert [step.name for step in order.steps] == ["time-out"]
    assert order.seller_side.due_at is not None
    assert (await _order(places, taken)).seller_side.due_at is None
    # The second one is silent as well; nobody is left who has it.
    places.trade.wait(2 * HOUR)
    assert await _time_out(places) == 1
    assert [held.cause for held in await _held(places)] == ["timed-out"]
    assert await places.trade.violations() == {}


async def test_what_was_sent_or_given_up_is_not_timed_out(places: Any) -> None:
    await places.stock("near", 20)
    sent = await _placed(places, (0, 5), accept_hours=1)
    given_up = (await places.place((0, 5))).id
    trade, selling = places.trade, places.trade.scope(places.trade.seller)
    await trade.run(
        lambda tx: confirm(tx, scope=selling, confirmations=[Confirmation(order_id=sent)]), who=trade.seller
    )
    await trade.run(lambda tx: ship(tx, scope=selling, shipments=[NewShipment(order_id=sent)]), who=trade.seller)
    await trade.run(lambda tx: cancel(tx, scope=selling, order_id=given_up, reason="-"))
    places.trade.wait(2 * HOUR)
    while await _time_out(places):
        pass
    assert await trade.one("select count(*) from routing.answer") == 0
    assert await trade.one("select count(*) from routing.decision where due_at is not null") == 0


async def test_only_the_seller_answers_and_only_for_who_has_work(places: Any) -> None:
    for place in ("home", "near"):
        await places.stock(place, 10)
    order_id = await _placed(places, (0, 5))
    with pytest.raises(Refusal) as refused:
        await _reject(places, order_id, "near", who=places.trade.buyers[0])
    assert refused.value.code == "orders.other-side"
    for answer in (_reject, _accept):
        with pytest.raises(Refusal) as refused:
            await answer(places, order_id, "home")
        assert refused.value.code == "orders.no-work-there"
    assert (await places.reserved())["near"] == 5


async def test_a_person_asks_anew_whom_it_chooses(places: Any) -> None:
    for place in ("home", "near"):
        await places.stock(place, 10)
    order_id = await _placed(places, (0, 5), accept_hours=2)
    await _reject(places, order_id, "near")
    places.trade.wait(HOUR)
    asked = Reroute(lines=[LineNode(line_no=1, node_id=places.nodes["near"])], reason="已修好")
    scope = places.trade.scope(places.trade.seller)
    await places.trade.run(lambda tx: reroute(tx, scope=scope, order_id=order_id, asked=asked), who=places.trade.seller)
    side = (await _order(places, order_id)).seller_side
    assert [(node.node_name, node.answer) for node in side.work] == [("near", None)]
    assert side.due_at == places.trade.now + 2 * HOUR
    places.trade.wait(HOUR)
    assert await _time_out(places) == 0
    assert (await places.reserved())["near"] == 5


@pytest.mark.parametrize("other", ["ship", "cancel", "time-out"])
async def test_a_rejection_races_another_step(places: Any, other: str) -> None:
    for place in ("home", "near"):
        await places.stock(place, 40)
    await places.switch_on(accept_hours=1)
    await places.trade.money(1_000_000)
    trade, selling = places.trade, places.trade.scope(places.trade.seller)
    ids = [(await places.place((0, 5))).id for _ in range(6)]
    confirmations = [Confirmation(order_id=order_id) for order_id in ids]
    await trade.run(lambda tx: confirm(tx, scope=selling, confirmations=confirmations), who=trade.seller)
    if other == "time-out":
        trade.wait(2 * HOUR)

    async def take(order_id: UUID) -> None:
        if other == "ship":
            verdicts = await trade.run(
                lambda tx: ship(tx, scope=selling, shipments=[NewShipment(order_id=order_id)]), who=trade.seller
            )
            assert not isinstance(verdicts[0], Refusal)
        elif other == "cancel":
            await trade.run(lambda tx: cancel(tx, scope=selling, order_id=order_id, reason="-"), who=trade.seller)
        else:
            await _time_out(places)

    answers = await asyncio.gather(
        *(step for order_id in ids for step in (_reject(places, order_id, "near"), take(order_id))),
        return_exceptions=True,
    )
    refused = [answer for answer in answers if isinstance(answer, BaseException)]
    assert all(isinstance(one, Refusal) for one in refused), refused
    assert await trade.violations() == {}
    reserved = await places.reserved()
    assert reserved["near"] == 0
    if other == "time-out":
        assert reserved["home"] == 30
        assert await trade.one("select count(*) from routing.answer") == 6
