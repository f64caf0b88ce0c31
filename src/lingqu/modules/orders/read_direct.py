"""Read what of an order comes straight from a supplier, as each of the three sides may see it."""

from uuid import UUID

from msgspec import Struct

from lingqu.modules.ledger.api import account_id
from lingqu.modules.orders.types import Direct
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class _Row(Struct, frozen=True, kw_only=True):
    supplier_id: int
    supplier_name: str
    supplier_party: UUID
    receiver_id: int
    receiver_name: str
    for_cell: int
    for_order_id: UUID
    for_number: str | None
    for_status: str
    cell_id: int
    order_id: UUID
    number: str | None
    status: str
    currency: str
    fee_ppm: int
    line_nos: list[int]
    bought_line_nos: list[int]


async def read_direct(tx: Tx, *, cell_id: int, order_id: UUID, role: str | None, side: str) -> list[Direct]:
    """Read the pairs of an order that the caller was found to see.

    The seller of the selling order is a party to both and sees the other one from either; the supplier sees its own
    order and who gets the goods; who gets them sees who sends them, and no price but its own.
    """
    if role is None:
        return []
    rows = await tx.all(SQL["read_direct"], _Row, cell_id=cell_id, order_id=order_id)
    # Who would have sent it and does not is nothing to the buyer.
    shown = [row for row in rows if row.line_nos or side != "buyer" or role == "buying"]
    return [await _seen(tx, row, role, side) for row in shown]


async def _seen(tx: Tx, row: _Row, role: str, side: str) -> Direct:
    is_buying = role == "buying"
    in_both = side == ("buyer" if is_buying else "seller")
    pays_or_gets = in_both or (is_buying and side == "seller")
    other = (row.for_order_id, row.for_number, row.for_status) if is_buying else (row.order_id, row.number, row.status)
    return Direct(
        supplier_id=row.supplier_id,
        supplier_name=row.supplier_name,
        receiver_id=row.receiver_id,
        receiver_name=row.receiver_name,
        line_nos=sorted(row.bought_line_nos) if is_buying else row.line_nos,
        order_id=other[0] if in_both else None,
        order_number=other[1] if in_both else None,
        order_status=other[2] if in_both else None,
        fee_ppm=row.fee_ppm if pays_or_gets else None,
        fee_minor=await _fee(tx, row) if pays_or_gets else None,
    )


async def _fee(tx: Tx, row: _Row) -> int:
    account = account_id(kind="fee", owner=row.supplier_party, currency=row.currency)
    return await tx.value(SQL["read_fee"], int, cell_id=row.cell_id, order_id=row.order_id, account_id=account)
