"""Three sellers have several warehouses: their orders were chosen for, and a visitor can see why and choose again."""

from collections import Counter

import pytest

from lingqu.kernel.errors import NotFound
from lingqu.modules.orders.list_held import HeldQuery, list_held
from lingqu.modules.orders.queries import OrderQuery, list_orders, read_order
from lingqu.modules.orders.types import Order
from lingqu.modules.routing.decisions import read_decisions
from lingqu.modules.routing.setting import read_setting
from tests.roles.demo.conftest import TODAY, Demo


async def _open(demo: Demo, login: str) -> list[Order]:
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, login)
        query = OrderQuery(side="selling", kind="channel", limit=40)
        listed = (await list_orders(tx, scope=scope, query=query)).items
        found = [await read_order(tx, scope=scope, order_id=one.id) for one in listed]
        # What was placed while there were no goods stands in a plan (test_waiting.py).
        return [one for one in found if one.shortage_policy != "back-order"]


@pytest.mark.parametrize(("login", "orders", "nodes"), [("brand", 3, 2), ("supplier", 3, 2), ("distributor", 5, 3)])
async def test_a_seller_of_several_nodes_chose_between_them(demo: Demo, login: str, orders: int, nodes: int) -> None:
    chosen: Counter[int] = Counter()
    rules: set[str] = set()
    found = await _open(demo, login)
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, login)
        setting = await read_setting(tx, scope=scope)
        for order in found:
            if order.direct:
                continue
            try:
                decisions = (await read_decisions(tx, scope=scope, order_id=order.id)).decisions
            except NotFound:
                continue
            first = decisions[0]
            assert all(line.free >= line.quantity for line in first.lines)
            chosen.update({line.node_id for line in first.lines})
            rules |= {line.decided_by for line in first.lines}
            assert "reroute" in order.actions
            orders -= 1
    assert setting.is_active
    assert len([node for node in setting.nodes if node.preference < 900]) == 3
    assert orders == 0
    assert len(chosen) >= nodes
    assert "distance" in rules


async def test_a_warehouse_let_an_order_go_and_nobody_takes_another(demo: Demo) -> None:
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, "distributor")
        (held,) = (await list_held(tx, scope=scope, query=HeldQuery())).items
        order = await read_order(tx, scope=scope, order_id=held.id)
    assert order.seller_side is not None
    assert [node.answer for node in order.seller_side.work] == ["rejected"] * 3
    assert "retry" in order.actions
    moved = [one for one in await _open(demo, "distributor") if "reject-work" in [step.name for step in one.steps]]
    assert len(moved) == 2
    assert sorted(sum(line.back_ordered for line in one.lines) > 0 for one in moved) == [False, True]


async def test_a_seller_of_one_node_is_not_offered_another(demo: Demo) -> None:
    found = await _open(demo, "distributor2")
    assert found
    assert not any("reroute" in order.actions for order in found)
