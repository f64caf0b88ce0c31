"""Cases of what waits, for goods or for an answer; orders.py places the orders and adds these to its own."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.access.case import Case, Target
from tests.access.orders_backlog import backlog_cases
from tests.access.world import World

_SHARING = {"policy": "fair", "levels": ["A"], "is_automatic": False}


def waiting_cases(trades: Mapping[str, tuple[str, str]]) -> dict[str, Case]:
    """Make the cases for each seller with the maker of its goods and its dealer."""

    def lines(world: World) -> list[Target]:
        """Only the seller sees who waits, not even who waits itself."""
        return [
            Target(owners=frozenset({seller}), by=f"{seller}/viewer", id=f"{world.made['order-owed', seller]}:1")
            for seller in trades
        ]

    def arrivals(world: World) -> list[Target]:
        return [
            Target(
                owners=frozenset({seller}),
                by=f"{seller}/viewer",
                body={
                    "sku_id": world.made["sku", maker],
                    "node_id": world[seller].added.node_id,
                    "quantity": 3,
                },
            )
            for seller, (maker, _) in trades.items()
        ]

    def proposals(world: World) -> list[Target]:
        """The buyer asked for more; the seller answers."""
        return [
            Target(
                owners=frozenset({seller, buyer}),
                by=f"{seller}/sales",
                path={"order_id": world.made["order-proposed", seller], "revision_id": world.made["revision", seller]},
                body={"is_accepted": True},
                if_match=3,
            )
            for seller, (_, buyer) in trades.items()
        ]

    def own(role: str, **given: Any) -> Callable[[World], list[Target]]:
        """A run and a setting are always the caller's own."""
        return lambda _world: [Target(owners=None, by=f"{seller}/{role}", **given) for seller in trades]

    return backlog_cases(trades) | {
        "answer_change": Case(targets=proposals),
        "list_back_orders": Case(targets=lines, is_list=True),
        "preview_arrival": Case(targets=arrivals),
        "serve_back_orders": Case(targets=own("sales", body={})),
        "read_sharing": Case(targets=own("viewer")),
        "set_sharing": Case(targets=own("manager", body=_SHARING, if_match=0)),
    }
