"""Name the fulfilment axis from the lines, and complete an order that has nothing left to come."""

from lingqu.modules.orders.events import LineFact
from lingqu.modules.orders.sheet import LineRow, Sheet
from lingqu.modules.orders.types import OrderStatus


def settle_fulfilment(sheet: Sheet) -> bool:
    """Set the fulfilment axis; tell whether the order is complete now and was not before."""
    order = sheet.order
    shipped = arrived = to_come = 0
    for line in sheet.lines:
        shipped += line.shipped
        arrived += line.received + line.short
        to_come += line.reserved + line.back_ordered
    if not shipped:
        order.fulfilment_status = "none"
    elif to_come:
        order.fulfilment_status = "part-shipped"
    elif arrived < shipped:
        order.fulfilment_status = "shipped"
    else:
        order.fulfilment_status = "received"
    if order.fulfilment_status == "received" and order.status == OrderStatus.CONFIRMED.value:
        order.status = OrderStatus.COMPLETED.value
        return True
    return False


def fact_of(line: LineRow, quantity: int) -> LineFact:
    """Describe a part of a line in an event, with its share of the line's money."""
    whole = line.quantity or 1
    return LineFact(
        line_no=line.line_no,
        sku_id=line.sku_id,
        quantity=quantity,
        total_minor=line.total_minor * quantity // whole,
        tax_minor=line.tax_minor * quantity // whole,
    )
