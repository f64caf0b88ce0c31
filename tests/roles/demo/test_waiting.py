"""Orders of the distributor wait for goods that lie in other warehouses, and a plan says how to serve them best."""

from lingqu.modules.orders.apply_plan import apply_plan
from lingqu.modules.orders.back_orders import BackOrderQuery, list_back_orders
from lingqu.modules.orders.backlog_plans import PlanOrderQuery, PlanQuery, list_plan_orders, list_plans, read_plan
from tests.roles.demo.conftest import TODAY, Demo


async def test_a_plan_for_waiting_orders_lies_ready(demo: Demo) -> None:
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, "distributor-warehouse")
        (plan,) = (await list_plans(tx, scope=scope, query=PlanQuery())).items
        orders = (await list_plan_orders(tx, scope=scope, plan_id=plan.id, query=PlanOrderQuery())).items
        names = {node.id for node in (await read_plan(tx, scope=scope, plan_id=plan.id)).nodes}
    assert plan.state == "ready"
    assert plan.summary is not None
    nothing, simple, best = plan.summary.nothing, plan.summary.greedy, plan.summary.plan
    assert plan.summary.bound_minor == best.cost_minor <= simple.cost_minor < nothing.cost_minor
    assert best.unit_count > nothing.unit_count
    lines = [line for order in orders for line in order.content.lines]
    assert len([order for order in orders if order.state == "moves"]) >= 3
    assert {part.node_id for line in lines for part in line.parts} <= names
    assert len({part.node_id for line in lines for part in line.parts}) >= 2
    assert any(not line.parts or sum(part.served for part in line.parts) < line.open for line in lines)


async def test_it_can_be_applied_as_it_lies(demo: Demo) -> None:
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, "distributor-warehouse")
        tx.actor, tx.cell_id = scope.actor, scope.cell_id
        before = (await list_back_orders(tx, scope=scope, query=BackOrderQuery(limit=200))).items
        (plan,) = (await list_plans(tx, scope=scope, query=PlanQuery())).items
        await tx.connection.execute("savepoint untouched")
        ended = await apply_plan(tx, scope=scope, plan_id=plan.id)
        after = (await list_back_orders(tx, scope=scope, query=BackOrderQuery(limit=200))).items
        await tx.connection.execute("rollback to savepoint untouched")
        tx.events.clear()
        tx.changes.clear()
    assert plan.summary is not None
    assert (ended.skipped_count, ended.applied_count) == (0, plan.summary.move_count)
    assert sum(line.owed for line in after) < sum(line.owed for line in before)
