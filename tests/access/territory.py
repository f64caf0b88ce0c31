"""Cases of territory."""

from datetime import date

from msgspec.structs import replace

from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.network.api import NewProductLine, add_product_lines, scope_of_party
from lingqu.modules.territory.api import NewPlaces, divide_territory, grant_territory
from lingqu.runtime.tx import Tx
from tests.access.case import Case, Target
from tests.access.world import World

# key: (county of the distributor, free county)
_COUNTIES = {"east": (156_330_106, 156_330_105), "west": (156_330_203, 156_330_205)}
_FROM = date(2026, 1, 1)


async def build(tx: Tx, world: World) -> None:
    """Give each distributor a county for the brand's line, and its first dealer that county."""
    for key, (county, _) in _COUNTIES.items():
        line = NewProductLine(brand_id=world["brand"].id, code=f"SPARE-{key}", name_zh="备", name_en="Spare")
        (world.made["spare-line", key],) = await add_product_lines(tx, lines=[line])
        brand, distributor = await _scope(tx, world, "brand"), await _scope(tx, world, key)
        (territory_id,) = await grant_territory(tx, scope=brand, new=_new(world, key, county))
        (area_id,) = await divide_territory(tx, scope=distributor, new=_new(world, f"{key}1", county))
        spare = replace(_new(world, key, county), product_line_id=world.made["spare-line", key])
        await grant_territory(tx, scope=brand, new=spare)
        world.made["territory", key] = territory_id
        world.made["area", f"{key}1"] = area_id


async def _scope(tx: Tx, world: World, key: str) -> Scope:
    scope = await scope_of_party(tx, actor=Actor(world[key].added.party_id), permissions=frozenset())
    assert scope is not None
    return scope


def _new(world: World, key: str, county: int) -> NewPlaces:
    return NewPlaces(
        organization_id=world[key].id, product_line_id=world.line_id, region_ids=[county], valid_from=_FROM
    )


def _listed(kind: str) -> Case:
    def targets(world: World) -> list[Target]:
        return [
            Target(owners=frozenset({key}), by=f"{key}/viewer", id=made)
            for (made_kind, key), made in world.made.items()
            if made_kind == kind
        ]

    return Case(targets=targets, is_list=True)


def _body(world: World, key: str, county: int) -> dict[str, object]:
    return {
        "organization_id": world[key].id,
        "product_line_id": world.line_id,
        "region_ids": [county],
        "valid_from": "2026-01-01",
    }


def _grants(world: World) -> list[Target]:
    return [
        Target(owners=frozenset({"brand"}), by="brand/manager", body=_body(world, key, free))
        for key, (_, free) in _COUNTIES.items()
    ]


def _ends(world: World) -> list[Target]:
    """The holder sees its county but is refused all the same: only who stands above takes it back."""
    return [
        Target(
            owners=frozenset({"brand"}),
            by="brand/manager",
            path={"territory_id": world.made["territory", key]},
            body={"valid_until": "2026-06-01"},
        )
        for key in _COUNTIES
    ]


def _divisions(world: World) -> list[Target]:
    """The county is taken: a stranger must not learn that, its own distributor may give the other dealer's."""
    return [
        Target(owners=frozenset({key}), body=_body(world, f"{key}2", county)) for key, (county, _) in _COUNTIES.items()
    ] + [
        Target(
            owners=frozenset({key}),
            by=f"{key}/sales",
            body=_body(world, f"{key}1", county) | {"product_line_id": world.made["spare-line", key]},
        )
        for key, (county, _) in _COUNTIES.items()
    ]


def _area_ends(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({key}),
            by=f"{key}/sales",
            path={"area_id": world.made["area", f"{key}1"]},
            body={"valid_until": "2026-06-01"},
        )
        for key in _COUNTIES
    ]


def _coverage(world: World) -> list[Target]:
    """The two prefectures of one province, each with its one holder."""
    return [Target(owners=frozenset({key}), by=f"{key}/viewer", id=world[key].id) for key in _COUNTIES]


CASES = {
    "list_territories": _listed("territory"),
    "grant_territories": Case(targets=_grants),
    "end_territory_of_distributor": Case(targets=_ends),
    "list_areas": _listed("area"),
    "divide_territories": Case(targets=_divisions),
    "end_area_of_dealer": Case(targets=_area_ends),
    "list_coverage": Case(
        targets=_coverage,
        is_list=True,
        item="holder_id",
        query=lambda world: {"product_line_id": world.line_id, "on": "2026-02-01", "parent_id": 156_330_000},
    ),
}
