"""An organization's own codes for packs, beside the GTIN."""

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.code_taken import CodeTaken
from lingqu.modules.catalog.read_sku import read_sku
from lingqu.modules.catalog.types import Barcode, Pack
from lingqu.modules.catalog.visible import visible_lines
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def list_barcodes(tx: Tx, *, scope: Scope, sku_id: int) -> list[Barcode]:
    """Read the caller's own codes for a SKU that it may see.

    Raises: NotFound.
    """
    await read_sku(tx, scope=scope, sku_id=sku_id)
    return await tx.all(
        SQL["list_barcodes"],
        Barcode,
        sku_id=sku_id,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )


async def add_barcode(tx: Tx, *, scope: Scope, pack_id: int, code: str) -> Barcode:
    """Give a pack a code of the caller's own.

    Raises: NotFound for a pack that the caller may not see; CodeTaken if another of its packs has the code.
    """
    line_ids = await visible_lines(tx, scope=scope)
    pack = await tx.first(SQL["see_pack"], Pack, pack_id=pack_id, is_whole=scope.is_whole, line_ids=line_ids)
    if pack is None:
        raise NotFound(kind="pack", id=pack_id)
    made = await tx.values(SQL["add_barcode"], int, pack_id=pack_id, organization_id=scope.organization_id, code=code)
    if not made:
        raise CodeTaken(kind="pack", taken=code)
    barcode = Barcode(id=made[0], pack_id=pack_id, organization_id=scope.organization_id, code=code)
    tx.record("barcode", barcode.id, after=barcode)
    return barcode


async def remove_barcode(tx: Tx, *, scope: Scope, barcode_id: int) -> None:
    """Take an own code away.

    Raises: NotFound.
    """
    barcode = await tx.first(
        SQL["find_barcode"],
        Barcode,
        barcode_id=barcode_id,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
    if barcode is None:
        raise NotFound(kind="barcode", id=barcode_id)
    await tx.run(SQL["remove_barcode"], barcode_id=barcode_id)
    tx.record("barcode", barcode_id, before=barcode)
