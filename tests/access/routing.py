"""Cases of routing."""

from lingqu.kernel.ids import uuid7
from lingqu.modules.routing.api import Choice, LineRoute, keep_choices
from lingqu.runtime.tx import Tx
from tests.access.case import Case, Target
from tests.access.world import World

# seller: a buyer of its own
_SELLERS = {"east": "east1", "west": "west1"}
_MAKERS = {"east": "factory", "west": "mill"}
_SETTING = {"is_active": False, "rules": ["stock", "distance"]}


async def build(tx: Tx, world: World) -> None:
    """Keep a choice of each distributor; the order itself is not looked at."""
    for seller in _SELLERS:
        order_id, node_id = uuid7(at=tx.now), world[seller].added.node_id
        assert node_id is not None
        choice = Choice(
            order_id=order_id,
            seller_id=world[seller].id,
            setting_version=1,
            user_id=None,
            lines=[LineRoute(1, 1, 1, node_id, 1, "only")],
        )
        await keep_choices(tx, cell_id=world[seller].added.home_cell, choices=[choice])
        world.made["decision", seller] = order_id


def _settings(_world: World) -> list[Target]:
    """A setting is always the caller's own: it names nothing that belongs to anybody."""
    return [Target(owners=None, by=f"{seller}/viewer") for seller in _SELLERS]


def _edits(_world: World) -> list[Target]:
    """A node of somebody else in it is refused, which the tests of routing prove."""
    return [Target(owners=None, by=f"{seller}/manager", body=_SETTING, if_match=0) for seller in _SELLERS]


def _dry_runs(world: World) -> list[Target]:
    """Only who sells to this buyer may try."""
    return [
        Target(
            owners=frozenset({f"{seller}/{role}" for role in ("manager", "sales", "warehouse", "viewer")}),
            by=f"{seller}/sales",
            body={
                "buyer_id": world[buyer].id,
                "lines": [{"sku_id": world.made["sku", _MAKERS[seller]], "quantity": 1}],
            },
        )
        for seller, buyer in _SELLERS.items()
    ]


def _offers(world: World) -> list[Target]:
    """Only who sells to this buyer may offer: its maker, or the brand."""
    return [
        Target(
            owners=frozenset({f"{_MAKERS[buyer]}/manager", "brand/manager"}),
            by=f"{_MAKERS[buyer]}/manager",
            path={"buyer_id": world[buyer].id},
            body={"fee_ppm": 20_000},
            if_match=0,
        )
        for buyer in _SELLERS
    ]


def _decisions(world: World) -> list[Target]:
    return [
        Target(owners=frozenset({seller}), by=f"{seller}/viewer", path={"order_id": world.made["decision", seller]})
        for seller in _SELLERS
    ]


CASES = {
    "read_routing_setting": Case(targets=_settings),
    "set_routing_setting": Case(targets=_edits),
    "dry_run_routing": Case(targets=_dry_runs),
    "read_routing_decisions": Case(targets=_decisions),
    "list_direct_offers": Case(targets=_settings),
    "offer_direct": Case(targets=_offers),
}
