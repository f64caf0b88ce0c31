"""Placing with routing: chosen, reserved and explained in one transaction; never refused while goods lie elsewhere."""

import asyncio
from typing import Any

import pytest

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.api import Intake, Keyed
from lingqu.modules.orders.queries import read_order
from lingqu.modules.orders.types import Placed
from lingqu.modules.routing.decisions import read_decisions
from lingqu.modules.routing.types import Decisions, NodeSetting


async def _why(places: Any, order_id: Any) -> Decisions:
    answer: Decisions = await places.trade.run(lambda tx: read_decisions(tx, scope=places.scope(), order_id=order_id))
    return answer


async def _is_routed(places: Any, order_id: Any) -> bool:
    """Ask the order itself whether there is a choice to read: no page asks for one that is not there."""
    order = await places.trade.run(lambda tx: read_order(tx, scope=places.scope(), order_id=order_id))
    return bool(order.seller_side.is_routed)


async def test_without_a_setting_goods_leave_from_the_first_node(places: Any) -> None:
    await places.stock("home", 10)
    await places.stock("near", 10)
    await places.trade.money(100_000)
    placed = await places.place((0, 5))
    assert await places.reserved() == {"home": 5, "near": 0, "far": 0}
    assert await places.trade.one("select count(*) from routing.decision") == 0
    assert not await _is_routed(places, placed.id)


async def test_the_nearest_warehouse_that_has_it_all_serves_and_says_why(places: Any) -> None:
    await places.switch_on()
    for place, quantity in (("home", 10), ("near", 4), ("far", 10)):
        await places.stock(place, quantity)
    account = await places.trade.money(100_000)
    placed = await places.place((0, 5))
    assert await places.reserved() == {"home": 5, "near": 0, "far": 0}
    assert await _is_routed(places, placed.id)
    (decision,) = (await _why(places, placed.id)).decisions
    (line,) = decision.lines
    assert (line.node_id, line.decided_by, line.free) == (places.nodes["home"], "distance", 10)
    assert [step.rule for step in line.steps] == ["stock", "splits", "preferred", "distance"]
    assert (decision.cause, decision.setting_version, decision.attempt) == ("placed", 1, 1)
    assert await places.trade.balance(account) == (100_000, 5_000)
    assert await places.trade.violations() == {}


async def test_lines_may_leave_from_different_nodes(places: Any) -> None:
    await places.switch_on()
    await places.stock("near", 10, sku=0)
    await places.stock("far", 10, sku=1)
    await places.trade.money(100_000)
    placed = await places.place((0, 5), (1, 5))
    assert (await places.reserved(0))["near"] == 5
    assert (await places.reserved(1))["far"] == 5
    ship_from = await places.trade.one("select ship_from from orders.order where id = %s", placed.id)
    assert ship_from == min(places.nodes["near"], places.nodes["far"])
    assert await places.trade.violations() == {}


async def test_a_batch_takes_what_the_orders_before_it_left(places: Any) -> None:
    await places.switch_on()
    await places.stock("near", 10)
    await places.stock("far", 10)
    await places.trade.money(100_000)
    trade = places.trade
    some = [Keyed(key=trade.new_key(), order=trade.order((0, 4))) for _ in range(4)]
    verdicts = await trade.intake.place_all(scope=trade.scope(trade.buyers[0]), orders=some)
    assert all(isinstance(verdict, Placed) for verdict in verdicts)
    assert await places.reserved() == {"home": 0, "near": 8, "far": 8}


async def test_a_rush_from_many_processes_is_served_to_the_last_unit(places: Any) -> None:
    """Batches choose by the same reading and collide; what collides is chosen again under locks."""
    await places.switch_on()
    for place in ("home", "near", "far"):
        await places.stock(place, 10)
    trade = places.trade
    await trade.money(1_000_000)
    doors = [Intake(trade.database, max_size=2) for _ in range(4)]
    scope = trade.scope(trade.buyers[0])
    answers = await asyncio.gather(
        *(doors[i % 4].place(scope=scope, key=trade.new_key(), order=trade.order((0, 3))) for i in range(12)),
        return_exceptions=True,
    )
    for door in doors:
        await door.drain()
    placed = [one for one in answers if isinstance(one, Placed)]
    assert len(placed) == 9
    assert {type(one).__name__ for one in answers if not isinstance(one, Placed)} == {"OutOfStock"}
    assert await places.reserved() == {"home": 9, "near": 9, "far": 9}
    assert await trade.one("select count(*) from routing.decision") == 9
    assert await trade.violations() == {}


async def test_a_refused_order_leaves_no_trace(places: Any) -> None:
    await places.switch_on()
    await places.stock("near", 4)
    await places.trade.money(100_000)
    with pytest.raises(Refusal) as refused:
        await places.place((0, 5))
    assert refused.value.code == "stock.out-of-stock"
    assert await places.reserved() == {"home": 0, "near": 0, "far": 0}
    assert await places.trade.one("select count(*) from routing.decision") == 0


async def test_what_nobody_has_waits_where_most_lies_when_the_order_may_wait(places: Any) -> None:
    await places.switch_on()
    await places.stock("far", 4)
    await places.trade.money(100_000)
    placed = await places.place((0, 5), shortage_policy="back-order")
    assert await places.reserved() == {"home": 0, "near": 0, "far": 4}
    (decision,) = (await _why(places, placed.id)).decisions
    assert (decision.lines[0].node_id, decision.lines[0].free) == (places.nodes["far"], 4)
    assert [(short.asked, short.free) for short in placed.short_lines] == [(5, 4)]


async def test_a_buyer_that_no_node_may_serve_is_refused_at_once(places: Any) -> None:
    nodes = tuple(NodeSetting(node_id=n, levels=("elsewhere",)) for n in places.nodes.values())
    await places.switch_on(nodes=nodes)
    await places.stock("home", 10)
    await places.trade.money(100_000)
    with pytest.raises(Refusal) as refused:
        await places.place((0, 5))
    assert refused.value.code == "routing.nobody-serves"
    assert await places.trade.one("select count(*) from orders.order") == 0


async def test_a_changed_setting_holds_for_the_next_order(places: Any) -> None:
    for place in ("home", "near"):
        await places.stock(place, 10)
    await places.trade.money(100_000)
    await places.switch_on()
    await places.place((0, 5))
    assert await places.reserved() == {"home": 0, "near": 5, "far": 0}
    away = (NodeSetting(node_id=places.nodes["near"], preference=900),)
    await places.switch_on(if_match=1, nodes=away)
    await places.place((0, 5))
    assert await places.reserved() == {"home": 5, "near": 5, "far": 0}


async def test_lines_of_the_day_are_counted_where_a_rule_asks(places: Any) -> None:
    near, home = places.nodes["near"], places.nodes["home"]
    nodes = (NodeSetting(node_id=near, lines_per_day=1), NodeSetting(node_id=home, lines_per_day=10))
    await places.switch_on(rules=("stock", "load", "distance"), nodes=nodes)
    for place in ("home", "near"):
        await places.stock(place, 10)
    await places.trade.money(100_000)
    await places.place((0, 1))
    await places.place((0, 1))
    assert await places.reserved() == {"home": 1, "near": 1, "far": 0}


async def test_only_the_seller_reads_why(places: Any) -> None:
    await places.switch_on()
    await places.stock("near", 10)
    await places.trade.money(100_000)
    placed = await places.place((0, 5))
    trade = places.trade
    with pytest.raises(Refusal) as refused:
        await trade.run(lambda tx: read_decisions(tx, scope=trade.scope(trade.buyers[0]), order_id=placed.id))
    assert refused.value.code == "common.not-found"
