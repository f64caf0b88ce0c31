"""Make SKUs with their packs: one or thousands in the same few statements."""

from collections.abc import Sequence

from msgspec.structs import replace
from psycopg.types.json import Jsonb

from lingqu.kernel.errors import FieldError, Invalid, NotFound, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.add_packs import add_packs
from lingqu.modules.catalog.events import SKUAdded
from lingqu.modules.catalog.code_taken import CodeTaken
from lingqu.modules.catalog.finding import sku_keys
from lingqu.modules.catalog.gtin import normalise_gtin
from lingqu.modules.catalog.types import AddedSKU, NewPack, NewSKU
from lingqu.runtime.search import sort_key
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

NOT_ITS_OWN = Words("This does not exist, or belongs to another brand.", "该项不存在，或属于其他品牌。")
_PLAIN = (
    "brand_id",
    "product_line_id",
    "category_id",
    "tax_class_id",
    "code",
    "product_code",
    "name_zh",
    "name_en",
    "base_unit",
    "is_lot_tracked",
    "is_serialised",
    "is_weighed",
    "shelf_life_days",
    "weight_g",
    "volume_ml",
)


async def add_sku(tx: Tx, *, scope: Scope, sku: NewSKU) -> AddedSKU:
    """Make a SKU of one of the caller's own brands.

    Raises: NotFound for a brand that is not the caller's; what `add_skus` raises.
    """
    if not scope.sees(sku.brand_id):
        raise NotFound(kind="brand", id=sku.brand_id)
    (added,) = await add_skus(tx, skus=[sku])
    return added


async def add_skus(tx: Tx, *, skus: Sequence[NewSKU]) -> list[AddedSKU]:
    """Make many SKUs, set-based. One without a pack of one base unit gets such a pack, named as the unit.

    Shapes: one result each, in the order given.
    Raises: CodeTaken for the first code or GTIN that stands already, WrongGTIN, Invalid for a line, category or tax
            class that is none of the brand's; then nothing is made.
    """
    complete = [_complete(sku) for sku in skus]
    await check_references(tx, skus=complete)
    rows = await tx.tuples(
        SQL["add_skus"],
        **{name: [getattr(sku, name) for sku in complete] for name in _PLAIN},
        attributes=[Jsonb(sku.attributes) for sku in complete],
        sort_key=[sort_key(sku.name_zh) for sku in complete],
        search=[" ".join(_keys(sku)) for sku in complete],
        now=tx.now,
    )
    id_of: dict[tuple[int, str], int] = {(brand_id, code): id_ for brand_id, code, id_ in rows}
    for sku in complete:
        if (sku.brand_id, sku.code) not in id_of:
            raise CodeTaken(kind="SKU", taken=sku.code)
    ids = [id_of[sku.brand_id, sku.code] for sku in complete]
    packs = await add_packs(
        tx, packs=[(id_, pack) for id_, sku in zip(ids, complete, strict=True) for pack in sku.packs]
    )
    for id_, sku in zip(ids, complete, strict=True):
        tx.record("sku", id_, after=sku)
        tx.emit(SKUAdded(sku_id=id_, brand_id=sku.brand_id, product_line_id=sku.product_line_id, code=sku.code))
    return [
        AddedSKU(id_, {pack.code: packs[id_, pack.code] for pack in sku.packs})
        for id_, sku in zip(ids, complete, strict=True)
    ]


async def check_references(tx: Tx, *, skus: Sequence[NewSKU], path: str = "") -> None:
    """Refuse SKUs that name a line or category of another brand, or a tax class that does not exist.

    Raises: Invalid with one error per wrong field.
    """
    names = ("brand_id", "product_line_id", "category_id", "tax_class_id")
    wrong = await tx.tuples(SQL["wrong_references"], **{name: [getattr(sku, name) for sku in skus] for name in names})
    if wrong:
        many = len(skus) > 1
        raise Invalid(
            errors=[
                FieldError(f"{path}/{place}/{field}" if many else f"{path}/{field}", "reference", NOT_ITS_OWN)
                for place, field in wrong
            ]
        )


def _complete(sku: NewSKU) -> NewSKU:
    """Bring GTINs into their form of 14 digits and add the pack of one base unit where it is missing."""
    packs = tuple(replace(pack, gtin=None if pack.gtin is None else normalise_gtin(pack.gtin)) for pack in sku.packs)
    if all(pack.units != 1 for pack in packs):
        packs = (NewPack(code="unit", name_zh=sku.base_unit, name_en=sku.base_unit, units=1), *packs)
    return replace(sku, packs=packs, product_code=sku.product_code or sku.code)


def _keys(sku: NewSKU) -> list[str]:
    return sku_keys(
        name_zh=sku.name_zh,
        name_en=sku.name_en,
        code=sku.code,
        product_code=sku.product_code,
        attributes=sku.attributes,
        gtins=[pack.gtin for pack in sku.packs],
    )
