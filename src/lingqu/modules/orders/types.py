"""What an order is made of: what callers send, and what each side sees."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.modules.approval.api import Request
from lingqu.modules.orders.rules import JudgementView

SkuId = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Packs = Annotated[int, Meta(ge=1, le=1_000_000)]
ShortText = Annotated[str, Meta(max_length=100)]
LongText = Annotated[str, Meta(max_length=1000)]
Quantity = Annotated[int, Meta(ge=0, le=2**53)]
SomeQuantity = Annotated[int, Meta(ge=1, le=2**53)]

Channel = Literal["console", "phone", "pos", "api", "mall", "standing"]
ShortagePolicy = Literal["all-or-nothing", "take-free", "back-order"]


class OrderStatus(StrEnum):
    """Where the order as a whole stands; approval, payment, fulfilment and returns have axes of their own."""

    PLACED = "placed"
    CONFIRMED = "confirmed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class NewLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A line as ordered: packs of one kind. Without a pack it counts base units."""

    sku_id: SkuId
    packs: Packs
    pack_id: SkuId | None = None


class Address(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where goods go, as written on the delivery note."""

    contact: ShortText = ""
    phone: Annotated[str, Meta(max_length=30)] = ""
    text: Annotated[str, Meta(max_length=300)] = ""


NOWHERE = Address()
"""Nothing written: goods go where the buyer takes them in."""


class NewOrder(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """An order as a buyer sends it, or a seller on the buyer's behalf (``buyer_id``)."""

    seller_id: SkuId
    lines: Annotated[list[NewLine], Meta(min_length=1, max_length=2000)]
    buyer_id: SkuId | None = None
    ship_to: Address | None = None
    receiving_node_id: SkuId | None = None
    requested_on: date | None = None
    po_number: ShortText = ""
    note: LongText = ""
    shortage_policy: ShortagePolicy | None = None
    expected_total_minor: Quantity | None = None
    business_on: date | None = None
    draft_id: UUID | None = None


class ShortLine(Struct, frozen=True):
    """What a line got of what it asked for, in base units."""

    line_no: int
    sku_id: int
    asked: int
    free: int


class Placed(Struct, frozen=True, kw_only=True, gc=False):
    """The answer to a placed order."""

    id: UUID
    status: str
    approval_status: str
    currency: str
    total_minor: int
    expires_at: datetime | None = None
    short_lines: tuple[ShortLine, ...] = ()
    version: int = 1


class OrderLine(Struct, frozen=True, kw_only=True):
    """A line as both sides see it. Quantities in base units; money for the whole line.

    ``supplier_id``: who sends it straight to the buyer; then ``reserved`` is what is reserved there.
    """

    line_no: int
    sku_id: int
    sku_code: str
    name_zh: str
    name_en: str
    base_unit: str
    pack_id: int
    pack_name_zh: str
    pack_name_en: str
    asked_packs: int
    packs: int
    units_per_pack: int
    quantity: int
    reserved: int
    back_ordered: int
    cancelled: int
    shipped: int
    received: int
    short: int
    returned: int
    price_minor: int
    is_tax_included: bool
    tax_ppm: int
    discount_minor: int
    tax_minor: int
    total_minor: int
    price_item_id: int | None
    node_name: str
    part_of: int | None = None
    supplier_id: int | None = None


class OrderStep(Struct, frozen=True, kw_only=True):
    """One line of the order's history."""

    name: str
    from_status: str
    to_status: str
    actor_name: str
    reason: str
    facts: dict[str, Any]
    taken_at: datetime


class OrderPayment(Struct, frozen=True, kw_only=True):
    """What one account pays of the order."""

    account_id: UUID
    account_kind: str
    amount_minor: int
    settled_minor: int
    released_minor: int
    refunded_minor: int


class ShipmentLine(Struct, frozen=True, kw_only=True):
    """Goods of one lot in a shipment."""

    position: int
    line_no: int
    lot_code: str | None
    expires_on: date | None
    quantity: int
    received: int
    short: int
    short_reason: str


class Shipment(Struct, frozen=True, kw_only=True):
    """Goods that left together."""

    id: UUID
    number: str
    status: str
    carrier: str
    tracking: str
    business_on: date
    shipped_at: datetime
    received_at: datetime | None
    lines: list[ShipmentLine]


class ReturnLine(Struct, frozen=True, kw_only=True):
    """Goods of one line that go back. ``accepted`` None: all or nothing of it, as the whole return."""

    line_no: int
    quantity: int
    refund_minor: int
    accepted: int | None = None
    reason: str = ""
    decision_reason: str = ""


class Return(Struct, frozen=True, kw_only=True):
    """Goods asked back, and what the seller decided; or its supplier, who sent them (``is_supplier_asked``).

    ``joint_id``: it is a part of a request over many orders.
    """

    id: UUID
    number: str
    status: str
    reason: str
    decision_reason: str
    refund_minor: int
    requested_at: datetime
    decided_at: datetime | None
    joint_id: UUID | None = None
    lines: list[ReturnLine]
    is_supplier_asked: bool = False


class LineState(Struct, frozen=True, kw_only=True):
    """A line before or after a change; ``quantity`` leaves out what was closed or cancelled."""

    line_no: int
    sku_id: int
    sku_code: str
    name_zh: str
    name_en: str
    base_unit: str
    pack_id: int
    units_per_pack: int
    quantity: int
    price_minor: int
    total_minor: int


class OrderState(Struct, frozen=True, kw_only=True):
    """What a change touches, before or after it. ``payable_minor`` leaves out what was closed or cancelled."""

    lines: list[LineState]
    freight_minor: int
    payable_minor: int
    requested_on: date | None
    ship_to: Address


class Revision(Struct, frozen=True, kw_only=True):
    """One change of a placed order: who, when, why, and what it changes. ``lapsed``: the order ended before."""

    id: UUID
    side: Literal["buyer", "seller"]
    status: Literal["proposed", "made", "declined", "withdrawn", "lapsed"]
    reason: str
    before: OrderState
    after: OrderState
    asked_by_name: str
    asked_at: datetime
    decided_by_name: str
    decided_at: datetime | None
    decision_reason: str


class Direct(Struct, frozen=True, kw_only=True):
    """What a supplier sends straight to the buyer.

    ``line_nos`` of this order; ``supplier`` sends and ``receiver`` gets it. The order on the other side of the pair is
    named to who is a party to both; the fee to who pays or gets it.
    """

    supplier_id: int
    supplier_name: str
    receiver_id: int
    receiver_name: str
    line_nos: list[int]
    order_id: UUID | None = None
    order_number: str | None = None
    order_status: str | None = None
    fee_ppm: int | None = None
    fee_minor: int | None = None


class BuyerSide(Struct, frozen=True, kw_only=True):
    """What only the buyer sees."""

    po_number: str = ""
    note: str = ""
    receiving_node_id: int | None = None


class NodeWork(Struct, frozen=True, kw_only=True):
    """The lines of an order that one node has to send, and its answer; None: it has not said anything."""

    node_id: int
    node_name: str
    line_nos: list[int]
    answer: Literal["accepted", "rejected", "timed-out"] | None = None
    reason: str = ""
    answered_by: str | None = None
    answered_at: datetime | None = None


class Held(Struct, frozen=True, kw_only=True):
    """Why and since when something of an order can be sent by nobody."""

    cause: Literal["rejected", "timed-out"]
    reason: str
    held_at: datetime
    try_count: int


class SellerSide(Struct, frozen=True, kw_only=True):
    """What only the seller sees. ``cost_minor`` and margin only with the permission for cost.

    ``work`` says what each node has to send and whether it takes that on, until ``due_at``; ``held``: nobody can.
    ``is_routed``: a choice among nodes was made, and can be read. ``judgement``: what the seller's rules said when the
    order was placed, if one touched it; ``approval``: who was asked and what they decided.
    """

    note: str = ""
    judgement: JudgementView | None = None
    approval: Request | None = None
    cost_minor: int | None = None
    margin_minor: int | None = None
    work: list[NodeWork] = []
    is_routed: bool = False
    due_at: datetime | None = None
    held: Held | None = None


class OrderSummary(Struct, frozen=True, kw_only=True):
    """An order in a list."""

    id: UUID
    number: str | None
    kind: str
    channel: str
    buyer_id: int | None
    buyer_name: str
    seller_id: int
    seller_name: str
    status: str
    approval_status: str
    payment_status: str
    fulfilment_status: str
    return_status: str
    currency: str
    total_minor: int
    line_count: int
    business_on: date
    placed_at: datetime
    requested_on: date | None


class OrderHead(Struct, frozen=True, kw_only=True):
    """The document without its lines and without what belongs to one side. ``is_on_behalf``: the seller entered it.

    ``ship_from``: the seller's node that most of its own lines leave from; what a supplier sends stands in ``direct``.
    """

    id: UUID
    number: str | None
    kind: str
    channel: str
    buyer_id: int | None
    buyer_name: str
    seller_id: int
    seller_name: str
    status: str
    approval_status: str
    payment_status: str
    fulfilment_status: str
    return_status: str
    shortage_policy: str
    title_passes: str
    currency: str
    goods_minor: int
    discount_minor: int
    freight_minor: int
    tax_minor: int
    total_minor: int
    ship_from: int
    ship_from_name: str
    ship_to: Address
    business_on: date
    requested_on: date | None
    placed_at: datetime
    placed_by_name: str
    is_on_behalf: bool
    expires_at: datetime | None
    version: int


class Order(OrderHead, frozen=True, kw_only=True):
    """The whole document as the caller may see it: one side's own fields are null for the other.

    ``unpaid_minor``, for the two sides: what the buyer owes on credit for it, or will when the rest is sent.
    """

    side: Literal["buyer", "seller", "observer"]
    lines: list[OrderLine]
    payments: list[OrderPayment]
    shipments: list[Shipment]
    returns: list[Return]
    revisions: list[Revision]
    steps: list[OrderStep]
    actions: list[str]
    buyer_side: BuyerSide | None
    seller_side: SellerSide | None
    direct: list[Direct] = []
    unpaid_minor: int | None = None
