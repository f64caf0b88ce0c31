"""Cases of pricing: each distributor has a price list for all, a limit, a rule and terms of its own."""

from collections.abc import Callable
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from lingqu.modules.pricing.add_price_lists import SQL
from lingqu.modules.pricing.api import (
    Audience,
    NewAssignment,
    NewPrice,
    NewPriceList,
    WholePriceList,
    open_price_lists,
)
from lingqu.modules.pricing.lists import Price
from lingqu.modules.pricing.order_rules import OrderRuleView
from lingqu.modules.pricing.resale_limits import ResaleLimit
from lingqu.modules.pricing.trade_terms import TermsView
from lingqu.runtime.tx import Tx
from tests.access.case import Case, Target
from tests.access.world import World

DAY = date(2026, 1, 1)
BRANCHES = {"east": "factory", "west": "mill"}
"""Each distributor and the maker whose goods it sells."""
_BUYERS = {"east": ("east1", "east2"), "west": ("west1", "west2")}


async def build(tx: Tx, world: World) -> None:
    """Give each distributor a published list with one price, a draft, a limit on resale, a rule and terms."""
    for key, maker in BRANCHES.items():
        seller_id, sku_id, pack_id = world[key].id, world.made["sku", maker], world.made["pack", maker]
        price = NewPrice(sku_id=sku_id, pack_id=pack_id, price_minor=600, valid_from=DAY)
        published, draft = await open_price_lists(
            tx,
            lists=[
                WholePriceList(
                    price_list=new_list(world, key, code=code),
                    assignments=(NewAssignment(audience=Audience.EVERYBODY),),
                    prices=[price],
                )
                for code in ("BASE", "NEXT")
            ],
        )
        await tx.run(SQL["set_list_status"], id=draft, version=2, status="draft")
        limit = await tx.one(
            SQL["set_resale_limit"],
            ResaleLimit,
            setter_id=seller_id,
            sku_id=sku_id,
            pack_id=pack_id,
            seller_kind="dealer",
            channel="trade",
            currency="CNY",
            is_tax_included=True,
            floor_minor=700,
            ceiling_minor=None,
            valid_from=DAY,
            valid_until=None,
        )
        (cheap,) = await open_price_lists(
            tx,
            lists=[
                WholePriceList(
                    price_list=new_list(world, f"{key}1", code="CHEAP"),
                    assignments=(NewAssignment(audience=Audience.EVERYBODY),),
                    prices=[],
                )
            ],
        )
        await tx.run(SQL["set_prices"], list_id=cheap, **{name: [value] for name, value in asdict(price).items()})
        rule = {"seller_id": seller_id, "sku_id": sku_id, "min_quantity": 1, "multiple_of": 1, "if_match": 0}
        await tx.one(SQL["set_order_rule"], OrderRuleView, **rule)
        terms = await tx.one(
            SQL["set_terms"],
            TermsView,
            seller_id=seller_id,
            buyer_id=None,
            minimum_minor=0,
            freight_minor=0,
            free_freight_from_minor=None,
            if_match=0,
        )
        (item,) = await tx.all(SQL["prices_of_list"], Price, list_id=published)
        (breach,) = await tx.all(SQL["prices_of_list"], Price, list_id=cheap)
        link_id = world.links[key, f"{key}1"]
        made = {
            "price-list": published,
            "draft": draft,
            "price": item.id,
            "limit": limit.id,
            "rule": f"{seller_id}:{sku_id}",
            "terms": terms.id,
            "breach": breach.id,
            "offer": f"{link_id}:{pack_id}",
        }
        for kind, value in made.items():
            world.made[kind, key] = value


def new_list(world: World, key: str, *, code: str) -> NewPriceList:
    return NewPriceList(
        seller_id=world[key].id, code=code, name="价格表", currency="CNY", is_tax_included=True, valid_from=DAY
    )


class _Price(Struct):
    """A price of a maker's goods, as a body."""

    prices: list[NewPrice]


def own(
    kind: str | None = None,
    path: str | None = None,
    *,
    role: str = "manager",
    body: Any = None,
    **given: Any,
) -> Callable[[World], list[Target]]:
    """Make targets that only a distributor itself, and who stands above it, may see; a body may depend on it."""

    def targets(world: World) -> list[Target]:
        return [
            Target(
                owners=frozenset({key}),
                by=f"{key}/{role}",
                path={} if path is None else {path: world.made[kind, key]},
                id=None if kind is None else world.made[kind, key],
                body=body(world, key) if callable(body) else body,
                **given,
            )
            for key in BRANCHES
        ]

    return targets


def strictly(build_targets: Callable[[World], list[Target]]) -> Callable[[World], list[Target]]:
    """Say that who stands above a distributor may not change its prices either."""

    def targets(world: World) -> list[Target]:
        return [Target(**{**as_dict(target), "owners": _callers(target)}) for target in build_targets(world)]

    return targets


def as_dict(target: Target) -> dict[str, Any]:
    return {name: getattr(target, name) for name in Target.__struct_fields__}


def _callers(target: Target) -> frozenset[str]:
    assert target.owners is not None
    (key,) = target.owners
    return frozenset({"platform/manager", f"{key}/manager"})


def _price(world: World, maker: str) -> _Price:
    sku_id, pack_id = world.made["sku", maker], world.made["pack", maker]
    return _Price([NewPrice(sku_id=sku_id, pack_id=pack_id, price_minor=650, valid_from=DAY)])


def _prices(world: World) -> list[Target]:
    """Own goods in an own list; and another branch's goods, which only an operator sees."""
    found = strictly(own("draft", "list_id", body=lambda world, key: _price(world, BRANCHES[key])))(world)
    foreign = Target(
        owners=frozenset({"platform/manager"}),
        path={"list_id": world.made["draft", "east"]},
        body=_price(world, "mill"),
    )
    return [*found, foreign]


def _limits(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({key, *_BUYERS[key]}),
            by=f"{_BUYERS[key][0]}/viewer",
            id=world.made["limit", key],
            path={"limit_id": world.made["limit", key]},
        )
        for key in BRANCHES
    ]


def _breaches(world: World) -> list[Target]:
    return [
        Target(owners=frozenset({key, f"{key}1"}), by=f"{key}1/viewer", id=world.made["breach", key])
        for key in BRANCHES
    ]


def _of_goods(world: World, *, path: bool) -> list[Target]:
    found = []
    for key, maker in BRANCHES.items():
        body: Any = {"min_quantity": 2}
        if not path:
            pack = {"pack_id": world.made["pack", maker], "floor_minor": 1, "valid_from": "2026-02-01"}
            body = pack | {"seller_kind": "dealer", "channel": "trade", "currency": "CNY"}
        found.append(
            Target(
                owners=frozenset({maker, key, *_BUYERS[key]}),
                by=f"{key}/manager",
                path={"sku_id": world.made["sku", maker]} if path else {},
                body=body,
                if_match=1 if path else None,
            )
        )
    return found


def _terms(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({f"{key}/manager"}),
            by=f"{key}/manager",
            body={"buyer_id": world[f"{key}1"].id, "minimum_minor": 100},
            if_match=0,
        )
        for key in BRANCHES
    ]


def _quotes(world: World) -> list[Target]:
    found = []
    for key, maker in BRANCHES.items():
        line = {"sku_id": world.made["sku", maker], "pack_id": world.made["pack", maker], "packs": 1}
        buyer = f"{key}1"
        body = {"seller_id": world[key].id, "buyer_id": world[buyer].id, "lines": [line]}
        found.append(Target(owners=frozenset({key, buyer}), by=f"{buyer}/sales", body=body))
        found.append(Target(owners=frozenset({key}), by=f"{key}/sales", body=body | {"buyer_id": None}))
    return found


def _offers(world: World) -> list[Target]:
    return [
        Target(owners=frozenset({key, f"{key}1"}), by=f"{key}1/sales", id=world.made["offer", key]) for key in BRANCHES
    ]


_CSV = "sku_code,pack_code,min_packs,price,valid_from,valid_until\nFIRST,EA,1,6.50,2026-01-01,\n"

CASES = {
    "list_price_lists": Case(targets=own("price-list", role="viewer"), is_list=True),
    "read_price_list": Case(targets=own("price-list", "list_id", role="viewer")),
    "list_prices": Case(targets=own("price-list", "list_id", role="viewer")),
    "export_prices": Case(targets=own("price-list", "list_id", role="viewer")),
    "add_price_list": Case(targets=strictly(own(body=lambda world, key: new_list(world, key, code="NEW")))),
    "edit_price_list": Case(targets=strictly(own("price-list", "list_id", body={"name": "新"}, if_match=2))),
    "publish_price_list": Case(targets=strictly(own("draft", "list_id", if_match=3))),
    "archive_price_list": Case(targets=strictly(own("price-list", "list_id", if_match=2))),
    "copy_price_list": Case(
        targets=strictly(
            own(
                "price-list",
                "list_id",
                body={"code": "COPY", "name": "副本", "valid_from": "2026-02-01"},
            )
        )
    ),
    "assign_price_list": Case(targets=strictly(own("draft", "list_id", body={"assignments": []}, if_match=3))),
    "set_prices": Case(targets=_prices),
    "edit_price": Case(targets=strictly(own("price", "item_id", body={"price_minor": 650}, if_match=1))),
    "remove_price": Case(targets=strictly(own("price", "item_id", if_match=1))),
    "preview_price_import": Case(targets=strictly(own("draft", "list_id", body={"text": _CSV}))),
    "import_prices": Case(targets=strictly(own("draft", "list_id", body={"text": _CSV}))),
    "list_resale_limits": Case(targets=_limits, is_list=True),
    "set_resale_limit": Case(targets=lambda world: _of_goods(world, path=False)),
    "remove_resale_limit": Case(targets=strictly(own("limit", "limit_id", if_match=1))),
    "list_breaches": Case(targets=_breaches, is_list=True),
    "list_order_rules": Case(targets=own("rule", role="viewer"), is_list=True),
    "set_order_rule": Case(targets=lambda world: _of_goods(world, path=True)),
    "list_trade_terms": Case(targets=own("terms", role="viewer"), is_list=True),
    "set_trade_terms": Case(targets=_terms),
    "ask_quote": Case(targets=_quotes),
    "list_offers": Case(targets=_offers, is_list=True),
}
