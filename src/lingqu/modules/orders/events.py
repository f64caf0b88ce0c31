"""What orders publishes: facts that other modules act on."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.event import Event


class LineFact(Struct, frozen=True, kw_only=True, gc=False):
    """A line in an event. ``quantity`` in base units, money gross with the tax it contains."""

    line_no: int
    sku_id: int
    quantity: int
    total_minor: int
    tax_minor: int


class OrderEvent(Event, frozen=True, kw_only=True):
    """What every event of an order says."""

    order_id: UUID
    buyer_id: int | None
    seller_id: int
    business_on: date


class OrderPlaced(OrderEvent, frozen=True, kw_only=True):
    """Stock is reserved and money held."""

    subject: ClassVar[str] = "orders.placed.v1"

    kind: str
    channel: str
    currency: str
    total_minor: int
    draft_id: UUID | None
    member_id: UUID | None = None
    earns_points: bool = False
    lines: tuple[LineFact, ...]


class OrderApproved(OrderEvent, frozen=True, kw_only=True):
    """The seller agreed to an order above the link's limit."""

    subject: ClassVar[str] = "orders.approved.v1"


class OrderConsented(OrderEvent, frozen=True, kw_only=True):
    """The buyer agreed to an order that its seller entered; ``is_last``: nobody else is asked."""

    subject: ClassVar[str] = "orders.consented.v1"

    is_last: bool


class OrderJudgedAgain(OrderEvent, frozen=True, kw_only=True):
    """A change made the seller's rules look again at an order that waited; ``total_minor`` is what is left of it."""

    subject: ClassVar[str] = "orders.judged-again.v1"

    is_waiting: bool
    rule: str
    total_minor: int


class OrderConfirmed(OrderEvent, frozen=True, kw_only=True):
    """The seller will deliver."""

    subject: ClassVar[str] = "orders.confirmed.v1"

    number: str


class OrderShipped(OrderEvent, frozen=True, kw_only=True):
    """Goods left the seller's node."""

    subject: ClassVar[str] = "orders.shipped.v1"

    shipment_id: UUID
    lines: tuple[LineFact, ...]


class OrderReceived(OrderEvent, frozen=True, kw_only=True):
    """Goods reached the buyer: this is sell-in. ``short`` units never arrived."""

    subject: ClassVar[str] = "orders.received.v1"

    shipment_id: UUID
    short: int
    lines: tuple[LineFact, ...]


class OrderCompleted(OrderEvent, frozen=True, kw_only=True):
    """Nothing is left to deliver."""

    subject: ClassVar[str] = "orders.completed.v1"


class OrderCancelled(OrderEvent, frozen=True, kw_only=True):
    """What was not shipped will not come; stock and money are free again."""

    subject: ClassVar[str] = "orders.cancelled.v1"

    reason: str


class OrderLinesClosed(OrderEvent, frozen=True, kw_only=True):
    """One side gave up what was still open of some lines; the order lives on. ``side`` is ``buyer`` or ``seller``."""

    subject: ClassVar[str] = "orders.lines-closed.v1"

    side: str
    reason: str
    freed_minor: int
    lines: tuple[LineFact, ...]


class LineDelta(Struct, frozen=True, kw_only=True):
    """How a line changed: base units without what was cancelled, money gross. Before is 0 for a line that is new."""

    line_no: int
    sku_id: int
    quantity_before: int
    quantity_after: int
    total_before_minor: int
    total_after_minor: int


class OrderChanged(OrderEvent, frozen=True, kw_only=True):
    """A placed order was changed, by one side or with the agreement of both; stock and money follow it already."""

    subject: ClassVar[str] = "orders.changed.v1"

    revision_id: UUID
    side: str
    reason: str
    was_proposed: bool
    payable_before_minor: int
    payable_after_minor: int
    lines: tuple[LineDelta, ...]


class ChangeProposed(OrderEvent, frozen=True, kw_only=True):
    """One side wants a placed order changed and the other has to agree. ``side`` is who wants it."""

    subject: ClassVar[str] = "orders.change-proposed.v1"

    revision_id: UUID
    side: str
    reason: str


class ChangeDeclined(OrderEvent, frozen=True, kw_only=True):
    """A proposed change will not be made: the other side declined, or its own side withdrew it."""

    subject: ClassVar[str] = "orders.change-declined.v1"

    revision_id: UUID
    side: str
    reason: str
    is_withdrawn: bool


class BackOrdersServed(OrderEvent, frozen=True, kw_only=True):
    """Goods that an order waited for have come and are reserved for it."""

    subject: ClassVar[str] = "orders.back-orders-served.v1"

    lines: tuple[LineFact, ...]


class OrderExpired(OrderEvent, frozen=True, kw_only=True):
    """Nobody approved in time; stock and money are free again."""

    subject: ClassVar[str] = "orders.expired.v1"


class OrderHeld(OrderEvent, frozen=True, kw_only=True):
    """No node of the seller can send ``owed`` units now; ``cause`` is ``rejected`` or ``timed-out``."""

    subject: ClassVar[str] = "orders.held.v1"

    cause: str
    reason: str
    owed: int


class DirectPlaced(OrderEvent, frozen=True, kw_only=True):
    """An order was placed together with the order that its buyer sells it with: the seller sends straight there."""

    subject: ClassVar[str] = "orders.direct-placed.v1"

    for_order_id: UUID
    fee_ppm: int


class DirectReleased(OrderEvent, frozen=True, kw_only=True):
    """A supplier will not send lines that it had taken on; their own seller must send them again."""

    subject: ClassVar[str] = "orders.direct-released.v1"

    supplier_id: int
    supplier_order_id: UUID
    reason: str
    owed: int
    lines: tuple[LineFact, ...]


class SaleRefunded(OrderEvent, frozen=True, kw_only=True):
    """A customer brought goods back to the counter and got the money for them."""

    subject: ClassVar[str] = "orders.sale-refunded.v1"

    customer: UUID
    refund_minor: int
    lines: tuple[LineFact, ...]


class ReturnRequested(OrderEvent, frozen=True, kw_only=True):
    """The buyer wants to give goods back."""

    subject: ClassVar[str] = "orders.return-requested.v1"

    return_id: UUID


class ReturnAccepted(OrderEvent, frozen=True, kw_only=True):
    """The goods are back and refunded."""

    subject: ClassVar[str] = "orders.return-accepted.v1"

    return_id: UUID
    refund_minor: int
    lines: tuple[LineFact, ...]


class ReturnRejected(OrderEvent, frozen=True, kw_only=True):
    """The seller does not take the goods back."""

    subject: ClassVar[str] = "orders.return-rejected.v1"

    return_id: UUID
    reason: str


class JointReturnEvent(Event, frozen=True, kw_only=True):
    """What events of a return over many orders say. Each order's part is told as a return of that order too."""

    joint_id: UUID
    buyer_id: int
    seller_id: int
    business_on: date
    order_ids: tuple[UUID, ...]


class JointReturnRequested(JointReturnEvent, frozen=True, kw_only=True):
    """Goods of many orders shall go back together. ``side`` is who asked, ``shown_minor`` the refund it was shown."""

    subject: ClassVar[str] = "orders.joint-return-requested.v1"

    side: str
    shown_minor: int


class JointReturnDecided(JointReturnEvent, frozen=True, kw_only=True):
    """The seller has decided once for all orders; ``status`` is ``accepted``, ``part`` or ``rejected``."""

    subject: ClassVar[str] = "orders.joint-return-decided.v1"

    status: str
    refund_minor: int
