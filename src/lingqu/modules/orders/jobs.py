"""What orders does on its own, again and again, and what takes longer than a request."""

from datetime import timedelta

from lingqu.modules.orders.drafts import purge_drafts
from lingqu.modules.orders.expire import expire_due
from lingqu.modules.orders.freeze_standing import AT_ONCE, freeze_due
from lingqu.modules.orders.place_standing import PLACE_STANDING
from lingqu.modules.orders.plan_backlog import PLAN_BACKLOG
from lingqu.modules.orders.remind import remind_deciders
from lingqu.modules.orders.retry_held import retry_all_held
from lingqu.modules.orders.templates import purge_templates
from lingqu.modules.orders.time_out import time_out_due
from lingqu.modules.routing.api import purge_plans
from lingqu.runtime.cells import cell_count
from lingqu.runtime.jobs import Schedule
from lingqu.runtime.tx import Tx

_KEPT = timedelta(days=180)


async def expire_everywhere(tx: Tx) -> bool:
    """Expire orders whose time is over, cell by cell; more may wait when a cell had many."""
    counts = [await expire_due(tx, cell_id=cell_id) for cell_id in range(await cell_count(tx))]
    return any(counts)


async def freeze_everywhere(tx: Tx) -> bool:
    """Freeze the standing orders whose day has come, cell by cell; more may wait when a cell had many."""
    counts = [await freeze_due(tx, cell_id=cell_id, job=PLACE_STANDING) for cell_id in range(await cell_count(tx))]
    return any(count == AT_ONCE for count in counts)


async def time_out_everywhere(tx: Tx) -> bool:
    """Move on what warehouses have not taken on in time, cell by cell."""
    counts = [await time_out_due(tx, cell_id=cell_id) for cell_id in range(await cell_count(tx))]
    return any(counts)


async def retry_everywhere(tx: Tx) -> bool:
    """Try what is on hold again where goods have come meanwhile, cell by cell."""
    counts = [await retry_all_held(tx, cell_id=cell_id) for cell_id in range(await cell_count(tx))]
    return any(counts)


async def purge_plans_everywhere(tx: Tx) -> None:
    """Forget plans of the backlog that are of no use any more."""
    for cell_id in range(await cell_count(tx)):
        await purge_plans(tx, cell_id=cell_id, before=tx.now - _KEPT)


SCHEDULES = (
    Schedule("orders.expire", every_s=5, run=expire_everywhere),
    Schedule("orders.freeze-standing", every_s=30, run=freeze_everywhere),
    Schedule("orders.purge-templates", every_s=86_400, run=purge_templates),
    Schedule("orders.purge-drafts", every_s=86_400, run=purge_drafts),
    Schedule("orders.time-out", every_s=30, run=time_out_everywhere),
    Schedule("orders.retry-held", every_s=30, run=retry_everywhere),
    Schedule("orders.remind-deciders", every_s=300, run=remind_deciders),
    Schedule("orders.purge-plans", every_s=86_400, run=purge_plans_everywhere),
)
JOBS = (PLACE_STANDING, PLAN_BACKLOG)
