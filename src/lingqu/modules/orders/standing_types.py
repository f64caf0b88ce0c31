"""What a standing order is made of: what buyers send, what stands in its row, what each side sees."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.modules.orders.basket import BasketLine
from lingqu.modules.orders.rhythm import Rhythm
from lingqu.modules.orders.template_lines import ListedPack
from lingqu.modules.orders.templates import Name
from lingqu.modules.orders.types import Address, LongText, ShortagePolicy, ShortText, SkuId

LeadDays = Annotated[int, Meta(ge=0, le=60)]


class Wishes(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every order of it says besides its lines; only the buyer sees this."""

    ship_to: Address | None = None
    receiving_node_id: SkuId | None = None
    po_number: ShortText = ""
    note: LongText = ""
    shortage_policy: ShortagePolicy | None = None


class StandingContent(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A standing order as its buyer wants it: lines of its own, or a template's as it is on the day of placing.

    An order is placed ``lead_days`` before each date, in the buyer's time zone, and asks for delivery on the date.
    """

    name: Name
    rhythm: Rhythm
    starts_on: date
    ends_on: date | None = None
    skipped_on: Annotated[list[date], Meta(max_length=100)] = []
    lead_days: LeadDays = 0
    is_paused: bool = False
    template_id: UUID | None = None
    lines: Annotated[list[ListedPack], Meta(max_length=2000)] = []
    wishes: Wishes = Wishes()


class NewStanding(StandingContent, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A standing order to be made."""

    seller_id: SkuId


class StandingRow(Struct, frozen=True, kw_only=True):
    """A standing order as it is stored; ``template_lines`` are those of its template now."""

    cell_id: int
    id: UUID
    buyer_id: int
    buyer_name: str
    seller_id: int
    seller_name: str
    name: str
    template_id: UUID | None
    template_name: str | None
    template_lines: list[ListedPack] | None
    lines: list[ListedPack]
    rhythm: Rhythm
    wishes: Wishes
    starts_on: date
    ends_on: date | None
    skipped_on: list[date]
    lead_days: int
    is_paused: bool
    time_zone: str
    next_due_on: date | None
    saved_by: int | None
    saved_by_name: str
    saved_at: datetime
    ended_at: datetime | None
    version: int

    @property
    def asked(self) -> list[ListedPack]:
        """What the next order would ask for."""
        return self.lines if self.template_id is None else self.template_lines or []


class StandingRun(Struct, frozen=True, kw_only=True):
    """One date: waiting, placed as an order, or refused for good with the problem in the reader's language."""

    due_on: date
    state: Literal["waiting", "placed", "refused"]
    order_id: UUID | None
    order_number: str | None
    problem: Any
    decided_at: datetime | None


class Standing(Struct, frozen=True, kw_only=True):
    """A standing order as its reader may see it; ``wishes`` and the template are the buyer's alone."""

    id: UUID
    side: Literal["buyer", "seller"]
    state: Literal["active", "paused", "ended"]
    buyer_id: int
    buyer_name: str
    seller_id: int
    seller_name: str
    name: str
    rhythm: Rhythm
    starts_on: date
    ends_on: date | None
    skipped_on: list[date]
    lead_days: int
    is_paused: bool
    time_zone: str
    next_due_on: date | None
    upcoming: list[date]
    template_id: UUID | None
    template_name: str | None
    lines: list[BasketLine]
    wishes: Wishes | None
    saved_by_name: str
    saved_at: datetime
    version: int


class StandingDocument(Standing, frozen=True, kw_only=True):
    """A standing order with its dates so far, the latest first."""

    runs: list[StandingRun]


class Demand(Struct, frozen=True, kw_only=True):
    """What standing orders will ask of a seller, in base units of a SKU, if nothing changes."""

    sku_id: int
    sku_code: str
    name_zh: str
    name_en: str
    base_unit: str
    quantity: int
    order_count: int
    first_due_on: date
