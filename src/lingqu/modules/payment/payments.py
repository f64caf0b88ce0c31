"""Online payments for people: the list that both sides and operators see, and one of them."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.payment.types import OnlinePayment, PaymentLog, PaymentState, PaymentStep
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
# The ids are time-ordered.
_SORTS = Sorts({"made_at": "id"}, default="-made_at")


class OnlinePaymentQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``is_stuck``: a person must look at it."""

    state: PaymentState | None = None
    is_stuck: bool | None = None
    order_id: UUID | None = None
    seller_id: Annotated[int, Meta(ge=1)] | None = None
    buyer_id: Annotated[int, Meta(ge=1)] | None = None


async def list_payments(tx: Tx, *, scope: Scope, query: OnlinePaymentQuery) -> Listed[OnlinePayment]:
    """List what the caller's tree pays or is paid online, the newest first."""
    return await list_page(
        tx,
        SQL["list_payments"],
        OnlinePayment,
        query=query,
        sorts=_SORTS,
        id=None,
        state=query.state,
        is_stuck=query.is_stuck,
        order_id=query.order_id,
        seller_id=query.seller_id,
        buyer_id=query.buyer_id,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )


async def read_payment(tx: Tx, *, scope: Scope, payment_id: UUID) -> PaymentLog:
    """Read one payment with its steps.

    Raises: NotFound.
    """
    found = await tx.first(
        SQL["list_payments"],
        OnlinePayment,
        id=payment_id,
        state=None,
        is_stuck=None,
        order_id=None,
        seller_id=None,
        buyer_id=None,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
    if found is None:
        raise NotFound(kind="payment", id=str(payment_id))
    steps = await tx.all(SQL["list_steps"], PaymentStep, cell_id=found.cell_id, payment_id=payment_id)
    return PaymentLog(payment=found, steps=steps)
