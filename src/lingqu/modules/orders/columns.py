"""Turn orders into the parallel arrays that the place function decides by, and into the event that tells of them."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

from lingqu.modules.orders.events import LineFact, OrderPlaced
from lingqu.modules.orders.prepared import Prepared
from lingqu.runtime.arrays import int4s, int8s, uuids

_number_of = attrgetter("int")


def deciding_columns(orders: Sequence[Prepared]) -> dict[str, Any]:
    """What is asked of stock and money: demand by key, paying accounts, epochs, and each order's part of it.

    Shapes: keys and accounts ascending and each once, as the lock order asks; orders count from 1.
    """
    need: dict[int, int] = {}
    epochs: dict[int, int] = {}
    l_order: list[int] = []
    l_key: list[int] = []
    l_reserved: list[int] = []
    c_order: list[int] = []
    c_account: list[UUID] = []
    for number, order in enumerate(orders, start=1):
        for line in order.lines:
            key, reserved = line.key, line.reserved
            need[key] = need.get(key, 0) + reserved
            l_order.append(number)
            l_key.append(key)
            l_reserved.append(reserved)
        for account in order.accounts:
            c_order.append(number)
            c_account.append(account)
        epochs[order.seller_id] = min(order.epoch, epochs.get(order.seller_id, order.epoch))
    keys, sellers = sorted(need), sorted(epochs)
    return {
        "s_seller": int4s(sellers),
        "s_epoch": int8s([epochs[seller_id] for seller_id in sellers]),
        "k_key": int8s(keys),
        "k_need": int8s([need[key] for key in keys]),
        "a_account": uuids(sorted(set(c_account), key=_number_of)),
        "c_order": int4s(c_order),
        "c_account": uuids(c_account),
        "o_id": uuids([order.id for order in orders]),
        "o_total": int8s([order.total_minor for order in orders]),
        "l_order": int4s(l_order),
        "l_key": int8s(l_key),
        "l_reserved": int8s(l_reserved),
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
