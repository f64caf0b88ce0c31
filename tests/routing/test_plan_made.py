"""A plan from asking to applying: made by a job, kept beside greedy, applied under locks where nothing changed."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from lingqu.kernel.errors import NotFound, Refusal
from lingqu.modules.identity.api import NewUser, add_users
from lingqu.modules.orders.apply_plan import NothingPlanned, PlanEnded, apply_plan, discard_plan
from lingqu.modules.orders.backlog_plans import PlanOrderQuery, PlanQuery, list_plan_orders, list_plans, read_plan
from lingqu.modules.orders.cancel import cancel
from lingqu.modules.orders.jobs import purge_plans_everywhere
from lingqu.modules.orders.list_held import HeldQuery, list_held
from lingqu.modules.orders.plan_backlog import PLAN_BACKLOG, NothingWaits, PlanAsked, PlanRunning, ask_plan
from lingqu.modules.orders.queries import read_order
from lingqu.modules.orders.serve import serve
from lingqu.modules.routing.answers import keep_answers
from lingqu.modules.routing.decisions import read_decisions
from lingqu.modules.routing.hold import hold_order
from lingqu.modules.routing.plan_types import NewBacklogPlan
from lingqu.modules.routing.types import NodeSetting
from lingqu.runtime.tx import Tx
from lingqu.runtime.work import Worker


async def _owed(places: Any, *lines: tuple[int, int], buyer: int = 0) -> UUID:
    """Place an order that is owed everything."""
    trade = places.trade
    order = trade.order(*lines, shortage_policy="back-order")
    placed = await trade.intake.place(scope=trade.scope(trade.buyers[buyer]), key=trade.new_key(), order=order)
    trade.wait(timedelta(minutes=1))
    found: UUID = placed.id
    return found


async def _start(places: Any, **given: Any) -> None:
    nodes = tuple(
        NodeSetting(node_id=places.nodes[name], base_minor=base, per_km_minor=10)
        for name, base in (("home", 3000), ("near", 1000), ("far", 5000))
    )
    await places.switch_on(nodes=nodes, **given)
    for buyer in (0, 1):
        await places.trade.money(10_000_000, buyer=buyer)


async def _ask(places: Any, **given: Any) -> UUID:
    asked = await places.trade.run(
        lambda tx: ask_plan(tx, scope=places.scope(), ask=NewBacklogPlan(**given)), who=places.trade.seller
    )
    found: UUID = asked.id
    return found


async def _work(places: Any) -> None:
    while await Worker(places.trade.database, [PLAN_BACKLOG]).work_one():
        pass


async def _plan(places: Any, **given: Any) -> Any:
    plan_id = await _ask(places, **given)
    await _work(places)
    return await _read(places, plan_id)


async def _read(places: Any, plan_id: UUID) -> Any:
    return await places.trade.run(lambda tx: read_plan(tx, scope=places.scope(), plan_id=plan_id))


async def _orders(places: Any, plan_id: UUID, **query: Any) -> dict[UUID, Any]:
    listed = await places.trade.run(
        lambda tx: list_plan_orders(tx, scope=places.scope(), plan_id=plan_id, query=PlanOrderQuery(**query))
    )
    return {one.id: one for one in listed.items}


async def _apply(places: Any, plan_id: UUID) -> PlanEnded:
    ended: PlanEnded = await places.trade.run(
        lambda tx: apply_plan(tx, scope=places.scope(), plan_id=plan_id), who=places.trade.seller
    )
    return ended


async def _order(places: Any, order_id: UUID) -> Any:
    scope = places.trade.scope(places.trade.seller)
    return await places.trade.run(lambda tx: read_order(tx, scope=scope, order_id=order_id))


async def _let_go(places: Any, order_id: UUID, *names: str) -> None:
    """Hold an order that some nodes let go."""
    trade = places.trade

    async def work(tx: Tx) -> None:
        nodes = [places.nodes[name] for name in names]
        await keep_answers(tx, cell_id=trade.cell, order_id=order_id, node_ids=nodes, answer="rejected", reason="停电")
        await hold_order(
            tx, cell_id=trade.cell, order_id=order_id, seller_id=trade.seller.id, cause="rejected", reason="停电"
        )

    await trade.run(work, who=trade.seller)


async def _two_and_goods_for_both(places: Any) -> tuple[UUID, UUID]:
    """Let the old order take the goods nearby that the young one needs, unless somebody plans."""
    await _start(places)
    old = await _owed(places, (0, 5))
    young = await _owed(places, (0, 5), buyer=1)
    await _let_go(places, young, "home", "far")
    await places.stock("near", 5)
    await places.stock("home", 5)
    return old, young


async def test_a_plan_serves_whom_greedy_leaves_waiting(places: Any) -> None:
    old, young = await _two_and_goods_for_both(places)
    plan = await _plan(places)
    summary = plan.summary
    assert (plan.state, plan.left_out, summary.order_count, summary.move_count) == ("ready", 0, 2, 2)
    assert (summary.nothing.line_count, summary.greedy.line_count, summary.plan.line_count) == (0, 1, 2)
    assert summary.bound_minor == summary.plan.cost_minor < summary.greedy.cost_minor < summary.nothing.cost_minor
    assert summary.gap_ppm == 0
    orders = await _orders(places, plan.id)
    assert list(orders) == [old, young]
    assert [part.node_id for part in orders[old].content.lines[0].parts] == [places.nodes["home"]]
    assert [part.node_id for part in orders[young].content.lines[0].parts] == [places.nodes["near"]]
    assert {one.content.lines[0].why for one in orders.values()} == {"goods-there"}
    assert orders[old].skus[0].id == places.trade.skus[0]
    # Nothing has moved yet.
    assert await places.reserved() == {"home": 0, "near": 0, "far": 0}


async def test_applying_moves_keeps_the_reason_and_tells_the_buyer(places: Any) -> None:
    old, young = await _two_and_goods_for_both(places)
    plan = await _plan(places)
    ended = await _apply(places, plan.id)
    assert (ended.applied_count, ended.skipped_count) == (2, 0)
    assert await places.reserved() == {"home": 5, "near": 5, "far": 0}
    order = await _order(places, young)
    assert [line.back_ordered for line in order.lines] == [0]
    assert order.steps[-1].name == "plan"
    found = await places.trade.run(lambda tx: read_decisions(tx, scope=places.scope(), order_id=young))
    last = found.decisions[-1]
    assert (last.cause, last.lines[0].decided_by, last.lines[0].node_id) == ("planned", "plan", places.nodes["near"])
    scope = places.trade.scope(places.trade.seller)
    assert (await places.trade.run(lambda tx: list_held(tx, scope=scope, query=HeldQuery()))).items == []
    served = [e["data"] for e in await places.trade.events() if "back-orders-served" in str(e)]
    assert {(e["order_id"], e["lines"][0]["quantity"]) for e in served} == {(str(old), 5), (str(young), 5)}
    after = await _read(places, plan.id)
    assert (after.state, after.applied_count, after.ended_at is not None) == ("applied", 2, True)
    assert {one.state for one in (await _orders(places, plan.id)).values()} == {"applied"}
    assert await places.trade.violations() == {}
    with pytest.raises(Refusal) as again:
        await _apply(places, plan.id)
    assert again.value.code == "common.wrong-state"
    with pytest.raises(NothingWaits):
        await _ask(places)


async def test_what_changed_meanwhile_is_skipped_and_the_rest_moves(places: Any) -> None:
    old, young = await _two_and_goods_for_both(places)
    plan = await _plan(places)
    scope = places.trade.scope(places.trade.buyers[0])
    buyer = places.trade.buyers[0]
    await places.trade.run(lambda tx: cancel(tx, scope=scope, order_id=old, reason="x"), who=buyer)
    ended = await _apply(places, plan.id)
    assert (ended.applied_count, ended.skipped_count) == (1, 1)
    orders = await _orders(places, plan.id)
    assert (orders[old].state, orders[old].why) == ("skipped", "closed")
    assert (orders[young].state, orders[young].why) == ("applied", "")
    assert await places.reserved() == {"home": 0, "near": 5, "far": 0}
    assert await places.trade.violations() == {}


async def test_a_line_that_was_served_meanwhile_is_left_alone(places: Any) -> None:
    old, young = await _two_and_goods_for_both(places)
    plan = await _plan(places)
    trade = places.trade
    await trade.run(lambda tx: serve(tx, cell_id=trade.cell, seller_id=trade.seller.id), who=trade.seller)
    await _apply(places, plan.id)
    orders = await _orders(places, plan.id)
    why = {orders[one].why for one in (old, young) if orders[one].state == "skipped"}
    assert "changed" in why
    assert sum((await places.reserved()).values()) <= 10
    assert await trade.violations() == {}


async def test_goods_that_somebody_took_meanwhile_are_not_promised_twice(places: Any) -> None:
    old, young = await _two_and_goods_for_both(places)
    plan = await _plan(places)
    bought = await places.place((0, 3), shortage_policy="back-order")
    assert sum((await places.reserved()).values()) == 3
    ended = await _apply(places, plan.id)
    assert (ended.applied_count, ended.skipped_count) == (1, 1)
    assert {one.why for one in (await _orders(places, plan.id)).values()} == {"", "goods-gone"}
    assert bought.id not in {old, young}
    assert sum((await places.reserved()).values()) == 8
    assert await places.trade.violations() == {}


async def test_a_node_that_lets_go_meanwhile_is_not_sent_to(places: Any) -> None:
    old, young = await _two_and_goods_for_both(places)
    plan = await _plan(places)
    await places.trade.one("update network.node set is_open = false where id = %s returning id", places.nodes["near"])
    await _apply(places, plan.id)
    orders = await _orders(places, plan.id)
    assert (orders[young].state, orders[young].why) == ("skipped", "not-serving")
    assert orders[old].state == "applied"


async def test_applying_beside_buyers_who_order_the_same_oversells_nothing(places: Any) -> None:
    await _two_and_goods_for_both(places)
    plan = await _plan(places)
    buying = [places.place((0, 2), shortage_policy="back-order") for _ in range(4)]
    ended, *_ = await asyncio.gather(_apply(places, plan.id), *buying)
    assert ended.applied_count + ended.skipped_count == 2
    assert sum((await places.reserved()).values()) <= 10
    assert await places.trade.violations() == {}


async def test_a_node_gets_as_many_lines_today_as_it_has_room_for(places: Any) -> None:
    nodes = (NodeSetting(node_id=places.nodes["far"], lines_per_day=1),)
    await places.switch_on(nodes=nodes, rules=("stock", "load", "distance"))
    await places.trade.money(10_000_000)
    for _ in range(3):
        await _owed(places, (0, 2))
    await places.stock("far", 10)
    plan = await _plan(places)
    orders = await _orders(places, plan.id)
    assert sorted(one.content.lines[0].why for one in orders.values()) == ["goods-there", "no-room", "no-room"]
    await _apply(places, plan.id)
    assert await places.reserved() == {"home": 0, "near": 0, "far": 2}
    again = await _plan(places)
    assert again.summary.move_count == 0


async def test_whoever_asked_is_told_once_it_is_ready(places: Any) -> None:
    await _two_and_goods_for_both(places)
    new = NewUser(login="store", name="仓管", party_id=places.trade.seller.party_id, role_ids=())
    (user_id,) = await places.trade.run(lambda tx: add_users(tx, users=[new]))
    scope = replace(places.scope(), actor=replace(places.scope().actor, user_id=user_id))

    async def ask(tx: Tx) -> PlanAsked:
        tx.actor, tx.cell_id = scope.actor, scope.cell_id
        return await ask_plan(tx, scope=scope, ask=NewBacklogPlan())

    plan_id = (await places.trade.run(ask)).id
    await _work(places)
    told = await places.trade.one("select user_id, path, title_zh from notice.notice where kind like 'orders.plan-%%'")
    assert told == (user_id, f"/backlog-plans/{plan_id}", "欠货优化方案已就绪：可调整 2 张订单")
    assert (await _read(places, plan_id)).asked_by_name == "仓管"


async def test_two_who_apply_at_once_apply_once(places: Any) -> None:
    await _two_and_goods_for_both(places)
    plan = await _plan(places)
    ended = await asyncio.gather(_apply(places, plan.id), _apply(places, plan.id), return_exceptions=True)
    assert sorted(isinstance(one, PlanEnded) for one in ended) == [False, True]
    assert await places.reserved() == {"home": 5, "near": 5, "far": 0}
    assert await places.trade.violations() == {}


async def test_a_line_is_split_as_the_plan_says_exact_in_packs_and_money(places: Any) -> None:
    await _start(places, max_parts=2)
    order_id = await _owed(places, (1, 7))
    await places.stock("near", 3, sku=1)
    await places.stock("far", 2, sku=1)
    plan = await _plan(places)
    (planned,) = (await _orders(places, plan.id)).values()
    assert planned.content.lines[0].why == "split"
    total = (await _order(places, order_id)).total_minor
    await _apply(places, plan.id)
    order = await _order(places, order_id)
    assert [(line.reserved, line.back_ordered) for line in order.lines] == [(3, 2), (2, 0)]
    assert order.total_minor == total == sum(line.total_minor for line in order.lines) + order.freight_minor
    assert await places.reserved(1) == {"home": 0, "near": 3, "far": 2}
    assert await places.trade.violations() == {}
    with pytest.raises(NothingPlanned):
        await _apply(places, (await _plan(places)).id)


async def test_one_plan_at_a_time_and_discarded_ones_are_not_kept(places: Any) -> None:
    await _start(places)
    with pytest.raises(NothingWaits):
        await _ask(places)
    await _owed(places, (0, 5))
    plan_id = await _ask(places)
    with pytest.raises(PlanRunning):
        await _ask(places)
    seller = places.trade.seller
    await places.trade.run(lambda tx: discard_plan(tx, scope=places.scope(), plan_id=plan_id), who=seller)
    await _work(places)
    places.trade.wait(timedelta(minutes=1))
    found = await _read(places, plan_id)
    assert (found.state, found.summary) == ("discarded", None)
    plan = await _plan(places)
    assert plan.summary.move_count == 0
    (stays,) = (await _orders(places, plan.id, state="stays")).values()
    assert stays.content.lines[0].why == "none-free"
    with pytest.raises(NothingPlanned):
        await _apply(places, plan.id)
    with pytest.raises(NotFound):
        await _apply(places, uuid4())
    listed = await places.trade.run(lambda tx: list_plans(tx, scope=places.scope(), query=PlanQuery()))
    assert [one.state for one in listed.items] == ["ready", "discarded"]
    assert (await places.trade.one("select count(*) from notice.notice where kind = 'orders.plan-ready.v1'")) == 0


async def test_plans_are_forgotten_after_half_a_year(places: Any) -> None:
    await _start(places)
    await _owed(places, (0, 5))
    plan = await _plan(places)
    places.trade.wait(timedelta(days=200))
    await places.trade.run(purge_plans_everywhere)
    with pytest.raises(NotFound):
        await _read(places, plan.id)
    assert await places.trade.one("select count(*) from routing.backlog_plan_order") == 0


async def test_checks_find_a_plan_that_lies(places: Any) -> None:
    await _two_and_goods_for_both(places)
    plan = await _plan(places)
    assert await places.trade.violations() == {}
    say = "update routing.backlog_plan_order set state = %s where plan_id = %s returning 1"
    await places.trade.one(say, "applied", plan.id)
    assert await places.trade.violations() == {"routing.plans-are-settled": 2}
    await places.trade.one(say, "moves", plan.id)
    await places.trade.one(
        "update routing.backlog_plan set summary = jsonb_set(summary, '{plan,cost_minor}', '9999999999') returning 1"
    )
    assert await places.trade.violations() == {"routing.plans-are-best": 1}
