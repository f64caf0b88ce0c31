"""Retention: what the runtime keeps only for a while is dropped, a part at a time."""

from collections.abc import Sequence
from datetime import timedelta

from lingqu.runtime.jobs import Schedule
from lingqu.runtime.sql import Statement, statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_ROWS_A_ROUND = 5_000
_HOUR_S = 3_600

# The inbox outlives what can still be sent again: a week of outbox and broker.
KEPT: Sequence[tuple[Statement, timedelta]] = (
    (SQL["drop_old_outbox"], timedelta(days=7)),
    (SQL["drop_old_inbox"], timedelta(days=14)),
    (SQL["drop_old_answers"], timedelta(days=30)),
    (SQL["drop_old_jobs"], timedelta(days=30)),
)


async def drop_old(tx: Tx) -> bool:
    """Drop up to 5,000 rows of each kind and cell, and tell whether more are waiting."""
    is_more = False
    for cell_id in await tx.values(SQL["list_cells"], int):
        for statement, kept in KEPT:
            count = await tx.run(statement, cell_id=cell_id, before=tx.now - kept, limit=_ROWS_A_ROUND)
            is_more = is_more or count == _ROWS_A_ROUND
    return is_more


SCHEDULE = Schedule("runtime.drop-old", every_s=_HOUR_S, run=drop_old)
