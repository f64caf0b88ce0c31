"""Post the differences of a count sheet, or drop the sheet."""

from uuid import UUID

from lingqu.kernel.errors import Stale
from lingqu.kernel.scope import Scope
from lingqu.modules.stock.adjusted import write_down
from lingqu.modules.stock.counts import FLOW, NO_LOT, CountLine, CountSheet, CountStatus, own_count
from lingqu.modules.stock.exchange import exchange
from lingqu.modules.stock.nodes import own_node
from lingqu.modules.stock.types import Issue, MoveKind, Receipt
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def post_count(tx: Tx, *, scope: Scope, sheet_id: UUID, if_match: int) -> CountSheet:
    """Put the stock right by the differences of what was counted; lines without a count change nothing.

    Raises: NotFound for another's sheet; WrongState if it is closed; Stale; OutOfStock if what was missed has been
            promised or sold since.
    """
    sheet = await _close(tx, scope, sheet_id, if_match, "post")
    node = await own_node(tx, scope=scope, node_id=sheet.node_id)
    differing = [(line_no, line) for line_no, line in enumerate(sheet.lines, 1) if line.difference]
    await exchange(
        tx,
        cell_id=sheet.cell_id,
        document_kind="count",
        kind=MoveKind.COUNT,
        issues=[
            Issue(sheet_id, line_no, node.sellable(line.sku_id), -(line.difference or 0), _lot_of(line))
            for line_no, line in differing
            if (line.difference or 0) < 0
        ],
        receipts=[
            Receipt(
                sheet_id,
                line_no,
                node.sellable(line.sku_id),
                line.difference or 0,
                line.lot_code,
                None,
                line.expires_on,
            )
            for line_no, line in differing
            if (line.difference or 0) > 0
        ],
        business_on=node.today(tx.now),
        user_id=scope.actor.user_id,
        reason=sheet.title,
    )
    changed = [line for _, line in differing]
    skus = [line.sku_id for line in changed]
    write_down(tx, node, sheet_id, kind=MoveKind.COUNT, sku_ids=skus, reason=sheet.title, lines=changed)
    return await own_count(tx, scope=scope, sheet_id=sheet_id)


async def cancel_count(tx: Tx, *, scope: Scope, sheet_id: UUID, if_match: int) -> CountSheet:
    """Drop a sheet; the stock stays as it is.

    Raises: NotFound for another's sheet; WrongState if it is closed; Stale.
    """
    before = await _close(tx, scope, sheet_id, if_match, "cancel")
    after = await own_count(tx, scope=scope, sheet_id=sheet_id)
    tx.record("count", sheet_id, before=before, after=after, cell_id=before.cell_id)
    return after


async def _close(tx: Tx, scope: Scope, sheet_id: UUID, if_match: int, step: str) -> CountSheet:
    """Take a sheet's last step and give it as it was before."""
    sheet = await own_count(tx, scope=scope, sheet_id=sheet_id)
    status: CountStatus = FLOW.target(step, sheet.status, id=sheet_id)
    taken = await tx.run(
        SQL["close_count"],
        cell_id=sheet.cell_id,
        id=sheet_id,
        version=if_match,
        status=status,
        now=tx.now,
        user_id=scope.actor.user_id,
    )
    if not taken:
        raise Stale(kind="count")
    return sheet


def _lot_of(line: CountLine) -> UUID | None:
    return None if line.lot_id == NO_LOT else line.lot_id
