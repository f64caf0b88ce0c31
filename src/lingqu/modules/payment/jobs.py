"""What payment does by itself: it asks the provider about what ended without money, for a few days."""

from datetime import timedelta
from uuid import UUID

from lingqu.modules.payment.advance import lock
from lingqu.modules.payment.heard import look_again
from lingqu.runtime.cells import cell_count
from lingqu.runtime.jobs import Schedule
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_ASKED_AGAIN = timedelta(hours=6)
_FOR = timedelta(days=4)
_AT_ONCE = 100
_EVERY_S = 900


async def reconcile(tx: Tx) -> bool:
    """Look again at payments that ended without money and were not asked about for six hours; tell whether more wait.

    A provider's last word may have got lost, with its call: then the money is found here.
    """
    is_more = False
    for cell_id in range(await cell_count(tx)):
        ids = await tx.values(
            SQL["list_unknown"],
            UUID,
            cell_id=cell_id,
            before=tx.now - _ASKED_AGAIN,
            since=tx.now - _FOR,
            limit=_AT_ONCE,
        )
        for payment_id in sorted(ids):
            await look_again(tx, await lock(tx, cell_id=cell_id, payment_id=payment_id))
        await tx.run(SQL["note_asked"], cell_id=cell_id, ids=ids, now=tx.now)
        is_more = is_more or len(ids) == _AT_ONCE
    return is_more


SCHEDULES = (Schedule("payment.reconcile", _EVERY_S, reconcile),)
