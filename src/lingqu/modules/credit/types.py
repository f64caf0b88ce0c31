"""What credit hands to others."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

Limit = Annotated[int, Meta(ge=0, le=1_000_000_000_000_000)]
Days = Annotated[int, Meta(ge=0, le=3650)]
Terms = Annotated[str, Meta(max_length=2000)]


class AgreementStatus(StrEnum):
    """Suspended: what is owed stays owed, nothing more is lent."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


class NewAgreement(Struct, frozen=True, kw_only=True):
    """A credit line to be granted; ``payment_days`` is how long a purchase may stay unpaid."""

    seller_id: int
    buyer_id: int
    limit_minor: int
    payment_days: int
    terms: str = ""


class Standing(Struct, frozen=True, kw_only=True):
    """How a buyer stands with a seller on a day. ``limit_minor`` is zero while the credit line is suspended.

    ``overdue_days`` counts from the due day of the oldest purchase that is not paid; 0: nothing is overdue.
    """

    seller_id: int
    buyer_id: int
    currency: str
    limit_minor: int
    account_id: UUID
    owed_minor: int
    overdue_minor: int
    overdue_days: int


class Agreement(Struct, frozen=True, kw_only=True):
    """An agreement and how it is used. Units: minor units of ``currency``.

    ``owed_minor`` is split by age: not due, and overdue by 1-30, 31-60, 61-90 and more days; repayments settle the
    oldest purchase first. ``available_minor`` is what may still be bought.
    """

    id: int
    seller_id: int
    seller_name: str
    buyer_id: int
    buyer_name: str
    account_id: UUID
    currency: str
    limit_minor: int
    payment_days: int
    terms: str
    status: AgreementStatus
    suspended_reason: str | None
    granted_at: datetime
    granted_by: str | None
    owed_minor: int
    held_minor: int
    available_minor: int
    over_limit_minor: int
    not_due_minor: int
    overdue_minor: int
    overdue_1_30_minor: int
    overdue_31_60_minor: int
    overdue_61_90_minor: int
    overdue_90_minor: int
    overdue_days: int
    version: int
    steps: list[str] = []
