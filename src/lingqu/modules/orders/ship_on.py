"""Ship on: what a supplier sends has left for its buyer's buyer too, with the same lots, in the same transaction."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.ids import uuid7
from lingqu.modules.numbering.api import draw_numbers
from lingqu.modules.orders.books import move_money
from lingqu.modules.orders.direct_fee import settle_fee
from lingqu.modules.orders.events import OrderShipped
from lingqu.modules.orders.fulfilment import fact_of, settle_fulfilment
from lingqu.modules.orders.sheet import Pair, save_sheets
from lingqu.modules.orders.shipped import load_shipment_lines
from lingqu.modules.orders.step import taken
from lingqu.modules.stock.api import IssuedLot
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class NotSoldYet(Refusal):
    """The order that these goods are for is not confirmed."""

    code = "orders.not-sold-yet"
    status = 409
    title = Words("The buyer has not confirmed its own order", "买方尚未确认其下级订单")
    detail = Words(
        "These goods go straight to the buyer's own buyer; the buyer must confirm that order first.",
        "这些商品直发买方的下级，须待买方确认其下级订单后才能发货。",
    )


def check_sold(pair: Pair | None) -> None:
    """Refuse to send what is not sold for good.

    Raises: NotSoldYet.
    """
    if pair is not None and pair.selling.order.status != "confirmed":
        raise NotSoldYet


async def ship_on(
    tx: Tx,
    *,
    pair: Pair,
    source_id: UUID,
    amounts: Mapping[int, int],
    lots: Sequence[IssuedLot],
    carrier: str,
    tracking: str,
    business_on: date,
) -> None:
    """Write the selling order's half of a shipment: its quantities, its money, and the fee for having it sent.

    Shapes: ``amounts`` by line of the buying order; ``lots`` in the positions of its shipment.
    """
    sheet, order, cell_id = pair.selling, pair.selling.order, pair.selling_cell
    sold = {one.bought_by: one.line_no for one in pair.lines}
    (number,) = await draw_numbers(tx, cell_id=cell_id, kind="SH", documents=[(order.seller_id, business_on)])
    left = {sold[bought_by]: quantity for bought_by, quantity in amounts.items()}
    for line_no, quantity in left.items():
        line = sheet.line(line_no)
        line.back_ordered -= quantity
        line.shipped += quantity
    settle_fulfilment(sheet)
    await move_money(tx, cell_id=cell_id, sheets=[sheet], business_on=business_on)
    await settle_fee(tx, pair=pair, business_on=business_on)
    shipment_id = uuid7(at=tx.now)
    await tx.run(
        SQL["insert_direct_shipment"],
        cell_id=cell_id,
        id=shipment_id,
        order_id=order.id,
        number=number,
        carrier=carrier,
        tracking=tracking,
        business_on=business_on,
        now=tx.now,
        source_cell=pair.buying_cell,
        source_id=source_id,
    )
    await load_shipment_lines(
        tx, cell_id=cell_id, shipments=[(shipment_id, order.id, [(sold[lot.line_no], lot) for lot in lots])]
    )
    event = OrderShipped(
        order_id=order.id,
        buyer_id=order.buyer_id,
        seller_id=order.seller_id,
        business_on=business_on,
        shipment_id=shipment_id,
        lines=tuple(fact_of(sheet.line(line_no), quantity) for line_no, quantity in sorted(left.items())),
    )
    tx.emit(event, cell_id=cell_id)
    step = taken(sheet, "ship", shipment=number, units=sum(left.values()), is_direct=True)
    await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[step], is_echo=True)
