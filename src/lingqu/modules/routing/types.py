"""What routing is told, and what it answers."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

RuleName = Literal["stock", "splits", "preferred", "distance", "cost", "lead-time", "freshness", "load"]
Cause = Literal["placed", "override", "rejected", "timed-out", "retried", "planned"]
Id = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]
Minor = Annotated[int, Meta(ge=0, le=1_000_000_000)]

DEFAULT_RULES: tuple[RuleName, ...] = ("stock", "splits", "preferred", "distance", "freshness", "lead-time", "load")
"""Serve whole lines, from few places, as the seller prefers, from nearby; then fresh, fast and evenly."""


class NodeSetting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a seller uses one node. No ``levels``: dealers of every level; no ``region_ids``: buyers from everywhere.

    Units: ``base_minor`` a delivery and ``per_km_minor`` a kilometre in the seller's currency; ``cut_off_minute`` of
    the seller's day, after which a day is lost; ``lines_per_day`` is what the node can pack.
    """

    node_id: Id
    preference: Annotated[int, Meta(ge=1, le=1000)] = 100
    levels: Annotated[tuple[str, ...], Meta(max_length=20)] = ()
    region_ids: Annotated[tuple[Id, ...], Meta(max_length=500)] = ()
    base_minor: Minor = 0
    per_km_minor: Minor = 0
    lead_time_days: Annotated[int, Meta(ge=0, le=365)] = 1
    cut_off_minute: Annotated[int, Meta(ge=0, le=1439)] | None = None
    lines_per_day: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None


class NewSetting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A seller's rules in their order. Distances and costs within one step count as equal.

    ``accept_hours``: a node that has not taken an order on by then loses it; None: nodes need not say so.
    ``max_parts``: over how many nodes a line may be split that no one node has whole.
    ``direct``: suppliers whose nodes are candidates too, as long as they offer to send straight to one's buyers; their
    nodes may be set like one's own.
    """

    is_active: bool = False
    rules: Annotated[tuple[RuleName, ...], Meta(min_length=1, max_length=8)] = DEFAULT_RULES
    distance_step_km: Annotated[int, Meta(ge=1, le=1000)] = 20
    cost_step_minor: Annotated[int, Meta(ge=1, le=1_000_000)] = 100
    min_days_left: Annotated[int, Meta(ge=0, le=3650)] = 0
    accept_hours: Annotated[int, Meta(ge=1, le=720)] | None = None
    max_parts: Annotated[int, Meta(ge=1, le=10)] = 1
    nodes: Annotated[tuple[NodeSetting, ...], Meta(max_length=500)] = ()
    direct: Annotated[tuple[Id, ...], Meta(max_length=100)] = ()


class RegionName(Struct, frozen=True, kw_only=True):
    """A region by its names."""

    id: int
    name_zh: str
    name_en: str


class NodeName(Struct, frozen=True):
    """A node by its name."""

    id: int
    name: str


class DirectOffer(Struct, frozen=True, kw_only=True):
    """What a supplier offers to the reader, and the nodes it would send from."""

    seller_id: int
    seller_name: str
    fee_ppm: int
    is_active: bool
    nodes: list[NodeName]


class SettingView(NewSetting, frozen=True, kw_only=True):
    """A setting as it is kept; version 0: none is kept and these are the defaults.

    ``regions`` names those of its nodes; ``buyer_levels`` are the levels that the seller's buyers have.
    """

    seller_id: int
    version: int
    currency: str
    regions: list[RegionName] = []
    buyer_levels: list[str] = []
    offers: list[DirectOffer] = []


class NewDirectOffer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a supplier offers to one buyer: to send straight to the buyer's own buyers, from some nodes or all.

    ``fee_ppm``: the service fee that the buyer then gets, of what it is charged for the goods without tax.
    """

    fee_ppm: Annotated[int, Meta(ge=0, le=500_000)]
    node_ids: Annotated[tuple[Id, ...], Meta(max_length=500)] = ()
    is_active: bool = True


class MadeOffer(NewDirectOffer, frozen=True, kw_only=True):
    """An offer as it stands; version 0: none was ever made. ``is_used``: the buyer's rules count on it."""

    buyer_id: int
    buyer_name: str
    version: int
    is_used: bool


class MadeOffers(Struct, frozen=True, kw_only=True):
    """Everybody who buys from the caller to sell on, each with its offer."""

    offers: list[MadeOffer]


class RuleStep(Struct, frozen=True):
    """One rule's word on the nodes that the rules before it had left: the lowest rank wins, None: it abstained.

    Shapes: ``ranks`` runs beside ``node_ids``.
    """

    rule: RuleName
    node_ids: tuple[int, ...]
    ranks: tuple[int | None, ...]


DropReason = Literal["area", "level", "let-go", "short", "waits", "no-terms", "no-money"]


class Dropped(Struct, frozen=True, array_like=True):
    """A node that may not serve this buyer, ``area`` or ``level``; or ``let-go``: it will not do this order.

    Of a supplier's node: it has not the whole line (``short``); the order must be approved first (``waits``); the
    supplier does not sell it like this (``no-terms``); the seller's money there does not reach (``no-money``).
    """

    node_id: int
    why: DropReason


class LineRoute(Struct, frozen=True):
    """Where a line goes and why.

    ``decided_by``: the rule that left one node; ``only``, ``node-id``, ``person``, ``split`` or ``plan``.
    ``free`` is what lay there, in base units: less than ``quantity`` means that the order's shortage policy decides.
    ``part_of``: the line that this one is a part of.
    """

    line_no: int
    sku_id: int
    quantity: int
    node_id: int
    free: int
    decided_by: str
    steps: tuple[RuleStep, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    part_of: int | None = None


class Decision(Struct, frozen=True, kw_only=True):
    """A choice as it was made, the first attempt first."""

    order_id: UUID
    attempt: int
    cause: Cause
    setting_version: int
    reason: str
    user_name: str | None
    decided_at: datetime
    lines: list[LineRoute]


class Decisions(Struct, frozen=True, kw_only=True):
    """All choices of an order, with the names of the nodes they speak of."""

    decisions: list[Decision]
    nodes: list[NodeName]


class AskLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Goods that somebody might order, in base units."""

    sku_id: Id
    quantity: Annotated[int, Meta(ge=1, le=2**53)]


class DryRunAsk(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A basket to route without ordering it; with ``setting`` by rules that are not kept yet."""

    buyer_id: Id
    lines: Annotated[tuple[AskLine, ...], Meta(min_length=1, max_length=200)]
    setting: NewSetting | None = None


class DirectSite(Struct, frozen=True, kw_only=True):
    """A node of a supplier that would send straight to the buyer, and the service fee for it."""

    node_id: int
    supplier_id: int
    fee_ppm: int


class DryRun(Struct, frozen=True, kw_only=True):
    """What routing would do now: each line's node, how many places that makes, the way and what it costs."""

    lines: list[LineRoute]
    node_count: int
    distance_km: int | None
    cost_minor: int
    nodes: list[NodeName]
    direct: list[DirectSite] = []
