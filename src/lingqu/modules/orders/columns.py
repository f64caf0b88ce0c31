"""Turn orders into the parallel arrays that the place function takes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb

from lingqu.kernel.ids import uuid7
from lingqu.modules.orders.events import LineFact, OrderPlaced
from lingqu.modules.orders.prepared import Prepared


def order_columns(orders: Sequence[Prepared]) -> dict[str, list[Any]]:
    """Columns of orders and their lines.

    Shapes: ``o_*`` (orders,), ``l_*`` (lines of all orders,); ``l_order`` counts orders from 1.
    """
    lines = [(number, line) for number, order in enumerate(orders, start=1) for line in order.lines]
    return {
        "o_id": [o.id for o in orders],
        "o_channel": [o.channel for o in orders],
        "o_buyer": [o.buyer for o in orders],
        "o_buyer_id": [o.buyer_id for o in orders],
        "o_seller": [o.seller for o in orders],
        "o_seller_id": [o.seller_id for o in orders],
        "o_number": [o.number for o in orders],
        "o_approval": [o.approval_status for o in orders],
        "o_policy": [o.shortage_policy for o in orders],
        "o_title": [o.title_passes for o in orders],
        "o_currency": [o.currency for o in orders],
        "o_goods": [o.goods_minor for o in orders],
        "o_discount": [0 for _ in orders],
        "o_freight": [o.freight_minor for o in orders],
        "o_tax": [o.tax_minor for o in orders],
        "o_total": [o.total_minor for o in orders],
        "o_ship_from": [o.ship_from for o in orders],
        "o_ship_to": [Jsonb(msgspec.to_builtins(o.ship_to)) for o in orders],
        "o_requested": [o.requested_on for o in orders],
        "o_expires": [o.expires_at for o in orders],
        "o_by": [o.placed_by for o in orders],
        "o_actor": [o.actor_party for o in orders],
        "o_hash": [o.body_hash for o in orders],
        "o_trace": [o.trace_id for o in orders],
        "o_po": [o.po_number for o in orders],
        "o_note": [o.note for o in orders],
        "o_receiving": [o.receiving_node_id for o in orders],
        "l_order": [number for number, _ in lines],
        "l_no": [line.line_no for _, line in lines],
        "l_sku": [line.sku_id for _, line in lines],
        "l_pack": [line.pack_id for _, line in lines],
        "l_key": [line.key for _, line in lines],
        "l_asked": [line.asked_packs for _, line in lines],
        "l_packs": [line.packs for _, line in lines],
        "l_units": [line.units_per_pack for _, line in lines],
        "l_reserved": [line.reserved for _, line in lines],
        "l_back": [line.back_ordered for _, line in lines],
        "l_price": [line.price_minor for _, line in lines],
        "l_included": [line.is_tax_included for _, line in lines],
        "l_ppm": [line.tax_ppm for _, line in lines],
        "l_discount": [line.discount_minor for _, line in lines],
        "l_tax": [line.tax_minor for _, line in lines],
        "l_total": [line.total_minor for _, line in lines],
        "l_item": [line.price_item_id for _, line in lines],
    }


def fast_columns(orders: Sequence[Prepared], *, now: datetime) -> dict[str, Any]:
    """Everything the fast path takes beside `order_columns`: demand by key, paying accounts, epochs, the event row.

    Shapes: keys and accounts ascending and each once, as the lock order asks.
    """
    need: dict[int, int] = {}
    for order in orders:
        for line in order.lines:
            need[line.key] = need.get(line.key, 0) + line.reserved
    keys = sorted(need)
    epochs: dict[int, int] = {}
    for order in orders:
        epochs[order.seller_id] = min(order.epoch, epochs.get(order.seller_id, order.epoch))
    paying = [(number, account) for number, order in enumerate(orders, start=1) for account in order.accounts]
    return {
        "k_key": keys,
        "k_need": [need[key] for key in keys],
        "a_account": sorted({account for _, account in paying}),
        "c_order": [number for number, _ in paying],
        "c_account": [account for _, account in paying],
        "s_seller": sorted(epochs),
        "s_epoch": [epochs[seller_id] for seller_id in sorted(epochs)],
        "outbox_id": uuid7(at=now),
        "events": Jsonb([event_of(order, now=now) for order in orders]),
    }


def event_of(order: Prepared, *, now: datetime) -> dict[str, Any]:
    """Write an order's event as it stands in the outbox."""
    return {"id": str(uuid7(at=now)), "subject": OrderPlaced.subject, "data": msgspec.to_builtins(placed_event(order))}


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
            LineFact(
                line_no=line.line_no,
                sku_id=line.sku_id,
                quantity=line.quantity,
                total_minor=line.total_minor,
                tax_minor=line.tax_minor,
            )
            for line in order.lines
        ),
    )
