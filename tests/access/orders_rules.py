"""Cases of orders: what sellers and buyers set about approval and late payment."""

from collections.abc import Callable
from typing import Any

from tests.access.case import Case, Target
from tests.access.world import World

_TRADES = (("east", "east1"), ("west", "west1"))
"""Each seller with a dealer that buys from it."""
_RULES = {"is_active": True, "rules": [{"name": "large", "amount_above_minor": 1, "levels": [{}]}]}
_ROLES = ("manager", "sales", "warehouse", "accountant", "viewer")


def _setting(body: Any = None, *, side: str = "seller") -> Callable[[World], list[Target]]:
    """What an organization sets is always its own: it names nothing that belongs to anybody."""

    def targets(_world: World) -> list[Target]:
        return [
            Target(
                owners=None,
                by=f"{seller if side == 'seller' else buyer}/manager",
                body=body,
                if_match=None if body is None else 0,
            )
            for seller, buyer in _TRADES
        ]

    return targets


def _late(world: World) -> list[Target]:
    """Only who sells to this buyer may say what happens when it pays late."""
    return [
        Target(
            owners=frozenset({f"{seller}/manager"}),
            by=f"{seller}/manager",
            path={"buyer_id": world[buyer].id},
            body={"after_days": 3, "action": "hold"},
            if_match=0,
        )
        for seller, buyer in _TRADES
    ]


def _standing(world: World) -> list[Target]:
    """Only who buys from this seller is told how it stands there."""
    return [
        Target(
            owners=frozenset({f"{shop}/{role}" for shop in (buyer, f"{seller}2") for role in _ROLES}),
            by=f"{buyer}/sales",
            path={"seller_id": world[seller].id},
        )
        for seller, buyer in _TRADES
    ]


def _on_behalf(body: Any = None) -> Callable[[World], list[Target]]:
    """Only the two sides of a link say whether one orders for the other."""

    def targets(world: World) -> list[Target]:
        return [
            Target(
                owners=frozenset(f"{place}/{role}" for place in (seller, buyer) for role in _ROLES),
                by=f"{by}/manager",
                path={"seller_id": world[seller].id, "buyer_id": world[buyer].id},
                body=body,
                if_match=None if body is None else 0,
            )
            for seller, buyer in _TRADES
            for by in (seller, buyer)
        ]

    return targets


RULE_CASES = {
    "read_behalf_rule": Case(targets=_on_behalf()),
    "set_behalf_rule": Case(targets=_on_behalf({"says": "consent"})),
    "read_release_rule": Case(targets=_setting(side="buyer")),
    "set_release_rule": Case(targets=_setting({"above_minor": 1}, side="buyer")),
    "read_approval_rules": Case(targets=_setting()),
    "set_approval_rules": Case(targets=_setting(_RULES)),
    "list_late_policies": Case(targets=_setting()),
    "set_late_policy": Case(targets=_setting({"after_days": 3, "action": "refuse"})),
    "set_buyer_late_policy": Case(targets=_late),
    "read_standing": Case(targets=_standing),
}
