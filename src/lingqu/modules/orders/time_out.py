"""Time out: what a warehouse has not taken on in time goes to the next by the rules."""

from datetime import timedelta
from uuid import UUID

from lingqu.kernel.clock import business_date
from lingqu.modules.orders.move_on import hold_or_release, lines_at, move_on
from lingqu.modules.orders.sheet import Sheet, lock_sheets, save_sheets
from lingqu.modules.orders.step import taken
from lingqu.modules.orders.work import silent_nodes
from lingqu.modules.routing.api import find_due, keep_answers, set_due, still_due
from lingqu.runtime.tx import Tx

_AT_ONCE = 1
_AGAIN = timedelta(hours=1)
_OPEN = frozenset({"placed", "confirmed"})


async def time_out_due(tx: Tx, *, cell_id: int) -> int:
    """Move on what is overdue in one cell, and count the orders looked at; one order a transaction.

    Called again it finds nothing more: what was moved has a new time, everything else has none.
    """
    found = await find_due(tx, cell_id=cell_id, limit=_AT_ONCE)
    if not found:
        return 0
    sheets = await lock_sheets(tx, cell_id=cell_id, order_ids=found)
    due = await still_due(tx, cell_id=cell_id, order_ids=found)
    await set_due(tx, cell_id=cell_id, order_ids=sorted(due - sheets.keys()), due_at=None)
    for order_id in sorted(due & sheets.keys()):
        await _look(tx, cell_id, order_id, sheets[order_id])
    return len(found)


async def _look(tx: Tx, cell_id: int, order_id: UUID, sheet: Sheet) -> None:
    order = sheet.order
    is_over = order.expires_at is not None and order.expires_at <= tx.now
    if order.approval_status == "waiting" and order.status in _OPEN and not is_over:
        await set_due(tx, cell_id=cell_id, order_ids=[order_id], due_at=tx.now + _AGAIN)
        return
    silent = await silent_nodes(tx, cell_id=cell_id, sheet=sheet) if order.status in _OPEN and not is_over else {}
    if not silent:
        await set_due(tx, cell_id=cell_id, order_ids=[order_id], due_at=None)
        return
    lines = lines_at(sheet, {bin_id for bins in silent.values() for bin_id in bins})
    await keep_answers(tx, cell_id=cell_id, order_id=order_id, node_ids=silent, answer="timed-out")
    on = business_date(tx.now, order.time_zone)
    moved = await move_on(tx, cell_id=cell_id, sheet=sheet, lines=lines, business_on=on, cause="timed-out", reason="")
    await hold_or_release(tx, cell_id=cell_id, sheet=sheet, moved=moved, cause="timed-out", reason="", business_on=on)
    nodes = {str(route.line_no): route.node_id for route in moved.routes}
    step = taken(sheet, "time-out", silent=sorted(silent), nodes=nodes, owed=moved.owed)
    await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[step])
