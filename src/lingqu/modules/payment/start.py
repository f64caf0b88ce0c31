"""Start an online payment, and let go of one."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.errors import NotFound, Refusal, Words
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import link_terms, organization_terms
from lingqu.modules.orders.api import Order, read_order
from lingqu.modules.payment.advance import lock
from lingqu.modules.payment.payments import read_payment
from lingqu.modules.payment.steps import TRIED, VALID, begin
from lingqu.modules.payment.types import OPEN, Amount, PaymentLog, StepName
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class NoProvider(Refusal):
    """This installation takes no money online."""

    code = "payment.no-provider"
    status = 409
    title = Words("Online payment is not set up", "未开通在线支付")
    detail = Words("Ask the operator, or pay by transfer.", "请联系平台运营开通，或使用转账付款。")


class OrderOver(Refusal):
    """The order will not be delivered, so there is nothing to pay."""

    code = "payment.order-over"
    status = 409
    title = Words("This order is over", "订单已结束")
    detail = Words("The order is {status}; it needs no payment.", "订单{status}，无需付款。")


class NothingToPay(Refusal):
    """The order is paid, or its money is there: what is paid once more for it would pay something else."""

    code = "payment.nothing-to-pay"
    status = 409
    title = Words("Nothing to pay on this order", "该订单无需付款")
    detail = Words(
        "What it costs is paid or held. To put money down in advance, pay the seller without naming an order.",
        "货款已付清或已预留。如需预存货款，请不指定订单直接付给供货方。",
    )


class PaidBefore(Refusal):
    """The payment is past the point where it could be let go."""

    code = "payment.not-open"
    status = 409
    title = Words("Not open any more", "支付已不在进行中")
    detail = Words("The payment is {status}.", "该笔支付当前为 {status}。")


class NewOnlinePayment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To whom and how much: for an order, or onto one's prepaid account there."""

    seller_id: Annotated[int, Meta(ge=1)]
    amount_minor: Amount
    order_id: UUID | None = None


async def start(tx: Tx, *, scope: Scope, new: NewOnlinePayment, provider: str | None) -> PaymentLog:
    """Ask the provider of this name for a charge that the caller pays; where to pay it is known a moment later.

    Raises: NoProvider; NotFound for somebody who is no seller of the caller's, or another's order; OrderOver;
    NothingToPay.
    """
    if provider is None:
        raise NoProvider
    pair = (new.seller_id, scope.organization_id)
    if pair not in await link_terms(tx, pairs=[pair]):
        raise NotFound(kind="seller", id=new.seller_id)
    seller = (await organization_terms(tx, organization_ids=[new.seller_id]))[new.seller_id]
    if new.order_id is not None:
        order = await read_order(tx, scope=scope, order_id=new.order_id)
        if (order.seller_id, order.buyer_id) != pair:
            raise NotFound(kind="order", id=str(new.order_id))
        if order.status in {"cancelled", "expired"}:
            raise OrderOver(status=order.status)
        if await _payable(tx, seller.home_cell, order) <= 0:
            raise NothingToPay
    payment_id = uuid7(at=tx.now)
    await tx.run(
        SQL["add_payment"],
        cell_id=seller.home_cell,
        id=payment_id,
        seller_id=new.seller_id,
        buyer_id=scope.organization_id,
        order_id=new.order_id,
        amount_minor=new.amount_minor,
        currency=seller.currency,
        provider=provider,
        now=tx.now,
        user_id=scope.actor.user_id,
        expires_at=tx.now + VALID,
    )
    await begin(tx, cell_id=seller.home_cell, payment_id=payment_id, name=StepName.OPEN, deadline_at=tx.now + VALID)
    log = await read_payment(tx, scope=scope, payment_id=payment_id)
    tx.record("payment", payment_id, after=log.payment, cell_id=seller.home_cell)
    return log


async def _payable(tx: Tx, cell_id: int, order: Order) -> int:
    """Tell what of an order is still to be paid: not more than is on credit and was not paid online for it before."""
    if not order.unpaid_minor:
        return 0
    on_credit = sum(
        one.amount_minor - one.released_minor - one.refunded_minor
        for one in order.payments
        if one.account_kind == "credit"
    )
    received = await tx.value(SQL["sum_received"], int, cell_id=cell_id, order_id=order.id)
    return min(order.unpaid_minor, on_credit - received)


async def let_go(tx: Tx, *, scope: Scope, payment_id: UUID) -> PaymentLog:
    """Close a payment that the caller's organization will not make; if it was made meanwhile, it counts.

    Raises: NotFound for another's; PaidBefore.
    """
    before = (await read_payment(tx, scope=scope, payment_id=payment_id)).payment
    if before.buyer_id != scope.organization_id:
        raise NotFound(kind="payment", id=str(payment_id))
    row = await lock(tx, cell_id=before.cell_id, payment_id=payment_id)
    if row.state not in OPEN:
        raise PaidBefore(status=row.state.value)
    await begin(tx, cell_id=row.cell_id, payment_id=row.id, name=StepName.CLOSE, deadline_at=tx.now + TRIED)
    tx.record("payment", row.id, before={"step": "watch"}, after={"step": "close"}, cell_id=row.cell_id)
    return await read_payment(tx, scope=scope, payment_id=payment_id)
