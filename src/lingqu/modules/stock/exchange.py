"""Take goods out and put goods in under one set of locks: what issue, receive, adjust and count all are."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from lingqu.kernel.errors import FieldError, Refusal, Words
from lingqu.modules.stock.lots import lots_of, register_lots, sku_facts
from lingqu.modules.stock.moving import open_shelf, write_shelf
from lingqu.modules.stock.shelf import Shelf, Taken, Why
from lingqu.modules.stock.types import Issue, IssuedLot, Receipt, bin_of, sku_of
from lingqu.runtime.tx import Tx

_SHORT = Words("{asked} asked, {free} can be taken.", "需要 {asked}，可出库 {free}。")


class OutOfStock(Refusal):
    """A bin cannot give what is asked of it: not there, promised to others, or expired."""

    code = "stock.out-of-stock"
    status = 409
    title = Words("Not enough stock", "库存不足")
    detail = Words("The marked lines ask for more than there is.", "标出的行超出了可用库存。")


async def exchange(
    tx: Tx,
    *,
    cell_id: int,
    document_kind: str,
    kind: str,
    issues: Sequence[Issue] = (),
    receipts: Sequence[Receipt] = (),
    business_on: date,
    user_id: int | None,
    users: Mapping[UUID, int | None] | None = None,
    reason: str | None = None,
) -> list[IssuedLot]:
    """Take out, then put in. All lines or none.

    Shapes: one or more results per issue, in order: one for each lot it was served from.
    Raises: OutOfStock naming each issue that falls short; LotNeeded, LotDiffers for receipts.
    """
    facts = await sku_facts(tx, [sku_of(receipt.key) for receipt in receipts])
    lots = lots_of(receipts, facts)
    shelf = await open_shelf(
        tx,
        cell_id=cell_id,
        takes={line.key for line in issues},
        puts={receipt.key for receipt in receipts},
        documents={line.document_id for line in issues if line.is_reserved},
    )
    taken = _take(shelf, issues, kind=kind, on=business_on, reason=reason)
    named = {lot.id: (sku_of(r.key), lot) for r, lot in zip(receipts, lots, strict=True) if lot is not None}
    known = await register_lots(tx, cell_id=cell_id, lots=named)
    for receipt, lot in zip(receipts, lots, strict=True):
        why = Why(receipt.document_id, receipt.line_no, kind, reason)
        of = None if lot is None else known[lot.id]
        shelf.put(why, receipt.key, of, receipt.quantity, cost_minor=receipt.cost_minor)
    await write_shelf(tx, shelf, document_kind=document_kind, business_on=business_on, user_id=user_id, users=users)
    return taken


def _take(shelf: Shelf, issues: Sequence[Issue], *, kind: str, on: date, reason: str | None) -> list[IssuedLot]:
    taken: list[IssuedLot] = []
    errors: list[FieldError] = []
    for index, line in enumerate(issues):
        why = Why(line.document_id, line.line_no, kind, reason, is_reserved=line.is_reserved)
        free = shelf.free(why, line.key, on=on, lot_id=line.lot_id)
        if line.quantity > free:
            errors.append(short_of(f"/lines/{index}", line.key, asked=line.quantity, free=free))
            continue
        taken += [
            issued_lot(line.document_id, line.line_no, part)
            for part in shelf.give(why, line.key, line.quantity, on=on, lot_id=line.lot_id)
        ]
    if errors:
        raise OutOfStock(errors=errors)
    return taken


def short_of(path: str, key: int, *, asked: int, free: int) -> FieldError:
    """Say which line falls short and by how much."""
    facts = {"asked": asked, "free": max(free, 0), "sku_id": sku_of(key), "bin_id": bin_of(key)}
    return FieldError(path, "out-of-stock", _SHORT, facts)


def issued_lot(document_id: UUID, line_no: int, part: Taken) -> IssuedLot:
    """Describe one part of what a line was served from."""
    lot = part.lot
    if lot is None:
        return IssuedLot(document_id, line_no, None, None, None, None, part.quantity, part.cost_minor)
    return IssuedLot(
        document_id, line_no, lot.id, lot.code, lot.produced_on, lot.expires_on, part.quantity, part.cost_minor
    )
