"""Ask for approval anew where a change lifts an order above the link's limit, and no more where it falls below."""

from datetime import timedelta

from lingqu.modules.ledger.api import keep as keep_money
from lingqu.modules.network.api import LinkTerms
from lingqu.modules.orders.sheet import Sheet
from lingqu.modules.stock.api import keep as keep_goods
from lingqu.runtime.tx import Tx


async def settle_approval(
    tx: Tx, *, cell_id: int, sheet: Sheet, link: LinkTerms | None, total_before: int, side: str
) -> None:
    """Set the approval axis of an order that is not confirmed yet, by its new total.

    What the seller changes by itself asks for no approval of the seller.
    """
    order = sheet.order
    if order.status != "placed" or link is None or side != "buyer":
        return
    above = link.approval_above_minor
    is_above = above is not None and order.total_minor > above
    if is_above and order.approval_status != "waiting" and order.total_minor > total_before:
        order.approval_status = "waiting"
        order.expires_at = tx.now + timedelta(hours=link.approval_hours)
    elif not is_above and order.approval_status == "waiting":
        order.approval_status, order.expires_at = "none", None
        await keep_goods(tx, cell_id=cell_id, document_ids=[order.id])
        await keep_money(tx, cell_id=cell_id, document_ids=[order.id])
