"""Tell what a buyer still has to pay of an order: its part on credit. Prepaid money is there, held or taken."""

from collections.abc import Sequence
from uuid import UUID

from lingqu.modules.ledger.api import read_left
from lingqu.modules.orders.types import OrderPayment
from lingqu.runtime.tx import Tx


async def read_unpaid(tx: Tx, *, cell_id: int, order_id: UUID, payments: Sequence[OrderPayment]) -> int:
    """Sum what is held on credit and what was charged to it and is still owed. Units: minor."""
    unpaid = 0
    for one in payments:
        if one.account_kind != "credit":
            continue
        unpaid += one.amount_minor - one.settled_minor - one.released_minor
        charged = one.settled_minor - one.refunded_minor
        if charged:
            left = await read_left(tx, cell_id=cell_id, credit=one.account_id, document_id=order_id)
            unpaid += min(charged, left)
    return unpaid
