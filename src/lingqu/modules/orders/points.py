"""Points for what members buy at the counter: one for each whole unit of money, taken back with a refund."""

from uuid import UUID

from lingqu.modules.ledger.api import Insufficient
from lingqu.modules.membership.api import Award, award_points, find_member_cells
from lingqu.modules.orders.events import OrderPlaced, SaleRefunded
from lingqu.runtime.inbox import Consumer, Delivered
from lingqu.runtime.tx import Tx

MINOR_PER_POINT = 100


async def give_points(tx: Tx, delivered: Delivered) -> None:
    """Give a member the points of a sale, in the member's own cell."""
    event: OrderPlaced = delivered.data
    if event.member_id is not None and event.earns_points:
        points = event.total_minor // MINOR_PER_POINT
        await _award(tx, event.member_id, event.seller_id, event.order_id, points)


async def take_points(tx: Tx, delivered: Delivered) -> None:
    """Take back what a refunded part had earned; a member who has spent them keeps what is gone."""
    event: SaleRefunded = delivered.data
    points = event.refund_minor // MINOR_PER_POINT
    try:
        await _award(tx, event.customer, event.seller_id, event.order_id, -points)
    except Insufficient:  # refused before anything was written
        return


async def _award(tx: Tx, member_id: UUID, organization_id: int, order_id: UUID, points: int) -> None:
    """Award points; a customer who is no member (a walk-in) has no cell and gets none."""
    cell_id = (await find_member_cells(tx, member_ids=[member_id])).get(member_id)
    if cell_id is None or not points:
        return
    award = Award(
        member_id=member_id,
        cell_id=cell_id,
        organization_id=organization_id,
        points=points,
        document_kind="order",
        document_id=order_id,
    )
    await award_points(tx, awards=[award])


POINTS = (
    Consumer("orders.give-points", OrderPlaced, give_points),
    Consumer("orders.take-points", SaleRefunded, take_points),
)
