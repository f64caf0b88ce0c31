"""Change a pack's names, GTIN or whether it is ordered; never what it holds."""

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import asdict, replace

from lingqu.kernel.errors import Stale
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.code_taken import CodeTaken
from lingqu.modules.catalog.edit_sku import keys_of
from lingqu.modules.catalog.events import SKUChanged
from lingqu.modules.catalog.gtin import normalise_gtin
from lingqu.modules.catalog.read_sku import own_pack
from lingqu.modules.catalog.types import Name, Pack
from lingqu.modules.catalog.visible import bump_channel
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class PackEdit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is; a GTIN of null takes the number away."""

    name_zh: Name | UnsetType = UNSET
    name_en: Name | UnsetType = UNSET
    gtin: str | UnsetType | None = UNSET
    is_orderable: bool | UnsetType = UNSET


async def edit_pack(tx: Tx, *, scope: Scope, pack_id: int, if_match: int, edit: PackEdit) -> Pack:
    """Change a pack of the caller's own brands.

    Raises: NotFound, Stale, WrongGTIN; CodeTaken where another pack has the GTIN.
    """
    sku, before = await own_pack(tx, scope=scope, pack_id=pack_id)
    given = {name: value for name, value in asdict(edit).items() if value is not UNSET}
    if given.get("gtin") is not None:
        given["gtin"] = normalise_gtin(given["gtin"])
    after = replace(before, **given, version=if_match + 1)
    if await tx.values(SQL["other_pack_with_gtin"], int, gtin=after.gtin, pack_id=pack_id):
        raise CodeTaken(kind="pack", taken=after.gtin)
    changed = await tx.run(
        SQL["edit_pack"],
        id=pack_id,
        version=if_match,
        name_zh=after.name_zh,
        name_en=after.name_en,
        gtin=after.gtin,
        is_orderable=after.is_orderable,
    )
    if not changed:
        raise Stale(kind="pack")
    packs = tuple(after if pack.id == pack_id else pack for pack in sku.packs)
    await tx.run(SQL["touch_sku"], id=sku.id, search=keys_of(replace(sku, packs=packs)))
    tx.record("pack", pack_id, before=before, after=after)
    tx.emit(SKUChanged(sku_id=sku.id, brand_id=sku.brand_id, status=sku.status, version=sku.version + 1))
    if before.is_orderable != after.is_orderable:
        await bump_channel(tx, brand_ids=[sku.brand_id])
    return after
