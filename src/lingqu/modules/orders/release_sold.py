"""Release what was sold with an order that will not be sent: its own seller's nodes send it, or it is held."""

from collections.abc import Collection, Mapping
from datetime import date

from lingqu.kernel.errors import Refusal, Words
from lingqu.modules.network.api import node_terms
from lingqu.modules.orders.events import DirectReleased
from lingqu.modules.orders.fulfilment import fact_of
from lingqu.modules.orders.move_on import hold_or_release, move_on
from lingqu.modules.orders.sheet import LineRow, Pair, save_sheets
from lingqu.modules.orders.step import taken
from lingqu.modules.stock.api import key_of
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class BegunDirect(Refusal):
    """A part of the line has left for the buyer's own buyer, so the rest is no other node's to send."""

    code = "orders.begun-direct"
    status = 409
    title = Words("A part of this is on its way", "该行已部分发出")
    detail = Words(
        "Part of line {line_no} went straight to the buyer's own buyer, or only a part of it would be given up; "
        "let the buyer close the rest of its own order.",
        "第 {line_no} 行已部分直发买方的下级，或仅放弃其中一部分；请由买方在其下级订单中关闭余量。",
    )


def check_let_go(pair: Pair | None, amounts: Mapping[int, int]) -> None:
    """Refuse to give up a part of a line that was sold on: a line goes back to its seller whole or not at all.

    Raises: BegunDirect naming the line.
    """
    if pair is None:
        return
    for one in pair.lines:
        line = pair.buying.line(one.bought_by)
        given_up = amounts.get(line.line_no, 0)
        if given_up and (line.shipped or given_up < line.reserved + line.back_ordered):
            raise BegunDirect(line_no=line.line_no)


async def release_sold(tx: Tx, *, pair: Pair | None, line_nos: Collection[int], reason: str, on: date) -> None:
    """Give lines back to the selling order's own seller, whose rules choose again. ``line_nos`` of the buying order."""
    if pair is None:
        return
    sheet, cell_id = pair.selling, pair.selling_cell
    lines = [sheet.line(one.line_no) for one in pair.lines if one.bought_by in line_nos]
    lines = [line for line in lines if line.back_ordered]
    if not lines:
        return
    order = sheet.order
    await tx.run(SQL["end_direct_lines"], cell_id=cell_id, order_id=order.id, line_no=[line.line_no for line in lines])
    await _take_home(tx, pair, lines)
    moved = await move_on(
        tx, cell_id=cell_id, sheet=sheet, lines=lines, business_on=on, cause="rejected", reason=reason
    )
    await hold_or_release(
        tx, cell_id=cell_id, sheet=sheet, moved=moved, cause="rejected", reason=reason, business_on=on
    )
    event = DirectReleased(
        order_id=order.id,
        buyer_id=order.buyer_id,
        seller_id=order.seller_id,
        business_on=on,
        supplier_id=pair.buying.order.seller_id,
        supplier_order_id=pair.buying.order.id,
        reason=reason,
        owed=moved.owed,
        lines=tuple(fact_of(line, line.quantity) for line in lines),
    )
    tx.emit(event, cell_id=cell_id)
    nodes = {str(route.line_no): route.node_id for route in moved.routes}
    step = taken(sheet, "release-direct", nodes=nodes, owed=moved.owed)
    await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[step], is_echo=True)


async def _take_home(tx: Tx, pair: Pair, lines: Collection[LineRow]) -> None:
    """Let lines be owed where the order leaves from, before the rules say where they are sent from."""
    ship_from = pair.selling.order.ship_from
    home = (await node_terms(tx, node_ids=[ship_from]))[ship_from]
    for line in lines:
        line.supplier_id = None
        line.key = key_of(bin_id=home.sellable_bin_id, sku_id=line.sku_id)
