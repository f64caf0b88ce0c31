"""What partners does by itself: old deliveries go."""

from datetime import timedelta

from lingqu.runtime.cells import cell_count
from lingqu.runtime.jobs import Schedule
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_KEPT = timedelta(days=30)
_ROWS_A_ROUND = 2_000
_HOUR_S = 3_600


async def drop_old(tx: Tx) -> bool:
    """Drop deliveries older than thirty days with their attempts, and tell whether more are waiting.

    Also those that a paused or disabled webhook has collected and nobody asked for.
    """
    is_more = False
    for cell_id in range(await cell_count(tx)):
        count = await tx.run(SQL["drop_old_deliveries"], cell_id=cell_id, before=tx.now - _KEPT, limit=_ROWS_A_ROUND)
        is_more = is_more or count == _ROWS_A_ROUND
    return is_more


SCHEDULES = (Schedule("partners.drop-old", _HOUR_S, drop_old),)
