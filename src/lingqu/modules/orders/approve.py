"""Approve or reject an order above the link's limit, as its seller. Whoever placed it cannot decide it."""

from uuid import UUID

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.ledger.api import keep as keep_money
from lingqu.modules.orders.confirm import Confirmation
from lingqu.modules.orders.events import OrderApproved, OrderCancelled
from lingqu.modules.orders.let_go import let_go
from lingqu.modules.orders.sheet import Sheet, save_sheets
from lingqu.modules.orders.step import StepDone, StepVerdict, advance, business_date, done, only, per_cell, taken
from lingqu.modules.stock.api import keep as keep_goods
from lingqu.runtime.tx import Tx


class NothingToApprove(Refusal):
    """The order needs no approval, or was decided already."""

    code = "orders.nothing-to-approve"
    status = 409
    title = Words("Nothing to decide", "无需审批")
    detail = Words("The order does not wait for approval.", "该订单不在待审批状态。")


class OwnRequest(Refusal):
    """The caller placed the order."""

    code = "orders.own-request"
    status = 403
    title = Words("Somebody else must decide", "须由他人审批")
    detail = Words("You placed this order, so another person must decide it.", "订单由您提交，须由其他人员审批。")


class TimeOver(Refusal):
    """The order waited longer than the link allows; its goods and money are no longer promised."""

    code = "orders.time-over"
    status = 409
    title = Words("The order has expired", "订单已过期")
    detail = Words("The order could be approved until {expires_at}.", "该订单的审批截止时间为 {expires_at}。")


async def approve(tx: Tx, *, scope: Scope, order_id: UUID, reason: str = "") -> StepDone:
    """Agree to the order: its stock and money no longer expire.

    Raises: NotFound, OtherSide, NothingToApprove, OwnRequest, TimeOver, WrongState.
    """

    async def act(cell_id: int, pairs: list[tuple[Confirmation, Sheet]]) -> list[StepVerdict]:
        ((_, sheet),) = pairs
        _check(sheet, scope, "approve")
        order = sheet.order
        if order.expires_at is not None and order.expires_at <= tx.now:
            # The sweeper may be late; what has run out has run out.
            raise TimeOver(expires_at=order.expires_at.isoformat())
        order.approval_status, order.expires_at = "approved", None
        await keep_goods(tx, cell_id=cell_id, document_ids=[order.id])
        await keep_money(tx, cell_id=cell_id, document_ids=[order.id])
        event = OrderApproved(
            order_id=order.id,
            buyer_id=order.buyer_id,
            seller_id=order.seller_id,
            business_on=business_date(tx, sheet, scope, None),
        )
        tx.emit(event, cell_id=cell_id)
        await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[taken(sheet, "approve", reason=reason)])
        return [done(sheet)]

    return only(await per_cell(tx, [Confirmation(order_id=order_id)], act))


async def reject(tx: Tx, *, scope: Scope, order_id: UUID, reason: str) -> StepDone:
    """Turn the order down: it is cancelled, its stock and money are free again.

    Raises: NotFound, OtherSide, NothingToApprove, OwnRequest, WrongState.
    """

    async def act(cell_id: int, pairs: list[tuple[Confirmation, Sheet]]) -> list[StepVerdict]:
        ((_, sheet),) = pairs
        _check(sheet, scope, "reject")
        on = business_date(tx, sheet, scope, None)
        sheet.order.approval_status = "rejected"
        sheet.order.status = advance(sheet, "reject")
        await let_go(tx, cell_id=cell_id, sheets=[sheet], business_on=on)
        event = OrderCancelled(
            order_id=order_id,
            buyer_id=sheet.order.buyer_id,
            seller_id=sheet.order.seller_id,
            business_on=on,
            reason=reason,
        )
        tx.emit(event, cell_id=cell_id)
        await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[taken(sheet, "reject", reason=reason)])
        return [done(sheet)]

    return only(await per_cell(tx, [Confirmation(order_id=order_id)], act))


def _check(sheet: Sheet, scope: Scope, step: str) -> None:
    sheet.require(scope, "seller")
    advance(sheet, step)
    if sheet.order.approval_status != "waiting":
        raise NothingToApprove
    if sheet.order.placed_by is not None and sheet.order.placed_by == scope.actor.user_id:
        raise OwnRequest
