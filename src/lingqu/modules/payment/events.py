"""Published facts of payment."""

from typing import ClassVar
from uuid import UUID

from lingqu.kernel.event import Event


class PaymentReceived(Event, frozen=True, kw_only=True):
    """Money came in online and stands in the ledger; ``is_refunded`` if it goes straight back, its order being over."""

    subject: ClassVar[str] = "payment.received.v1"
    payment_id: UUID
    seller_id: int
    buyer_id: int
    order_id: UUID | None
    amount_minor: int
    currency: str
    is_refunded: bool


class PaymentEnded(Event, frozen=True, kw_only=True):
    """Nothing will come of it, or the money went back: ``state`` says which."""

    subject: ClassVar[str] = "payment.ended.v1"
    payment_id: UUID
    seller_id: int
    buyer_id: int
    order_id: UUID | None
    amount_minor: int
    currency: str
    state: str
