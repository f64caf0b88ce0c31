"""What an order leaves to each warehouse, and what it said to that."""

from uuid import UUID

from msgspec import Struct

from lingqu.modules.orders.sheet import Sheet
from lingqu.modules.orders.types import NodeWork
from lingqu.modules.routing.api import find_answers
from lingqu.modules.stock.api import bin_of
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class _Row(Struct, frozen=True):
    node_id: int
    node_name: str
    line_nos: list[int]


async def read_work(tx: Tx, *, cell_id: int, order_id: UUID) -> list[NodeWork]:
    """Read who has what of an order to send, and every answer that was given, also by nodes that let it go."""
    rows = await tx.all(SQL["read_work"], _Row, cell_id=cell_id, order_id=order_id)
    answers = {one.node_id: one for one in (await find_answers(tx, cell_id=cell_id, order_ids=[order_id]))[order_id]}
    found: list[NodeWork] = []
    for row in rows:
        said = answers.get(row.node_id)
        found.append(
            NodeWork(
                node_id=row.node_id,
                node_name=row.node_name,
                line_nos=row.line_nos,
                answer=None if said is None else said.answer,
                reason="" if said is None else said.reason,
                answered_by=None if said is None else said.user_name,
                answered_at=None if said is None else said.answered_at,
            )
        )
    return found


async def silent_nodes(tx: Tx, *, cell_id: int, sheet: Sheet) -> dict[int, set[int]]:
    """Find the nodes that have neither answered nor sent anything of a locked order, with the bins they send from."""
    open_bins = {bin_of(line.key) for line in sheet.lines if line.reserved + line.owed}
    busy_bins = {bin_of(line.key) for line in sheet.lines if line.shipped}
    nodes = dict(await tx.tuples(SQL["nodes_of_bins"], bin_ids=sorted(open_bins - busy_bins)))
    answers = (await find_answers(tx, cell_id=cell_id, order_ids=[sheet.order.id]))[sheet.order.id]
    spoken = {answer.node_id for answer in answers}
    silent: dict[int, set[int]] = {}
    for bin_id, node_id in nodes.items():
        if node_id not in spoken:
            silent.setdefault(node_id, set()).add(bin_id)
    return silent
