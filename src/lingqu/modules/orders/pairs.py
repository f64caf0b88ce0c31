"""Orders that stand back to back: one sells what a supplier sends straight to the buyer, the other buys it there.

A step of one is a step of both, in one transaction: so both are locked before either is looked at.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from msgspec import Struct

from lingqu.modules.orders.sheet import Pair, PairLine, Sheet, Whereabouts, lock_sheets
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class _Row(Struct, frozen=True):
    cell_id: int
    order_id: UUID
    for_cell: int
    for_order_id: UUID
    fee_ppm: int


class _Line(Struct, frozen=True):
    cell_id: int
    order_id: UUID
    line_no: int
    supplier_cell: int
    supplier_order_id: UUID
    supplier_line_no: int


async def lock_pairs(tx: Tx, orders: Collection[Whereabouts]) -> dict[int, dict[UUID, Sheet]]:
    """Lock orders with all that stand back to back with them, by cell and id, and tie the pairs together."""
    direct = [one for one in orders if one.is_direct]
    rows = await tx.all(
        SQL["find_pairs"], _Row, cell_id=[one.cell_id for one in direct], order_id=[one.id for one in direct]
    )
    ids: dict[int, set[UUID]] = defaultdict(set)
    for one in orders:
        ids[one.cell_id].add(one.id)
    for row in rows:
        ids[row.cell_id].add(row.order_id)
        ids[row.for_cell].add(row.for_order_id)
    sheets = {cell_id: await lock_sheets(tx, cell_id=cell_id, order_ids=some) for cell_id, some in sorted(ids.items())}
    lines: dict[UUID, list[PairLine]] = defaultdict(list)
    for line in await tx.all(
        SQL["read_direct_lines"], _Line, cell_id=[row.cell_id for row in rows], order_id=[row.order_id for row in rows]
    ):
        lines[line.supplier_order_id].append(PairLine(line.line_no, line.supplier_line_no))
    for row in sorted(rows, key=lambda row: (row.cell_id, row.order_id)):
        _tie(sheets, row, tuple(lines[row.order_id]))
    return sheets


def _tie(sheets: Mapping[int, Mapping[UUID, Sheet]], row: _Row, lines: tuple[PairLine, ...]) -> None:
    selling, buying = sheets[row.for_cell][row.for_order_id], sheets[row.cell_id][row.order_id]
    pair = Pair(
        selling=selling,
        selling_cell=row.for_cell,
        buying=buying,
        buying_cell=row.cell_id,
        fee_ppm=row.fee_ppm,
        lines=lines,
    )
    selling.pairs.append(pair)
    buying.pairs.append(pair)


def pair_of(buying: Sheet) -> Pair | None:
    """Give the pair of an order that buys what its buyer has sold already; None for any other order."""
    return buying.pairs[0] if buying.order.direct == "buying" else None
