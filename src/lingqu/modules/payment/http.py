"""Routes of payment."""

from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.payment import operate, payments
from lingqu.modules.payment import start as starting
from lingqu.modules.payment.heard import NotTheProvider, hear
from lingqu.modules.payment.operate import NotStuck, RefundUnknown
from lingqu.modules.payment.payments import OnlinePaymentQuery
from lingqu.modules.payment.start import NewOnlinePayment, NoProvider, NothingToPay, OrderOver, PaidBefore
from lingqu.modules.payment.types import OnlinePayment, PaymentLog, Reason
from lingqu.runtime.http.route import PUBLIC, Connection, get, post
from lingqu.runtime.paging import Listed
from lingqu.runtime.paying import PaymentProvider
from lingqu.runtime.tx import Tx

_ONE = "/online-payments/{payment_id:uuid}"


class GivingUp(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why nothing more is tried."""

    reason: Reason


@get("/online-payments", permission="payment.read", summary="Online payments of both sides")
async def list_online_payments(tx: Tx, *, scope: Scope, query: OnlinePaymentQuery) -> Listed[OnlinePayment]:
    return await payments.list_payments(tx, scope=scope, query=query)


@get(_ONE, permission="payment.read", summary="One online payment with its steps", refusals=[NotFound])
async def read_online_payment(tx: Tx, *, scope: Scope, payment_id: UUID) -> PaymentLog:
    return await payments.read_payment(tx, scope=scope, payment_id=payment_id)


@post(
    "/online-payments",
    permission="payment.pay",
    summary="Pay a seller online: an order, or in advance",
    refusals=[NoProvider, NotFound, OrderOver, NothingToPay],
)
async def start_online_payment(
    tx: Tx, *, scope: Scope, body: NewOnlinePayment, provider: PaymentProvider | None
) -> PaymentLog:
    return await starting.start(tx, scope=scope, new=body, provider=None if provider is None else provider.name)


@post(
    _ONE + "/cancellation",
    permission="payment.pay",
    summary="Let go of a payment; if it was made meanwhile, it counts",
    refusals=[NotFound, PaidBefore],
)
async def cancel_online_payment(tx: Tx, *, scope: Scope, payment_id: UUID) -> PaymentLog:
    return await starting.let_go(tx, scope=scope, payment_id=payment_id)


@post(_ONE + "/retry", permission="payment.operate", summary="Try a stuck step again", refusals=[NotFound, NotStuck])
async def retry_online_payment(tx: Tx, *, scope: Scope, payment_id: UUID) -> PaymentLog:
    return await operate.retry(tx, scope=scope, payment_id=payment_id)


@post(
    _ONE + "/giving-up",
    permission="payment.operate",
    summary="End a stuck payment with a reason",
    refusals=[NotFound, NotStuck, RefundUnknown],
)
async def give_up_online_payment(tx: Tx, *, scope: Scope, payment_id: UUID, body: GivingUp) -> PaymentLog:
    return await operate.give_up(tx, scope=scope, payment_id=payment_id, reason=body.reason)


# A hint changes no record: what follows from it is audited by the worker.
@post(
    "/online-payments/calls",
    permission=PUBLIC,
    summary="For the payment provider: there is news of a payment",
    status=204,
    refusals=[NotTheProvider],
    is_audited=False,
)
async def hear_provider(tx: Tx, *, request: Connection, body: bytes, provider: PaymentProvider | None) -> None:
    await hear(tx, provider=provider, headers=request.headers, body=body)


ROUTES = (
    list_online_payments,
    read_online_payment,
    start_online_payment,
    cancel_online_payment,
    retry_online_payment,
    give_up_online_payment,
    hear_provider,
)
