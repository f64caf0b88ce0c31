"""Write orders that were decided: every row of the fast path, the exact path and the counter, table by table."""

from collections.abc import Sequence

from msgspec import Struct

from lingqu.modules.orders.allot import Allotted
from lingqu.modules.orders.prepared import Prepared
from lingqu.modules.orders.types import NOWHERE
from lingqu.runtime.rows import NULL, day, document, field, instant, int4, part_of, row_of, stream, text
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Load, Tx

SQL = statements(__package__)

_ORDER = part_of("uuid int8 int8 int8 int8 int4 uuid")
_OF_ORDER = row_of("int4 uuid", columns=21)
_LINE = part_of("int2 int4 int4 int8 int4 int4 int4 int8 int8 int8 int8 int8 int8 bool int4 int8 int8 int8")
_PAYMENT = row_of("int4 uuid uuid int2 int8 int8")
_BUYER_SIDE = row_of("int4 uuid", columns=5)
_NOWHERE = document(NOWHERE)


class Packed(Struct, frozen=True, gc=False):
    """An order as the tables take it: its row, those of its lines, and what only the buyer sees."""

    order: bytes
    lines: bytes
    buyer_side: bytes


def pack(order: Prepared, placed_at: bytes) -> Packed:
    """Pack an order that is placed as it is. ``placed_at``: the instant, packed."""
    has_side = order.po_number or order.note or order.receiving_node_id is not None
    order_id = order.id.bytes
    return Packed(
        _order(order, order_id, placed_at), _lines(order, order_id), _buyer_side(order, order_id) if has_side else b""
    )


async def write_orders(tx: Tx, served: Sequence[Allotted]) -> None:
    """Load orders of any cells with lines, payments and what only the buyer sees.

    Raises: psycopg.errors.UniqueViolation if one of them stands already.
    """
    placed_at = instant(tx.now)
    await tx.load_all(order_loads(served, [pack(one.order, placed_at) for one in served]))


def order_loads(served: Sequence[Allotted], packed: Sequence[Packed]) -> list[Load]:
    """Say what to load of orders that were packed, each into its table."""
    loads = [
        (SQL["load_orders"], stream([one.order for one in packed])),
        (SQL["load_lines"], stream([one.lines for one in packed])),
        (SQL["load_payments"], stream([_payments(one) for one in served])),
    ]
    sides = [one.buyer_side for one in packed if one.buyer_side]
    if sides:
        loads.append((SQL["load_buyer_sides"], stream(sides)))
    return loads


def _order(order: Prepared, order_id: bytes, placed_at: bytes) -> bytes:
    return b"".join(
        [
            order.deal.row,
            _ORDER(
                order_id,
                order.goods_minor,
                order.freight_minor,
                order.tax_minor,
                order.total_minor,
                order.ship_from,
                order.actor_party.bytes,
            ),
            text(order.number),
            text(order.channel),
            text(order.approval_status),
            text(order.shortage_policy),
            _NOWHERE if order.ship_to is NOWHERE else document(order.ship_to),
            day(order.requested_on),
            placed_at,
            NULL if order.expires_at is None else instant(order.expires_at),
            int4(order.placed_by),
            field(order.body_hash),
            field(order.trace_id.encode()),  # another one each time: nothing to remember
        ]
    )


def _lines(order: Prepared, order_id: bytes) -> bytes:
    deal = order.deal
    begin, is_retail = _OF_ORDER(deal.cell_id, order_id), deal.is_retail
    rows: list[bytes] = []
    for line in order.lines:
        quantity = line.packs * line.units_per_pack
        handed_over = quantity if is_retail else 0
        rows += (
            begin,
            _LINE(
                line.line_no,
                line.sku_id,
                line.pack_id,
                line.key,
                line.asked_packs,
                line.packs,
                line.units_per_pack,
                quantity,
                0 if is_retail else line.reserved,
                line.back_ordered,
                handed_over,
                handed_over,
                line.price_minor,
                line.is_tax_included,
                line.tax_ppm,
                line.discount_minor,
                line.tax_minor,
                line.total_minor,
            ),
            int4(line.price_item_id),
        )
    return b"".join(rows)


def _payments(one: Allotted) -> bytes:
    order = one.order
    cell_id, order_id, is_retail = order.deal.cell_id, order.id.bytes, order.deal.is_retail
    return b"".join(
        [
            _PAYMENT(cell_id, order_id, account_id.bytes, position, amount, amount if is_retail else 0)
            for position, (account_id, amount) in enumerate(one.payments, start=1)
        ]
    )


def _buyer_side(order: Prepared, order_id: bytes) -> bytes:
    head = _BUYER_SIDE(order.deal.cell_id, order_id)
    return head + text(order.po_number) + text(order.note) + int4(order.receiving_node_id)
