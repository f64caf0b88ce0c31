"""Let go of what an order still holds: its reservations, back orders and the money for them."""

from collections.abc import Sequence
from datetime import date

from lingqu.modules.orders.books import move_money
from lingqu.modules.orders.sheet import Sheet
from lingqu.modules.stock.api import release
from lingqu.runtime.tx import Tx


async def let_go(tx: Tx, *, cell_id: int, sheets: Sequence[Sheet], business_on: date) -> None:
    """Cancel everything not shipped of some locked orders. Their status is the caller's to set, before this."""
    await release(tx, cell_id=cell_id, document_ids=[sheet.order.id for sheet in sheets])
    for sheet in sheets:
        for line in sheet.lines:
            line.cancelled += line.reserved + line.back_ordered
            line.reserved = line.back_ordered = 0
        sheet.order.expires_at = None
    await move_money(tx, cell_id=cell_id, sheets=sheets, business_on=business_on)
