"""Approve or reject an order that waits, as its seller, one level at a time. Whoever placed it cannot decide it."""

from typing import Any
from uuid import UUID

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.approval.api import Decided, State, decide, find_request, may_decide
from lingqu.modules.ledger.api import keep as keep_money
from lingqu.modules.orders.confirm import Confirmation
from lingqu.modules.orders.events import OrderApproved, OrderCancelled, OrderConsented
from lingqu.modules.orders.judged import APPROVAL
from lingqu.modules.orders.let_go import let_go
from lingqu.modules.orders.notices import tell_deciders
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
    """Agree to the order on the level that waits; after the last one its stock and money no longer expire.

    Raises: NotFound, OtherSide, NothingToApprove, OwnRequest, TimeOver, WrongState, NotYourLevel, DecidedBefore.
    """

    async def act(cell_id: int, pairs: list[tuple[Confirmation, Sheet]]) -> list[StepVerdict]:
        ((_, sheet),) = pairs
        side = await _check(tx, sheet, scope, "approve")
        order = sheet.order
        if order.expires_at is not None and order.expires_at <= tx.now:
            # The sweeper may be late; what has run out has run out.
            raise TimeOver(expires_at=order.expires_at.isoformat())
        decided = await _decide(tx, scope, sheet, is_approved=True, reason=reason)
        step = taken(sheet, "approve" if side == "seller" else "consent", reason=reason, **_facts(decided))
        on = business_date(tx, sheet, scope, None)
        ids: dict[str, Any] = {
            "order_id": order.id,
            "buyer_id": order.buyer_id,
            "seller_id": order.seller_id,
            "business_on": on,
        }
        if side == "buyer":
            is_last = decided is None or decided.state is not State.WAITING
            tx.emit(OrderConsented(**ids, is_last=is_last), cell_id=cell_id)
        if decided is not None and decided.state is State.WAITING:
            await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[step])
            await tell_deciders(tx, cell_id=cell_id, order_id=order.id)
            return [done(sheet)]
        order.approval_status, order.expires_at = "approved", None
        await keep_goods(tx, cell_id=cell_id, document_ids=[order.id])
        await keep_money(tx, cell_id=cell_id, document_ids=[order.id])
        if side == "seller":
            tx.emit(OrderApproved(**ids), cell_id=cell_id)
        await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[step])
        return [done(sheet)]

    return only(await per_cell(tx, [Confirmation(order_id=order_id)], act))


async def reject(tx: Tx, *, scope: Scope, order_id: UUID, reason: str) -> StepDone:
    """Turn the order down on any level: it is cancelled, its stock and money are free again.

    Raises: NotFound, OtherSide, NothingToApprove, OwnRequest, WrongState, NotYourLevel, DecidedBefore.
    """

    async def act(cell_id: int, pairs: list[tuple[Confirmation, Sheet]]) -> list[StepVerdict]:
        ((_, sheet),) = pairs
        side = await _check(tx, sheet, scope, "reject")
        on = business_date(tx, sheet, scope, None)
        decided = await _decide(tx, scope, sheet, is_approved=False, reason=reason)
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
        step = taken(sheet, "reject" if side == "seller" else "refuse-consent", reason=reason, **_facts(decided))
        await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[step])
        return [done(sheet)]

    return only(await per_cell(tx, [Confirmation(order_id=order_id)], act))


async def can_decide(tx: Tx, *, scope: Scope, order_id: UUID, placed_by: int | None) -> bool:
    """Tell whether the caller could decide on an order of its organization that waits, as seller or as buyer."""
    if placed_by is not None and placed_by == scope.actor.user_id:
        return False
    request = await find_request(tx, kind=APPROVAL, object_id=order_id)
    if request is None:
        return scope.allows("orders.approve")
    if request.level_parties[request.level - 1] != scope.party_id:
        return False  # whoever stands above the buyer does not agree in its name
    return await may_decide(tx, scope=scope, kind=APPROVAL, object_id=order_id)


async def _decide(tx: Tx, scope: Scope, sheet: Sheet, *, is_approved: bool, reason: str) -> Decided | None:
    """Decide on what waits about the order; None for one from before requests were kept, which one yes approves."""
    order_id = sheet.order.id
    if await find_request(tx, kind=APPROVAL, object_id=order_id) is None:
        scope.require("orders.approve")
        return None
    return await decide(tx, scope=scope, kind=APPROVAL, object_id=order_id, is_approved=is_approved, reason=reason)


def _facts(decided: Decided | None) -> dict[str, object]:
    """Tell on which of several levels, and for whom, a decision was made."""
    if decided is None:
        return {}
    found: dict[str, object] = {}
    if decided.level_count > 1:
        found |= {"level": decided.level, "levels": decided.level_count}
    if decided.for_name is not None:
        found["for_name"] = decided.for_name
    return found


async def _check(tx: Tx, sheet: Sheet, scope: Scope, step: str) -> str:
    """Tell whose decision waits: the buyer's on an order that was entered for it, else the seller's."""
    request = await find_request(tx, kind=APPROVAL, object_id=sheet.order.id)
    is_buyers = request is not None and request.level_parties[request.level - 1] == sheet.order.buyer
    side = "buyer" if is_buyers else "seller"
    sheet.require(scope, side)
    advance(sheet, step)
    if sheet.order.approval_status != "waiting":
        raise NothingToApprove
    if sheet.order.placed_by is not None and sheet.order.placed_by == scope.actor.user_id:
        raise OwnRequest
    return side
