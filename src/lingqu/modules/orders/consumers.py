"""What orders does on its own events, often in another cell than the order's."""

from lingqu.modules.approval.api import withdraw
from lingqu.modules.orders.drafts import DRAFT
from lingqu.modules.orders.events import OrderPlaced
from lingqu.modules.orders.notices import NOTICES
from lingqu.modules.orders.points import POINTS
from lingqu.modules.orders.serving import SERVING
from lingqu.runtime.inbox import Consumer, Delivered
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def close_draft(tx: Tx, delivered: Delivered) -> None:
    """Close the draft that an order came from: it stands in the buyer's cell."""
    event: OrderPlaced = delivered.data
    if event.draft_id is not None:
        await withdraw(tx, kind=DRAFT, object_ids=[event.draft_id])
        await tx.run(SQL["close_draft"], id=event.draft_id, buyer_id=event.buyer_id)


CONSUMERS = (Consumer("orders.close-draft", OrderPlaced, close_draft), *POINTS, *NOTICES, *SERVING)
