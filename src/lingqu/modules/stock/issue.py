"""Take goods out of bins."""

from collections.abc import Sequence
from datetime import date

from lingqu.kernel.errors import FieldError, Refusal, Words
from lingqu.modules.stock.moving import open_shelf, write_shelf
from lingqu.modules.stock.shelf import Taken, Why
from lingqu.modules.stock.types import Issue, IssuedLot, MoveKind, bin_of, sku_of
from lingqu.runtime.tx import Tx

_SHORT = Words("{asked} asked, {free} can be taken.", "需要 {asked}，可出库 {free}。")


class OutOfStock(Refusal):
    """A bin cannot give what is asked of it: not there, promised to others, or expired."""

    code = "stock.out-of-stock"
    status = 409
    title = Words("Not enough stock", "库存不足")
    detail = Words("The marked lines ask for more than there is.", "标出的行超出了可用库存。")


async def issue(
    tx: Tx,
    *,
    cell_id: int,
    document_kind: str,
    issues: Sequence[Issue],
    kind: str = MoveKind.ISSUE,
    business_on: date,
    user_id: int | None,
    reason: str | None = None,
) -> list[IssuedLot]:
    """Take goods out, first expired first, and with them the lines' own reservations. All lines or none.

    Shapes: one or more results per line, in order: one for each lot it was served from.
    Raises: OutOfStock naming each line that falls short, with what it could get.
    """
    if not issues:
        return []
    keys = {line.key for line in issues}
    documents = {line.document_id for line in issues}
    shelf = await open_shelf(tx, cell_id=cell_id, takes=keys, documents=documents)
    issued: list[IssuedLot] = []
    errors: list[FieldError] = []
    for index, line in enumerate(issues):
        why = Why(line.document_id, line.line_no, kind, reason, is_reserved=line.is_reserved)
        free = shelf.free(why, line.key, on=business_on, lot_id=line.lot_id)
        if line.quantity > free:
            errors.append(short_of(f"/lines/{index}", line.key, asked=line.quantity, free=free))
            continue
        taken = shelf.take(why, line.key, line.quantity, on=business_on, lot_id=line.lot_id)
        issued += [issued_lot(line, part) for part in taken]
    if errors:
        raise OutOfStock(errors=errors)
    await write_shelf(tx, shelf, document_kind=document_kind, business_on=business_on, user_id=user_id)
    return issued


def short_of(path: str, key: int, *, asked: int, free: int) -> FieldError:
    """Say which line falls short and by how much."""
    facts = {"asked": asked, "free": free, "sku_id": sku_of(key), "bin_id": bin_of(key)}
    return FieldError(path, "out-of-stock", _SHORT, facts)


def issued_lot(line: Issue, part: Taken) -> IssuedLot:
    """Describe one part of what a line was served from."""
    return IssuedLot(
        document_id=line.document_id,
        line_no=line.line_no,
        lot_id=None if part.lot is None else part.lot.id,
        lot_code=None if part.lot is None else part.lot.code,
        produced_on=None if part.lot is None else part.lot.produced_on,
        expires_on=None if part.lot is None else part.lot.expires_on,
        quantity=part.quantity,
        cost_minor=part.cost_minor,
    )
