"""Published facts of credit."""

from typing import ClassVar

from lingqu.kernel.event import Event


class CreditChanged(Event, frozen=True, kw_only=True):
    """A credit line was granted, changed, suspended or resumed."""

    subject: ClassVar[str] = "credit.changed.v1"
    agreement_id: int
    seller_id: int
    buyer_id: int
    limit_minor: int
    payment_days: int
    status: str
