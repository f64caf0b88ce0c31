"""Read one SKU with all that belongs to it."""

from msgspec.structs import replace

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.types import SKU, Pack, SKUPicture, Variant
from lingqu.modules.catalog.visible import visible_lines
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def read_sku(tx: Tx, *, scope: Scope, sku_id: int) -> SKU:
    """Read a SKU that the caller may see, with its packs, its pictures and the other variants of its product.

    Raises: NotFound.
    """
    sees = {"is_whole": scope.is_whole, "line_ids": await visible_lines(tx, scope=scope)}
    sku = await tx.first(SQL["find_sku"], SKU, sku_id=sku_id, **sees)
    if sku is None:
        raise NotFound(kind="SKU", id=sku_id)
    packs = await tx.all(SQL["list_packs"], Pack, sku_id=sku_id)
    variants = await tx.all(SQL["list_variants"], Variant, sku_id=sku_id)
    pictures = await tx.all(SQL["list_pictures"], SKUPicture, sku_id=sku_id)
    return replace(sku, packs=tuple(packs), variants=tuple(variants), pictures=tuple(pictures))


async def own_sku(tx: Tx, *, scope: Scope, sku_id: int) -> SKU:
    """Read a SKU of the caller's own brands, with its packs: one that it may change.

    Raises: NotFound.
    """
    sku = await _own(tx, scope, sku_id=sku_id, pack_id=None)
    if sku is None:
        raise NotFound(kind="SKU", id=sku_id)
    return sku


async def own_pack(tx: Tx, *, scope: Scope, pack_id: int) -> tuple[SKU, Pack]:
    """Read a pack of the caller's own brands and the SKU it belongs to.

    Raises: NotFound.
    """
    sku = await _own(tx, scope, sku_id=None, pack_id=pack_id)
    if sku is None:
        raise NotFound(kind="pack", id=pack_id)
    return sku, next(pack for pack in sku.packs if pack.id == pack_id)


async def _own(tx: Tx, scope: Scope, *, sku_id: int | None, pack_id: int | None) -> SKU | None:
    own = {"is_whole": scope.is_whole, "organization_ids": list(scope.organization_ids)}
    sku = await tx.first(SQL["find_own_sku"], SKU, sku_id=sku_id, pack_id=pack_id, **own)
    return None if sku is None else replace(sku, packs=tuple(await tx.all(SQL["list_packs"], Pack, sku_id=sku.id)))
