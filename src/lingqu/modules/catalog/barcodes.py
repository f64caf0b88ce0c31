"""An organization's own codes for packs, beside the GTIN."""

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.code_taken import CodeTaken
from lingqu.modules.catalog.find_packs import find_packs
from lingqu.modules.catalog.types import Barcode
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_SORTS = Sorts({"code": "code", "id": "id"}, default="code")


class BarcodeQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Own codes of one SKU, or all; ``q`` is how a code begins."""

    sku_id: int | None = None


async def list_barcodes(tx: Tx, *, scope: Scope, query: BarcodeQuery) -> Listed[Barcode]:
    """Read one page of the codes of the caller's own organizations.

    Raises: Invalid for an unknown sort or a cursor of another list.
    """
    return await list_page(
        tx,
        SQL["list_barcodes"],
        Barcode,
        query=query,
        sorts=_SORTS,
        sku_id=query.sku_id,
        q=query.q,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )


async def add_barcode(tx: Tx, *, scope: Scope, pack_id: int, code: str) -> Barcode:
    """Give a pack a code of the caller's own.

    Raises: NotFound for a pack that the caller may not see; CodeTaken if another of its packs has the code.
    """
    await find_packs(tx, scope=scope, pack_ids=[pack_id])
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
