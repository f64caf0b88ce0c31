"""Give back what a supplier sent for the seller: asked of the seller, decided once by the supplier, refunded twice."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.ids import uuid7
from lingqu.kernel.money import divide_half_up
from lingqu.modules.network.api import NodeTerms, node_terms
from lingqu.modules.numbering.api import draw_numbers
from lingqu.modules.orders.events import ReturnRequested
from lingqu.modules.orders.sheet import Pair, Sheet, save_sheets
from lingqu.modules.orders.step import taken
from lingqu.modules.stock.api import Carry, carry, key_of
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class SupplierDecides(Refusal):
    """The goods go back to the supplier that sent them."""

    code = "orders.supplier-decides"
    status = 409
    title = Words("The supplier decides this return", "由供应商处理该退货")
    detail = Words(
        "The goods go back to the supplier that sent them; its decision refunds both orders.",
        "货物退回直发的供应商，由其处理并同时退还两张订单的货款。",
    )


class AskedByTheirs(Refusal):
    """Who has the goods asks to give them back."""

    code = "orders.asked-by-theirs"
    status = 409
    title = Words("Your buyer asks for this return", "由您的下级申请退货")
    detail = Words(
        "Your buyer has these goods; its return of its own order is yours too.",
        "货物在您的下级处，由其在下级订单中申请退货，即同时退回供应商。",
    )


class MixedReturn(Refusal):
    """Goods that go back to different places."""

    code = "orders.mixed-return"
    status = 422
    title = Words("These goods go back to different places", "退货去向不同")
    detail = Words(
        "What a supplier sent goes back to it: ask for each supplier's goods, and for the seller's own, by themselves.",
        "供应商直发的商品须退回该供应商，请按供应商及卖方自有商品分开申请。",
    )


class Twin(Struct, frozen=True):
    """The other half of a return."""

    id: UUID
    number: str


def pair_of_lines(sheet: Sheet, line_nos: Sequence[int]) -> Pair | None:
    """Find the pair that all of these lines are bought with; None where their seller sent them all.

    Raises: MixedReturn, AskedByTheirs.
    """
    if sheet.order.direct == "buying":
        raise AskedByTheirs
    found = [pair for pair in sheet.pairs for one in pair.lines if one.line_no in set(line_nos)]
    if not found:
        return None
    if len(found) < len(set(line_nos)) or any(pair is not found[0] for pair in found):
        raise MixedReturn
    return found[0]


async def request_behind(
    tx: Tx, *, pair: Pair, return_id: UUID, asked: Mapping[int, int], reason: str, on: date
) -> None:
    """Ask the supplier too, and tie both halves together. Units: base units, by line of the selling order."""
    bought_by = {one.line_no: one.bought_by for one in pair.lines}
    order, cell_id = pair.buying.order, pair.buying_cell
    (number,) = await draw_numbers(tx, cell_id=cell_id, kind="RT", documents=[(order.seller_id, on)])
    twin_id = uuid7(at=tx.now)
    await tx.run(
        SQL["insert_return"],
        cell_id=cell_id,
        id=twin_id,
        order_id=order.id,
        number=number,
        reason=reason,
        now=tx.now,
        line_no=[bought_by[line_no] for line_no in asked],
        quantity=list(asked.values()),
    )
    await tx.run(SQL["tie_returns"], cell_id=pair.selling_cell, id=return_id, twin_cell=cell_id, twin_id=twin_id)
    await tx.run(SQL["tie_returns"], cell_id=cell_id, id=twin_id, twin_cell=pair.selling_cell, twin_id=return_id)
    event = ReturnRequested(
        order_id=order.id, buyer_id=order.buyer_id, seller_id=order.seller_id, business_on=on, return_id=twin_id
    )
    tx.emit(event, cell_id=cell_id)
    step = taken(pair.buying, "request-return", reason=reason, document=number, units=sum(asked.values()))
    await save_sheets(tx, cell_id=cell_id, sheets=[pair.buying], steps=[step], is_echo=True)


async def carry_behind(
    tx: Tx,
    *,
    pair: Pair,
    source: NodeTerms,
    return_id: UUID,
    twin_id: UUID,
    amounts: Mapping[int, int],
    is_sellable: bool,
    on: date,
) -> None:
    """Carry goods from who has them to the supplier; the seller between owns them for an instant.

    The supplier gets them at what it had charged for them. Units: base units, by line of the buying order.
    """
    sold = {one.bought_by: one.line_no for one in pair.lines}
    ship_from = pair.buying.order.ship_from
    node = (await node_terms(tx, node_ids=[ship_from]))[ship_from]
    to_bin = node.sellable_bin_id if is_sellable else node.blocked_bin_id
    user_id = None if tx.actor is None else tx.actor.user_id
    first: list[Carry] = []
    second: list[Carry] = []
    for bought_by, quantity in amounts.items():
        line = pair.selling.line(sold[bought_by])
        bought = pair.buying.line(bought_by)
        first.append(
            Carry(
                document_id=twin_id,
                line_no=line.line_no,
                from_cell=source.home_cell,
                from_key=key_of(bin_id=source.sellable_bin_id, sku_id=line.sku_id),
                to_cell=pair.selling_cell,
                to_key=line.key,
                quantity=quantity,
            )
        )
        second.append(
            Carry(
                document_id=return_id,
                line_no=bought_by,
                from_cell=pair.selling_cell,
                from_key=line.key,
                to_cell=pair.buying_cell,
                to_key=key_of(bin_id=to_bin, sku_id=line.sku_id),
                quantity=quantity,
                cost_minor=divide_half_up((bought.total_minor - bought.tax_minor) * quantity, bought.quantity),
            )
        )
    for carries in (first, second):
        await carry(
            tx,
            document_kind="return",
            carries=carries,
            out_kind="return",
            in_kind="return",
            business_on=on,
            user_id=user_id,
        )
