"""Turn orders into the event that tells of them."""

from uuid import UUID

from lingqu.modules.orders.events import LineFact, OrderPlaced
from lingqu.modules.orders.prepared import Prepared


def placed_event(
    order: Prepared, *, kind: str = "channel", member_id: UUID | None = None, earns_points: bool = False
) -> OrderPlaced:
    """Tell what was placed."""
    return OrderPlaced(
        order_id=order.id,
        buyer_id=order.buyer_id,
        seller_id=order.seller_id,
        business_on=order.business_on,
        kind=kind,
        channel=order.channel,
        currency=order.currency,
        total_minor=order.total_minor,
        draft_id=order.draft_id,
        member_id=member_id,
        earns_points=earns_points,
        lines=tuple(
            [
                LineFact(
                    line_no=line.line_no,
                    sku_id=line.sku_id,
                    quantity=line.quantity,
                    total_minor=line.total_minor,
                    tax_minor=line.tax_minor,
                )
                for line in order.lines
            ]
        ),
    )
