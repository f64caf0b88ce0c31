"""Returns over many orders: what callers send, and what each side sees."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.modules.orders.plan_return import MAX_LINES, BackGoods, PlannedReturn, ReturnPlan
from lingqu.modules.orders.types import LongText, Quantity, SkuId, SomeQuantity

Reason = Annotated[str, Meta(min_length=1, max_length=1000)]


class ShownShare(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of the plan as the caller was shown it."""

    order_id: UUID
    line_no: Annotated[int, Meta(ge=1, le=2000)]
    quantity: SomeQuantity
    refund_minor: Quantity


class NewJointReturn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A request for goods to go back, with the plan that was shown: it is asked for like this or not at all."""

    seller_id: SkuId
    buyer_id: SkuId | None = None
    lines: Annotated[list[BackGoods], Meta(min_length=1, max_length=MAX_LINES)]
    reason: Reason
    plan: Annotated[list[ShownShare], Meta(min_length=1, max_length=10_000)]


def asked_for(plan: ReturnPlan, *, reason: str, buyer_id: int | None = None) -> NewJointReturn:
    """Ask for what a plan shows, exactly like it is shown."""
    shares = [
        ShownShare(order_id=one.order_id, line_no=one.line_no, quantity=one.quantity, refund_minor=one.refund_minor)
        for one in plan.lines
    ]
    return NewJointReturn(seller_id=plan.seller_id, buyer_id=buyer_id, lines=plan.goods, reason=reason, plan=shares)


class LineDecision(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much of a line is taken back; less than was asked for needs its reason."""

    order_id: UUID
    line_no: Annotated[int, Meta(ge=1, le=2000)]
    accepted: Quantity
    reason: LongText = ""


class JointDecision(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Yes or no to a whole request; with a yes, lines of which not everything is taken back. A no needs its reason."""

    is_accepted: bool
    reason: LongText = ""
    is_sellable: bool = False
    lines: Annotated[list[LineDecision], Meta(max_length=10_000)] = []


class JointLine(PlannedReturn, frozen=True, kw_only=True):
    """Goods of one line of an order. ``accepted`` None: not decided; ``refund_minor`` is what was shown until then."""

    accepted: int | None
    decision_reason: str


class JointSummary(Struct, frozen=True, kw_only=True):
    """A request in a list."""

    id: UUID
    number: str
    side: Literal["buyer", "seller"]
    status: Literal["requested", "accepted", "part", "rejected"]
    currency: str
    shown_minor: int
    refund_minor: int
    seller_id: int
    seller_name: str
    buyer_id: int
    buyer_name: str
    asked_by_name: str
    requested_at: datetime
    decided_at: datetime | None
    order_count: int


class JointReturn(JointSummary, frozen=True, kw_only=True):
    """A request with its lines. ``side``: who asked; ``actions``: what the reader may do now."""

    reason: str
    decided_by_name: str
    decision_reason: str
    lines: list[JointLine]
    actions: list[str]
