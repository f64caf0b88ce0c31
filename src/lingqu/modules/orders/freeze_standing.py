"""Freeze: when the day of placing has come, write what will be placed and ask for the job that places it.

Both in one transaction, together with the standing order's next date; nothing is placed here.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import msgspec
from msgspec import Struct
from psycopg.types.json import Jsonb

from lingqu.kernel.errors import Refusal, Words
from lingqu.modules.orders.standing_orders import following
from lingqu.modules.orders.standing_types import StandingRow
from lingqu.modules.orders.tell_refused import RefusedRun, tell_refused
from lingqu.modules.orders.types import NewLine, NewOrder
from lingqu.runtime import problem
from lingqu.runtime.jobs import Job, enqueue
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

AT_ONCE = 100


class ListGone(Refusal):
    """The list that a standing order takes its lines from was deleted."""

    code = "orders.list-gone"
    status = 409
    title = Words("The list is gone", "清单已删除")
    detail = Words(
        "The list whose lines this standing order takes was deleted.", "该周期订单所沿用的常购清单已被删除。"
    )


class RunKey(Struct, frozen=True):
    """One date of a standing order."""

    standing_id: UUID
    due_on: date


class Frozen(Struct, frozen=True):
    """What a job shall place."""

    runs: list[RunKey]


async def freeze_due(tx: Tx, *, cell_id: int, job: Job) -> int:
    """Freeze what is due in one cell and count it; at most 100 at once."""
    rows = await tx.all(SQL["lock_due_standing"], StandingRow, cell_id=cell_id, now=tx.now, limit=AT_ONCE)
    if not rows:
        return 0
    bodies = [_body(row) for row in rows]
    due = [row.next_due_on for row in rows if row.next_due_on is not None]
    said = Jsonb(said_in_both(ListGone()))
    await tx.run(
        SQL["freeze_runs"],
        cell_id=cell_id,
        now=tx.now,
        standing_id=[row.id for row in rows],
        due_on=due,
        body=[Jsonb(msgspec.to_builtins(body)) for body in bodies],
        problem=[None if body is not None else said for body in bodies],
    )
    following_dates = [following(row, since=on + timedelta(days=1)) for row, on in zip(rows, due, strict=True)]
    await tx.run(
        SQL["move_on_standing"],
        cell_id=cell_id,
        id=[row.id for row in rows],
        due_on=[pair[0] for pair in following_dates],
        run_on=[pair[1] for pair in following_dates],
    )
    await _tell(tx, cell_id, rows, bodies, due)
    runs = [RunKey(row.id, on) for row, on, body in zip(rows, due, bodies, strict=True) if body is not None]
    if runs:
        tx.cell_id = cell_id
        await enqueue(tx, job, input=Frozen(runs))
    return len(rows)


def said_in_both(refusal: Refusal) -> dict[str, object]:
    """Say a refusal in both languages, as it is kept with a date."""
    return {tag: problem.of_refusal(refusal, language=tag, trace_id="") for tag in ("zh", "en")}


def _body(row: StandingRow) -> NewOrder | None:
    """Write the order of the next date; None where its list is gone."""
    if not row.asked:
        return None
    wishes = row.wishes
    return NewOrder(
        seller_id=row.seller_id,
        lines=[NewLine(sku_id=line.sku_id, pack_id=line.pack_id, packs=line.packs) for line in row.asked],
        ship_to=wishes.ship_to,
        receiving_node_id=wishes.receiving_node_id,
        requested_on=row.next_due_on,
        po_number=wishes.po_number,
        note=wishes.note,
        shortage_policy=wishes.shortage_policy,
    )


async def _tell(
    tx: Tx, cell_id: int, rows: Sequence[StandingRow], bodies: Sequence[NewOrder | None], due: Sequence[date]
) -> None:
    for row, body, on in zip(rows, bodies, due, strict=True):
        if body is None:
            run = RefusedRun(cell_id, row.id, row.name, on, row.buyer_id, [])
            await tell_refused(tx, run=run, refusal=ListGone())
