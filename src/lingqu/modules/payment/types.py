"""What payment hands to others."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

Amount = Annotated[int, Meta(ge=1, le=1_000_000_000_000)]
Reason = Annotated[str, Meta(min_length=1, max_length=500)]


class PaymentState(StrEnum):
    """Opening: asked for at the provider. Credited: was to be refunded and stays on the buyer's prepaid account.

    Expired, failed and given up may still become paid: the provider's word is heard whenever it comes.
    """

    OPENING = "opening"
    OPEN = "open"
    PAID = "paid"
    REFUNDING = "refunding"
    REFUNDED = "refunded"
    CREDITED = "credited"
    FAILED = "failed"
    EXPIRED = "expired"
    GIVEN_UP = "given-up"


UNPAID = frozenset(
    {PaymentState.OPENING, PaymentState.OPEN, PaymentState.FAILED, PaymentState.EXPIRED, PaymentState.GIVEN_UP}
)
"""No money was received as far as is known."""

OPEN = frozenset({PaymentState.OPENING, PaymentState.OPEN})
"""The buyer may still pay."""


class StepName(StrEnum):
    """What is asked of the provider: make the charge, tell how it stands, close it, give the money back."""

    OPEN = "open"
    WATCH = "watch"
    CLOSE = "close"
    REFUND = "refund"


class OnlinePayment(Struct, frozen=True, kw_only=True):
    """An online payment as both sides and the operators see it. Units: minor units of ``currency``."""

    id: UUID
    cell_id: int
    seller_id: int
    seller_name: str
    buyer_id: int
    buyer_name: str
    order_id: UUID | None
    amount_minor: int
    currency: str
    provider: str
    state: PaymentState
    pay_url: str
    made_at: datetime
    expires_at: datetime
    paid_at: datetime | None
    ended_at: datetime | None
    reason: str
    is_stuck: bool
    problem: str | None
    version: int


class PaymentStep(Struct, frozen=True, kw_only=True):
    """One step and how it fares."""

    name: StepName
    state: Literal["waiting", "done", "failed"]
    attempts: int
    due_at: datetime
    deadline_at: datetime
    problem: str | None
    made_at: datetime
    done_at: datetime | None


class PaymentLog(Struct, frozen=True, kw_only=True):
    """An online payment with its steps, in the order they were begun."""

    payment: OnlinePayment
    steps: list[PaymentStep]


class Row(Struct, frozen=True, kw_only=True):
    """A payment as the work on it reads it, locked."""

    cell_id: int
    id: UUID
    seller_id: int
    buyer_id: int
    order_id: UUID | None
    amount_minor: int
    currency: str
    state: PaymentState
    expires_at: datetime

    @property
    def reference(self) -> str:
        """Name the payment at the provider; the cell says where the row lies."""
        return reference_of(self.cell_id, self.id)


def reference_of(cell_id: int, payment_id: UUID) -> str:
    """Write the name of a payment at the provider."""
    return f"{cell_id}-{payment_id.hex}"


def parse_reference(text: str) -> tuple[int, UUID] | None:
    """Take a name apart; None for what has not its form."""
    cell, dash, rest = text.partition("-")
    if not dash or not (cell.isascii() and cell.isdigit()) or len(cell) > 4:  # noqa: PLR2004 - cells are few
        return None
    try:
        return int(cell), UUID(hex=rest)
    except ValueError:
        return None
