"""Answer retries: an order's row is the record of its Idempotency-Key."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from lingqu.modules.orders.prepared import Prepared
from lingqu.modules.orders.types import Placed, ShortLine
from lingqu.runtime.idempotency import KeyReused
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Question, Tx

SQL = statements(__package__)


class _Row(Struct, frozen=True):
    id: UUID
    status: str
    approval_status: str
    currency: str
    total_minor: int
    expires_at: datetime | None
    version: int
    body_hash: bytes


class _Short(Struct, frozen=True):
    order_id: UUID
    line_no: int
    sku_id: int
    asked: int
    free: int


async def find_placed(tx: Tx, orders: Sequence[Prepared]) -> dict[UUID, Placed | KeyReused]:
    """Find which of these orders stand already, and answer them with what was placed, or refuse another body."""
    found: dict[UUID, Placed | KeyReused] = {}
    by_cell: dict[int, list[Prepared]] = defaultdict(list)
    for order in orders:
        by_cell[order.cell_id].append(order)
    for cell_id, some in sorted(by_cell.items()):
        ids = [order.id for order in some]
        hashes = {order.id: order.body_hash for order in some}
        rows = await tx.all(SQL["find_placed"], _Row, cell_id=cell_id, ids=ids)
        short: dict[UUID, list[ShortLine]] = defaultdict(list)
        if rows:
            for line in await tx.all(SQL["find_short"], _Short, cell_id=cell_id, ids=ids):
                short[line.order_id].append(ShortLine(line.line_no, line.sku_id, line.asked, line.free))
        for row in rows:
            answer = Placed(
                id=row.id,
                status=row.status,
                approval_status=row.approval_status,
                currency=row.currency,
                total_minor=row.total_minor,
                expires_at=row.expires_at,
                short_lines=tuple(short[row.id]),
                version=row.version,
            )
            found[row.id] = replayed(answer, row.body_hash, hashes[row.id])
    return found


def ask_present(wanted: Sequence[tuple[int, Sequence[UUID]]]) -> Question[set[UUID]]:
    """Ask which orders of several cells stand. After what they are judged by was read: an order that took it stands.

    Shapes: ``wanted`` are (cell, ids).
    """
    parameters = [{"cell_id": cell_id, "ids": list(ids)} for cell_id, ids in wanted]
    return Question(SQL["find_present"], parameters, lambda found: {row[0] for rows in found for row in rows})


def replayed(answer: Placed, first_hash: bytes, hash_now: bytes) -> Placed | KeyReused:
    """Give the first answer to the same body, a refusal to another one."""
    return answer if first_hash == hash_now else KeyReused()
