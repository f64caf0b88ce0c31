"""What orders does on its own, again and again."""

from lingqu.modules.orders.expire import expire_due
from lingqu.runtime.cells import cell_count
from lingqu.runtime.jobs import Schedule
from lingqu.runtime.tx import Tx


async def expire_everywhere(tx: Tx) -> bool:
    """Expire orders whose time is over, cell by cell; more may wait when a cell had many."""
    counts = [await expire_due(tx, cell_id=cell_id) for cell_id in range(await cell_count(tx))]
    return any(counts)


SCHEDULES = (Schedule("orders.expire", every_s=5, run=expire_everywhere),)
