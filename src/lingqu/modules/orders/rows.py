"""Write orders that were decided: every row of the fast path, the exact path and the counter, table by table."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from lingqu.modules.orders.allot import Allotted
from lingqu.modules.orders.prepared import Prepared, PreparedLine
from lingqu.runtime.rows import Shape, day, document, field, instant, int4, stream, text
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_ORDER = Shape("int4 uuid uuid uuid int4 int8 int8 int8 int8 int8 int4 uuid", loose=20)
_LINE = Shape(
    "int4 uuid int2 int4 int4 int8 int4 int4 int4 int8 int8 int8 int8 int8 int8 bool int4 int8 int8 int8", loose=1
)
_PAYMENT = Shape("int4 uuid uuid int2 int8 int8")
_BUYER_SIDE = Shape("int4 uuid", loose=3)


class Packed(Struct, frozen=True, gc=False):
    """An order as the tables take it: its row, those of its lines, and what only the buyer sees."""

    order: bytes
    lines: bytes
    buyer_side: bytes


def pack(order: Prepared, placed_at: bytes, *, is_retail: bool = False) -> Packed:
    """Pack an order that is placed as it is. ``placed_at``: the instant, packed."""
    has_side = order.po_number or order.note or order.receiving_node_id is not None
    return Packed(
        _order(order, placed_at, is_retail=is_retail),
        b"".join([_line(order.cell_id, order.id.bytes, line, is_retail=is_retail) for line in order.lines]),
        _buyer_side(order) if has_side else b"",
    )


async def write_orders(
    tx: Tx, served: Sequence[Allotted], *, packed: Sequence[Packed] | None = None, is_handed_over: bool = False
) -> None:
    """Load orders of any cells with lines, payments and what only the buyer sees.

    ``packed``: the same orders, where they were packed before. ``is_handed_over``: sold at the counter, so paid and
    received at once; otherwise placed over a link.
    Raises: psycopg.errors.UniqueViolation if one of them stands already.
    """
    placed_at = instant(tx.now)
    rows = packed or [pack(one.order, placed_at, is_retail=is_handed_over) for one in served]
    await tx.load(SQL["load_orders"], stream([one.order for one in rows]))
    await tx.load(SQL["load_lines"], stream([one.lines for one in rows]))
    await tx.load(SQL["load_payments"], stream(_payments(served, is_retail=is_handed_over)))
    sides = [one.buyer_side for one in rows if one.buyer_side]
    if sides:
        await tx.load(SQL["load_buyer_sides"], stream(sides))


def _order(order: Prepared, placed_at: bytes, *, is_retail: bool) -> bytes:
    kind, status, payment, fulfilment = (
        ("retail", "completed", "paid", "received") if is_retail else ("channel", "placed", "held", "none")
    )
    return _ORDER.row(
        (
            order.cell_id,
            order.id.bytes,
            order.buyer.bytes,
            order.seller.bytes,
            order.seller_id,
            order.goods_minor,
            0,
            order.freight_minor,
            order.tax_minor,
            order.total_minor,
            order.ship_from,
            order.actor_party.bytes,
        ),
        text("none"),
        text(kind),
        text(order.channel),
        int4(order.buyer_id),
        text(order.number),
        text(status),
        text(order.approval_status),
        text(payment),
        text(fulfilment),
        text(order.shortage_policy),
        text(order.title_passes),
        text(order.currency),
        document(order.ship_to),
        day(order.business_on),
        day(order.requested_on),
        placed_at,
        instant(order.expires_at),
        int4(order.placed_by),
        field(order.body_hash),
        field(order.trace_id.encode()),  # another one each time: nothing to remember
    )


def _line(cell_id: int, order_id: bytes, line: PreparedLine, *, is_retail: bool) -> bytes:
    quantity = line.packs * line.units_per_pack
    handed_over = quantity if is_retail else 0
    return _LINE.row(
        (
            cell_id,
            order_id,
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


def _payments(served: Sequence[Allotted], *, is_retail: bool) -> Iterator[bytes]:
    for one in served:
        cell_id, order_id = one.order.cell_id, one.order.id.bytes
        for position, (account_id, amount) in enumerate(one.payments, start=1):
            yield _PAYMENT.row((cell_id, order_id, account_id.bytes, position, amount, amount if is_retail else 0))


def _buyer_side(order: Prepared) -> bytes:
    return _BUYER_SIDE.row(
        (order.cell_id, order.id.bytes), text(order.po_number), text(order.note), int4(order.receiving_node_id)
    )
