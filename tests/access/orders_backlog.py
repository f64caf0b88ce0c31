"""Cases of plans for what waits: each seller has one that is ready, and moves the order that is owed goods."""

from collections.abc import Callable, Mapping
from typing import Any

from lingqu.kernel.scope import Scope
from lingqu.modules.orders.plan_now import plan_now
from lingqu.modules.routing.api import NewBacklogPlan, hold_order
from lingqu.runtime.tx import Tx
from tests.access.case import Case, Target
from tests.access.world import World


async def build_waiting(tx: Tx, world: World, seller: str, scope: Scope) -> None:
    """Hold the order that is owed goods, and plan what waits at its seller."""
    place = world[seller]
    order_id = world.made["order-owed", seller]
    await hold_order(
        tx, cell_id=place.added.home_cell, order_id=order_id, seller_id=place.id, cause="rejected", reason="test"
    )
    world.made["plan", seller] = await plan_now(tx, scope=scope, ask=NewBacklogPlan())


def backlog_cases(trades: Mapping[str, tuple[str, str]]) -> dict[str, Case]:
    """Make the cases for each seller; a plan is the seller's alone, whoever it speaks of."""

    def plans(role: str, **given: Any) -> Callable[[World], list[Target]]:
        return lambda world: [
            Target(
                owners=frozenset({seller}),
                by=f"{seller}/{role}",
                path={"plan_id": world.made["plan", seller]},
                id=str(world.made["plan", seller]),
                **given,
            )
            for seller in trades
        ]

    def asks(_world: World) -> list[Target]:
        """A plan is always of the caller's own backlog."""
        return [Target(owners=None, by=f"{seller}/warehouse", body={"time_limit_s": 1}) for seller in trades]

    return {
        "list_backlog_plans": Case(targets=plans("viewer"), is_list=True),
        "ask_backlog_plan": Case(targets=asks),
        "read_backlog_plan": Case(targets=plans("viewer")),
        "list_plan_orders": Case(targets=plans("viewer")),
        "apply_backlog_plan": Case(targets=plans("warehouse")),
        "discard_backlog_plan": Case(targets=plans("warehouse")),
    }
