"""Online payment: the port to whoever moves the money. The adapters behind it stand in `lingqu.adapters`."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from msgspec import Struct


class ChargeStatus(StrEnum):
    """How a charge stands at the provider. Unknown: it never heard of it. Closed: it can be paid no more."""

    UNKNOWN = "unknown"
    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    CLOSED = "closed"


class RefundStatus(StrEnum):
    """How a refund stands at the provider."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


class NewCharge(Struct, frozen=True, kw_only=True):
    """What a buyer is to pay. ``reference`` is ours and the key: asking twice makes one charge."""

    reference: str
    amount_minor: int
    currency: str
    subject: str
    expires_at: datetime


class Charge(Struct, frozen=True, kw_only=True):
    """A charge as the provider knows it; ``pay_url`` is where the buyer pays."""

    status: ChargeStatus
    amount_minor: int = 0
    pay_url: str = ""


class PaymentProvider(Protocol):
    """Whoever moves the money. Every call may be repeated with the same references and then changes nothing more.

    All raise Unavailable where nothing certain came back: the call may have been heard or not.
    """

    @property
    def name(self) -> str:
        """Name the provider in rows and for people."""
        ...

    async def create(self, new: NewCharge) -> Charge:
        """Make a charge, or find the one that was made."""
        ...

    async def query(self, reference: str) -> Charge:
        """Ask how a charge stands."""
        ...

    async def close(self, reference: str) -> Charge:
        """Make sure that a charge can be paid no more; one that was paid meanwhile says so."""
        ...

    async def refund(self, reference: str, *, refund_reference: str, amount_minor: int) -> RefundStatus:
        """Give money back, or find out how that refund stands."""
        ...

    def heard(self, headers: Mapping[str, str], body: bytes) -> str:
        """Verify a call of the provider and give the reference it speaks of.

        Raises: ValueError if it is not the provider's.
        """
        ...
