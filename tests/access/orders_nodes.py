"""Cases of orders that say from which node goods leave."""

from collections.abc import Callable
from typing import Any

from tests.access.case import Case, Target
from tests.access.world import World

_BUYERS = {"east": "east1", "west": "west1"}


def _of_seller(state: str, path: dict[str, Any] | None = None) -> Callable[[World], list[Target]]:
    """Make targets of orders in a state, of which the seller's warehouse people must be served."""

    def targets(world: World) -> list[Target]:
        return [
            Target(
                owners=frozenset({seller, buyer}),
                by=f"{seller}/warehouse",
                path={"order_id": world.made[f"order-{state}", seller]},
                body={} if path is None else {"node_id": world[seller].added.node_id} | path,
            )
            for seller, buyer in _BUYERS.items()
        ]

    return targets


def _rerouting(world: World) -> list[Target]:
    """To the node it leaves from already: allowed, and it names something of the seller's alone."""
    return [
        Target(
            owners=frozenset({seller, buyer}),
            by=f"{seller}/warehouse",
            path={"order_id": world.made["order-confirmed", seller]},
            body={"lines": [{"line_no": 1, "node_id": world[seller].added.node_id}], "reason": "test"},
        )
        for seller, buyer in _BUYERS.items()
    ]


def _held(world: World) -> list[Target]:
    """What is on hold is the seller's alone."""
    return [
        Target(owners=frozenset({seller}), by=f"{seller}/viewer", id=world.made["order-owed", seller])
        for seller in _BUYERS
    ]


CASES = {
    "reroute_order": Case(targets=_rerouting),
    "accept_order_work": Case(targets=_of_seller("confirmed", {})),
    "reject_order_work": Case(targets=_of_seller("confirmed", {"reason": "test"})),
    "retry_held_order": Case(targets=_of_seller("owed")),
    "list_held_orders": Case(targets=_held, is_list=True),
}
