"""Turn orders into the parallel arrays that the place function takes."""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from lingqu.kernel.ids import uuid7s
from lingqu.modules.orders.events import LineFact, OrderPlaced
from lingqu.modules.orders.prepared import Prepared
from lingqu.runtime.arrays import (
    Packed,
    bools,
    dates,
    document,
    documents,
    hashes,
    instants,
    int2s,
    int4s,
    int8s,
    texts,
    uuids,
)


class _Written(Struct, frozen=True):
    """An event as it stands in the outbox."""

    id: UUID
    subject: str
    data: OrderPlaced


_number_of = attrgetter("int")


def order_columns(orders: Sequence[Prepared]) -> dict[str, Packed]:
    """Columns of orders and their lines.

    Shapes: ``o_*`` (orders,), ``l_*`` (lines of all orders,); ``l_order`` counts orders from 1.
    """
    lines = [(number, line) for number, order in enumerate(orders, start=1) for line in order.lines]
    return {
        "o_id": uuids([o.id for o in orders]),
        "o_channel": texts([o.channel for o in orders]),
        "o_buyer": uuids([o.buyer for o in orders]),
        "o_buyer_id": int4s([o.buyer_id for o in orders]),
        "o_seller": uuids([o.seller for o in orders]),
        "o_seller_id": int4s([o.seller_id for o in orders]),
        "o_number": texts([o.number for o in orders]),
        "o_approval": texts([o.approval_status for o in orders]),
        "o_policy": texts([o.shortage_policy for o in orders]),
        "o_title": texts([o.title_passes for o in orders]),
        "o_currency": texts([o.currency for o in orders]),
        "o_goods": int8s([o.goods_minor for o in orders]),
        "o_discount": int8s([0] * len(orders)),
        "o_freight": int8s([o.freight_minor for o in orders]),
        "o_tax": int8s([o.tax_minor for o in orders]),
        "o_total": int8s([o.total_minor for o in orders]),
        "o_ship_from": int4s([o.ship_from for o in orders]),
        "o_ship_to": documents([msgspec.json.encode(o.ship_to) for o in orders]),
        "o_requested": dates([o.requested_on for o in orders]),
        "o_expires": instants([o.expires_at for o in orders]),
        "o_by": int4s([o.placed_by for o in orders]),
        "o_actor": uuids([o.actor_party for o in orders]),
        "o_hash": hashes([o.body_hash for o in orders]),
        "o_trace": texts([o.trace_id for o in orders]),
        "o_po": texts([o.po_number for o in orders]),
        "o_note": texts([o.note for o in orders]),
        "o_receiving": int4s([o.receiving_node_id for o in orders]),
        "l_order": int4s([number for number, _ in lines]),
        "l_no": int2s([line.line_no for _, line in lines]),
        "l_sku": int4s([line.sku_id for _, line in lines]),
        "l_pack": int4s([line.pack_id for _, line in lines]),
        "l_key": int8s([line.key for _, line in lines]),
        "l_asked": int4s([line.asked_packs for _, line in lines]),
        "l_packs": int4s([line.packs for _, line in lines]),
        "l_units": int4s([line.units_per_pack for _, line in lines]),
        "l_reserved": int8s([line.reserved for _, line in lines]),
        "l_back": int8s([line.back_ordered for _, line in lines]),
        "l_price": int8s([line.price_minor for _, line in lines]),
        "l_included": bools([line.is_tax_included for _, line in lines]),
        "l_ppm": int4s([line.tax_ppm for _, line in lines]),
        "l_discount": int8s([line.discount_minor for _, line in lines]),
        "l_tax": int8s([line.tax_minor for _, line in lines]),
        "l_total": int8s([line.total_minor for _, line in lines]),
        "l_item": int4s([line.price_item_id for _, line in lines]),
    }


def fast_columns(orders: Sequence[Prepared], *, now: datetime) -> dict[str, Any]:
    """Everything the fast path takes beside `order_columns`: demand by key, paying accounts, epochs, the event row.

    Shapes: keys and accounts ascending and each once, as the lock order asks.
    """
    outbox_id, *ids = uuid7s(len(orders) + 1, at=now)
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
        "k_key": int8s(keys),
        "k_need": int8s([need[key] for key in keys]),
        "a_account": uuids(sorted({account for _, account in paying}, key=_number_of)),
        "c_order": int4s([number for number, _ in paying]),
        "c_account": uuids([account for _, account in paying]),
        "s_seller": int4s(sorted(epochs)),
        "s_epoch": int8s([epochs[seller_id] for seller_id in sorted(epochs)]),
        "outbox_id": outbox_id,
        "events": document(
            [
                _Written(one_id, OrderPlaced.subject, placed_event(order))
                for one_id, order in zip(ids, orders, strict=True)
            ]
        ),
    }


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
