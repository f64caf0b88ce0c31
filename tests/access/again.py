"""Cases of what is ordered again: baskets, templates and standing orders of each trade's dealer."""

from collections.abc import Callable
from datetime import date
from typing import Any

from lingqu.kernel.scope import Scope
from lingqu.modules.orders.rhythm import Rhythm
from lingqu.modules.orders.standing_orders import save_standing
from lingqu.modules.orders.standing_types import NewStanding
from lingqu.modules.orders.template_lines import ListedPack
from lingqu.modules.orders.templates import NewTemplate, delete_template, save_template
from lingqu.runtime.tx import Tx
from tests.access.case import Case, Target
from tests.access.world import World

TRADES = {"east": ("factory", "east1"), "west": ("mill", "west1")}
"""Each seller with the maker of its goods and the dealer that buys them."""
_ROLES = ("manager", "sales", "warehouse", "accountant", "viewer")


async def build_again(tx: Tx, world: World, *, seller: str, scope: Scope) -> None:
    """Give a trade's buyer templates, one of them deleted."""
    for name in ("kept", "gone"):
        new = NewTemplate(name=name, seller_id=world[seller].id, lines=[_line(world, seller)])
        template = await save_template(tx, scope=scope, new=new)
        world.made[f"template-{name}", seller] = template.id
    new_standing = NewStanding(seller_id=world[seller].id, **_content(world, seller))
    world.made["standing", seller] = (await save_standing(tx, scope=scope, new=new_standing)).id
    await delete_template(tx, scope=scope, template_id=world.made["template-gone", seller])


def _line(world: World, seller: str) -> ListedPack:
    maker = TRADES[seller][0]
    return ListedPack(sku_id=world.made["sku", maker], pack_id=world.made["pack", maker], packs=1)


def _content(world: World, seller: str) -> dict[str, Any]:
    return {
        "name": "standing",
        "rhythm": Rhythm(kind="weekly", weekdays=[1, 2, 3, 4, 5, 6, 7]),
        "starts_on": date(2026, 1, 1),
        "lines": [_line(world, seller)],
    }


def _standing_of_both(world: World) -> list[Target]:
    """Both sides see a standing order; not those above them."""
    return [
        Target(
            owners=frozenset(f"{place}/{role}" for place in (seller, buyer) for role in _ROLES),
            by=f"{buyer}/viewer",
            path={"standing_id": world.made["standing", seller]},
            id=world.made["standing", seller],
        )
        for seller, (_, buyer) in TRADES.items()
    ]


def _promising(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({seller, buyer, f"{seller}2"}),
            by=f"{buyer}/sales",
            body={"seller_id": world[seller].id} | _content(world, seller),
        )
        for seller, (_, buyer) in TRADES.items()
    ]


def _foreseeing(world: World) -> list[Target]:
    """What is asked of a seller is its own, by whatever SKU."""
    return [
        Target(
            owners=frozenset(f"{seller}/{role}" for role in _ROLES),
            by=f"{seller}/sales",
            id=world.made["sku", maker],
        )
        for seller, (maker, _) in TRADES.items()
    ]


def _pasting(world: World) -> list[Target]:
    """Whoever may buy from the seller may look up its codes."""
    return [
        Target(
            owners=frozenset({seller, buyer, f"{seller}2"}),
            by=f"{buyer}/sales",
            body={"seller_id": world[seller].id, "text": "FIRST\t2"},
        )
        for seller, (_, buyer) in TRADES.items()
    ]


def _repeating(world: World) -> list[Target]:
    """An order is repeated by its buyer alone; another buyer of the same seller has none to repeat."""
    return [
        Target(owners=frozenset({buyer}), by=f"{buyer}/sales", body=body)
        for seller, (_, buyer) in TRADES.items()
        for body in ({"order_id": world.made["order-kept", seller]}, {"seller_id": world[seller].id})
    ]


def _keeping(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({seller, buyer, f"{seller}2"}),
            by=f"{buyer}/sales",
            body={"name": "new", "seller_id": world[seller].id, "lines": [_line(world, seller)]},
        )
        for seller, (_, buyer) in TRADES.items()
    ]


def buyers_own(
    kind: str, path: str, *, body: Callable[[World, str], Any] | None = None, if_match: int | None = None
) -> Callable[[World], list[Target]]:
    """Make targets that belong to the dealer alone: not even those above it may see them."""

    def targets(world: World) -> list[Target]:
        return [
            Target(
                owners=frozenset(f"{buyer}/{role}" for role in _ROLES),
                by=f"{buyer}/sales",
                path={path: world.made[kind, seller]},
                id=world.made[kind, seller],
                body=body(world, seller) if body else None,
                if_match=if_match,
            )
            for seller, (_, buyer) in TRADES.items()
        ]

    return targets


AGAIN_CASES = {
    "repeat_basket": Case(targets=_repeating),
    "paste_basket": Case(targets=_pasting),
    "list_templates": Case(targets=buyers_own("template-kept", "template_id"), is_list=True),
    "save_template": Case(targets=_keeping),
    "read_template": Case(targets=buyers_own("template-kept", "template_id")),
    "replace_template": Case(
        targets=buyers_own(
            "template-kept", "template_id", body=lambda w, s: {"name": "kept", "lines": [_line(w, s)]}, if_match=1
        )
    ),
    "delete_template": Case(targets=buyers_own("template-kept", "template_id")),
    "restore_template": Case(targets=buyers_own("template-gone", "template_id")),
    "list_standing": Case(targets=_standing_of_both, is_list=True),
    "list_demand": Case(targets=_foreseeing, is_list=True, item="sku_id"),
    "save_standing": Case(targets=_promising),
    "read_standing_order": Case(targets=_standing_of_both),
    "replace_standing": Case(targets=buyers_own("standing", "standing_id", body=_content, if_match=1)),
    "end_standing": Case(targets=buyers_own("standing", "standing_id")),
    "use_template": Case(targets=buyers_own("template-kept", "template_id")),
}
