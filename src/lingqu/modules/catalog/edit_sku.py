"""Change what a SKU says of itself."""

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import asdict, replace
from psycopg.types.json import Jsonb

from lingqu.kernel.errors import Stale
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.add_skus import check_references
from lingqu.modules.catalog.events import SKUChanged
from lingqu.modules.catalog.finding import sku_keys
from lingqu.modules.catalog.read_sku import own_sku, read_sku
from lingqu.modules.catalog.types import SKU, Attributes, Name, NewSKU, NotNegative, Positive
from lingqu.modules.catalog.visible import bump_channel
from lingqu.runtime.search import sort_key
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_PRICED = ("product_line_id", "tax_class_id")
"""What the price book holds of a SKU."""


class SKUEdit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is; null empties a field that may be empty. The code never changes."""

    product_line_id: int | UnsetType = UNSET
    category_id: int | UnsetType | None = UNSET
    tax_class_id: int | UnsetType = UNSET
    product_code: Annotated[str, Meta(min_length=1, max_length=60)] | UnsetType = UNSET
    attributes: Attributes | UnsetType = UNSET
    name_zh: Name | UnsetType = UNSET
    name_en: Name | UnsetType = UNSET
    base_unit: Annotated[str, Meta(min_length=1, max_length=20)] | UnsetType = UNSET
    is_lot_tracked: bool | UnsetType = UNSET
    is_serialised: bool | UnsetType = UNSET
    is_weighed: bool | UnsetType = UNSET
    shelf_life_days: Positive | UnsetType | None = UNSET
    weight_g: NotNegative | UnsetType | None = UNSET
    volume_ml: NotNegative | UnsetType | None = UNSET


async def edit_sku(tx: Tx, *, scope: Scope, sku_id: int, if_match: int, edit: SKUEdit) -> SKU:
    """Change some fields of a SKU of the caller's own brands.

    Raises: NotFound; Stale if it changed since version ``if_match``; Invalid for a line, category or tax class that
            is none of the brand's.
    """
    before = await own_sku(tx, scope=scope, sku_id=sku_id)
    after = replace(before, **{name: value for name, value in asdict(edit).items() if value is not UNSET})
    await check_references(tx, skus=[_as_new(after)])
    columns: dict[str, Any] = {name: getattr(after, name) for name in SKUEdit.__struct_fields__}
    changed = await tx.run(
        SQL["edit_sku"],
        **columns | {"attributes": Jsonb(after.attributes)},
        id=sku_id,
        version=if_match,
        sort_key=sort_key(after.name_zh),
        search=keys_of(after),
    )
    if not changed:
        raise Stale(kind="SKU")
    tx.record("sku", sku_id, before=before, after=after)
    tx.emit(SKUChanged(sku_id=sku_id, brand_id=after.brand_id, status=after.status, version=if_match + 1))
    if any(getattr(before, name) != getattr(after, name) for name in _PRICED):
        await bump_channel(tx, brand_ids=[after.brand_id])
    return await read_sku(tx, scope=scope, sku_id=sku_id)


def keys_of(sku: SKU) -> list[str]:
    """Make the search keys of a SKU as it stands, its packs included."""
    return sku_keys(
        name_zh=sku.name_zh,
        name_en=sku.name_en,
        code=sku.code,
        product_code=sku.product_code,
        attributes=sku.attributes,
        gtins=[pack.gtin for pack in sku.packs],
    )


def _as_new(sku: SKU) -> NewSKU:
    names = set(NewSKU.__struct_fields__) - {"packs"}
    return NewSKU(**{name: value for name, value in msgspec.structs.asdict(sku).items() if name in names})
