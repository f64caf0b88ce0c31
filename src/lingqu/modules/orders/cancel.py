"""Cancel what was not shipped: the buyer before confirmation, the seller as long as goods are to be sent."""

from datetime import date
from uuid import UUID

from lingqu.kernel.errors import NotFound, Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.orders.close import close_bought
from lingqu.modules.orders.confirm import Confirmation
from lingqu.modules.orders.events import OrderCancelled, OrderCompleted
from lingqu.modules.orders.fulfilment import settle_fulfilment
from lingqu.modules.orders.let_go import let_go
from lingqu.modules.orders.pairs import pair_of
from lingqu.modules.orders.release_sold import check_let_go, release_sold
from lingqu.modules.orders.sheet import Sheet, save_sheets
from lingqu.modules.orders.step import StepDone, StepVerdict, advance, business_date, done, only, per_cell, taken
from lingqu.runtime.tx import Tx


class AskTheSeller(Refusal):
    """The seller has confirmed, so the buyer alone cannot cancel."""

    code = "orders.ask-the-seller"
    status = 409
    title = Words("Already confirmed", "订单已确认")
    detail = Words(
        "The seller has confirmed the order; ask the seller to cancel it.", "卖方已确认订单，请联系卖方取消。"
    )


class NothingLeft(Refusal):
    """Everything was shipped."""

    code = "orders.nothing-left"
    status = 409
    title = Words("Nothing left to cancel", "没有可取消的部分")
    detail = Words("Everything was shipped; use a return instead.", "货物已全部发出，请改用退货。")


async def cancel(tx: Tx, *, scope: Scope, order_id: UUID, reason: str, business_on: date | None = None) -> StepDone:
    """Cancel an order, or the rest of it where something was shipped (short close).

    Raises: NotFound, AskTheSeller, NothingLeft, WrongState, Backdated.
    """

    async def act(cell_id: int, pairs: list[tuple[Confirmation, Sheet]]) -> list[StepVerdict]:
        ((item, sheet),) = pairs
        _check(sheet, scope)
        on = business_date(tx, sheet, scope, item.business_on)
        open_lines = {line.line_no: line.reserved + line.back_ordered for line in sheet.lines}
        check_let_go(pair_of(sheet), open_lines)
        is_part_shipped = any(line.shipped for line in sheet.lines)
        if not is_part_shipped:
            sheet.order.status = advance(sheet, "cancel")
        await let_go(tx, cell_id=cell_id, sheets=[sheet], business_on=on)
        is_complete = settle_fulfilment(sheet)
        event = OrderCancelled(
            order_id=order_id,
            buyer_id=sheet.order.buyer_id,
            seller_id=sheet.order.seller_id,
            business_on=on,
            reason=reason,
        )
        tx.emit(event, cell_id=cell_id)
        if is_complete:
            completed = OrderCompleted(
                order_id=order_id, buyer_id=event.buyer_id, seller_id=event.seller_id, business_on=on
            )
            tx.emit(completed, cell_id=cell_id)
        step = taken(sheet, "close" if is_part_shipped else "cancel", reason=reason)
        await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[step])
        await close_bought(tx, sheet=sheet, amounts=open_lines, reason=reason, on=on)
        await release_sold(tx, pair=pair_of(sheet), line_nos=open_lines, reason=reason, on=on)
        return [done(sheet)]

    return only(await per_cell(tx, [Confirmation(order_id=order_id, business_on=business_on)], act))


def _check(sheet: Sheet, scope: Scope) -> None:
    order = sheet.order
    if scope.organization_id not in (order.buyer_id, order.seller_id):
        raise NotFound(kind="order", id=str(order.id))
    advance(sheet, "cancel")
    if scope.organization_id != order.seller_id and order.status != "placed":
        raise AskTheSeller
    if not any(line.reserved + line.back_ordered for line in sheet.lines):
        raise NothingLeft
