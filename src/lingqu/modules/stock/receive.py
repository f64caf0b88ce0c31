"""Put goods into bins."""

from collections.abc import Sequence
from datetime import date

from lingqu.modules.stock.lots import lots_of, register_lots, sku_facts
from lingqu.modules.stock.moving import open_shelf, write_shelf
from lingqu.modules.stock.shelf import Why
from lingqu.modules.stock.types import MoveKind, Receipt, sku_of
from lingqu.runtime.tx import Tx


async def receive(
    tx: Tx,
    *,
    cell_id: int,
    document_kind: str,
    receipts: Sequence[Receipt],
    kind: str = MoveKind.RECEIPT,
    business_on: date,
    user_id: int | None,
    reason: str | None = None,
) -> None:
    """Put goods down with their lots and their cost.

    Raises: LotNeeded if a SKU that is kept by lot comes without one; LotDiffers if a lot is known with other dates.
    """
    if not receipts:
        return
    facts = await sku_facts(tx, [sku_of(receipt.key) for receipt in receipts])
    lots = lots_of(receipts, facts)
    shelf = await open_shelf(tx, cell_id=cell_id, puts={receipt.key for receipt in receipts})
    named = {lot.id: (sku_of(r.key), lot) for r, lot in zip(receipts, lots, strict=True) if lot is not None}
    known = await register_lots(tx, cell_id=cell_id, lots=named)
    for receipt, lot in zip(receipts, lots, strict=True):
        why = Why(receipt.document_id, receipt.line_no, kind, reason)
        of = None if lot is None else known[lot.id]
        shelf.put(why, receipt.key, of, receipt.quantity, cost_minor=receipt.cost_minor)
    await write_shelf(tx, shelf, document_kind=document_kind, business_on=business_on, user_id=user_id)
