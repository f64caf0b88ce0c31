"""Cases of the catalogue: goods of the two suppliers, each sold on in one branch only, and of the brand."""

from collections.abc import Callable, Mapping
from typing import Any

from lingqu.kernel.scope import Actor
from lingqu.modules.catalog.add_picture import NewPicture, add_picture
from lingqu.modules.catalog.add_skus import SQL, add_skus
from lingqu.modules.catalog.barcodes import add_barcode
from lingqu.modules.catalog.categories import NewCategory, add_categories
from lingqu.modules.catalog.gtin import check_digit
from lingqu.modules.catalog.sku_file import COLUMNS
from lingqu.modules.catalog.tax_classes import NewTaxClass, add_tax_class
from lingqu.modules.catalog.types import NewPack, NewSKU
from lingqu.modules.network.api import NewProductLine, add_product_lines, scope_of_party
from lingqu.runtime.tx import Tx
from tests.access.case import Case, Target
from tests.access.world import World

MAKERS = ("factory", "mill")
"""Each with a line of its own; their goods are seen by the branch that buys from them."""
_SEEN_BY = {
    "factory": frozenset({"factory", "east", "east1", "east2"}),
    "mill": frozenset({"mill", "west", "west1", "west2"}),
}
_BUYERS = {"factory": "east1", "mill": "west1"}


async def build(tx: Tx, world: World) -> None:
    """Give each maker a line, a category, a SKU with a GTIN, and a dealer's own code for it."""
    tax = await add_tax_class(
        tx, tax_class=NewTaxClass(code="ACCESS", name_zh="增值税", name_en="VAT", rate_ppm=130_000)
    )
    world.made["tax-class", "ACCESS"] = tax.id
    for number, key in enumerate(MAKERS):
        brand_id = world[key].id
        (line_id,) = await add_product_lines(
            tx, lines=[NewProductLine(brand_id=brand_id, code="OWN", name_zh="自有", name_en="Own")]
        )
        (category_id,) = await add_categories(
            tx, categories=[NewCategory(brand_id=brand_id, code="ALL", name_zh="全部", name_en="All")]
        )
        digits = f"069000000000{number}"
        gtin = digits + str(check_digit(digits))
        pack = NewPack(code="EA", name_zh="瓶", name_en="Bottle", units=1, gtin=gtin)
        sku = new_sku(world, key, line_id=line_id, code="FIRST", packs=(pack,))
        added, away = await add_skus(tx, skus=[sku, new_sku(world, key, line_id=line_id, code="AWAY")])
        await tx.run(SQL["set_sku_status"], id=away.id, version=1, status="archived", successor_id=None)
        place = world[_BUYERS[key]]
        maker = await scope_of_party(tx, actor=Actor(world[key].added.party_id), permissions=frozenset())
        assert maker is not None
        shown = NewPicture(file_id=world.made["shown-file", key])
        picture = await add_picture(tx, scope=maker, sku_id=added.id, picture=shown)
        world.made["picture", key] = picture.id
        scope = await scope_of_party(tx, actor=Actor(place.added.party_id), permissions=frozenset())
        assert scope is not None
        barcode = await add_barcode(tx, scope=scope, pack_id=added.packs["EA"], code=f"OWN-{key}")
        made = {"line": line_id, "category": category_id, "gtin": gtin, "sku": added.id, "pack": added.packs["EA"]}
        for kind, value in (made | {"barcode": barcode.id, "away": away.id}).items():
            world.made[kind, key] = value


def new_sku(world: World, key: str, *, line_id: int, code: str, packs: tuple[NewPack, ...] = ()) -> NewSKU:
    return NewSKU(
        brand_id=world[key].id,
        product_line_id=line_id,
        tax_class_id=world.made["tax-class", "ACCESS"],
        code=code,
        name_zh="商品",
        name_en="Goods",
        base_unit="瓶",
        packs=packs,
    )


def seen(kind: str, *, path: str | None = None) -> Callable[[World], list[Target]]:
    """Make targets that whoever may buy the goods may see."""

    def targets(world: World) -> list[Target]:
        return [
            Target(
                owners=_SEEN_BY[key],
                by=f"{_BUYERS[key]}/viewer",
                path={} if path is None else {path: world.made[kind, key]},
                id=world.made[kind, key],
            )
            for key in MAKERS
        ]

    return targets


def own(kind: str, path: str, **given: Any) -> Callable[[World], list[Target]]:
    """Make targets that only their maker may change."""

    def targets(world: World) -> list[Target]:
        return [
            Target(owners=frozenset({key}), by=f"{key}/manager", path={path: world.made[kind, key]}, **given)
            for key in MAKERS
        ]

    return targets


def _pictures(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({key}),
            by=f"{key}/manager",
            path={"sku_id": world.made["sku", key]},
            body={"file_id": world.made["file", key]},
        )
        for key in MAKERS
    ]


def _orders(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({key}),
            by=f"{key}/manager",
            path={"sku_id": world.made["sku", key]},
            body={"picture_ids": [world.made["picture", key]]},
        )
        for key in MAKERS
    ]


def made(body: Callable[[World, str], Any]) -> Callable[[World], list[Target]]:
    """Make targets that create something in the name of a maker."""

    def targets(world: World) -> list[Target]:
        return [Target(owners=frozenset({key}), by=f"{key}/manager", body=body(world, key)) for key in MAKERS]

    return targets


def _labels(world: World) -> list[Target]:
    return [
        Target(
            owners=_SEEN_BY[key],
            by=f"{_BUYERS[key]}/warehouse",
            path={"pack_id": world.made["pack", key]},
            body={"code": f"NEW-{key}"},
        )
        for key in MAKERS
    ]


def _barcodes(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({_BUYERS[key]}),
            by=f"{_BUYERS[key]}/warehouse",
            path={"barcode_id": world.made["barcode", key]},
            id=world.made["barcode", key],
        )
        for key in MAKERS
    ]


def _tax(body: Mapping[str, Any] | None = None, **given: Any) -> Callable[[World], list[Target]]:
    def targets(world: World) -> list[Target]:
        tax_class_id = world.made["tax-class", "ACCESS"]
        path = {"tax_class_id": tax_class_id}
        return [Target(owners=None, by="platform/manager", path=path, id=tax_class_id, body=body, **given)]

    return targets


def _file(world: World, key: str) -> dict[str, Any]:
    heading = ",".join(COLUMNS)
    return {"brand_id": world[key].id, "text": f"{heading}\nBY-FILE,商品,Goods,OWN,,ACCESS,瓶,,,,,\n"}


_NAMES = {"name_zh": "新", "name_en": "New"}

CASES = {
    "list_skus": Case(targets=seen("sku"), is_list=True),
    "read_sku": Case(targets=seen("sku", path="sku_id")),
    "add_sku": Case(targets=made(lambda world, key: new_sku(world, key, line_id=world.made["line", key], code="MORE"))),
    "preview_sku_import": Case(targets=made(_file)),
    "import_skus": Case(targets=made(_file)),
    "edit_sku": Case(targets=own("sku", "sku_id", body={"name_en": "New"}, if_match=1)),
    "discontinue_sku": Case(targets=own("sku", "sku_id", body={}, if_match=1)),
    "archive_sku": Case(targets=own("sku", "sku_id", if_match=1)),
    "reactivate_sku": Case(targets=own("away", "sku_id", if_match=2)),
    "add_pack": Case(targets=own("sku", "sku_id", body=_NAMES | {"code": "CS", "units": 12})),
    "edit_pack": Case(targets=own("pack", "pack_id", body={"is_orderable": False}, if_match=1)),
    "find_by_code": Case(targets=seen("gtin", path="code")),
    "list_barcodes": Case(targets=_barcodes, is_list=True),
    "add_barcode": Case(targets=_labels),
    "remove_barcode": Case(targets=_barcodes),
    "add_picture": Case(targets=_pictures),
    "order_pictures": Case(targets=_orders),
    "edit_picture": Case(targets=own("picture", "picture_id", body={"alt_en": "New"}, if_match=1)),
    "remove_picture": Case(targets=own("picture", "picture_id")),
    "show_picture": Case(targets=seen("picture", path="picture_id")),
    "list_categories": Case(targets=seen("category"), is_list=True),
    "add_category": Case(
        targets=made(lambda world, key: NewCategory(brand_id=world[key].id, code="NEW", name_zh="新", name_en="New"))
    ),
    "edit_category": Case(targets=own("category", "category_id", body={"name_en": "New"}, if_match=1)),
    "list_tax_classes": Case(targets=_tax(), is_list=True),
    "add_tax_class": Case(targets=_tax(body=_NAMES | {"code": "MORE", "rate_ppm": 60_000})),
    "edit_tax_class": Case(targets=_tax(body={"rate_ppm": 60_000}, if_match=1)),
}
