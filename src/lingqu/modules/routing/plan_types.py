"""What a plan of the backlog is asked with, and what it says: figures, and each order's moves with the reasons."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.modules.routing.plan_figures import PlanFigures
from lingqu.modules.routing.types import Minor

PlanState = Literal["waiting", "solving", "ready", "applied", "discarded"]
PlanOrderState = Literal["stays", "moves", "applied", "skipped"]
MoveReason = Literal["free-here", "goods-there", "together", "split", "cheaper", "makes-room"]
StayReason = Literal["nobody-serves", "none-free", "given-to-others", "no-room", "too-dear"]
SkipReason = Literal["closed", "changed", "not-serving", "goods-gone"]


class NewBacklogPlan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a plan weighs, how long it may take and how far from the best it may lie.

    ``late_minor``: what a pack costs that waits a day; None: serving comes before saving. ``split_minor``: a further
    part of a line. ``gap_ppm``: of its own cost; 0: the best, if there is time.
    """

    late_minor: Annotated[int, Meta(ge=1, le=10_000_000)] | None = None
    split_minor: Minor = 500
    time_limit_s: Annotated[int, Meta(ge=1, le=300)] = 20
    gap_ppm: Annotated[int, Meta(ge=0, le=200_000)] = 0


class PlanSummary(Struct, frozen=True, kw_only=True):
    """A plan beside greedy and beside doing nothing. ``gap_ppm``: how much dearer than the bound it may be, at most.

    ``late_minor`` is what a pack and day was reckoned with; ``move_count`` orders of ``order_count`` that move.
    """

    nothing: PlanFigures
    greedy: PlanFigures
    plan: PlanFigures
    bound_minor: int
    gap_ppm: int
    solve_ms: int
    late_minor: int
    split_minor: int
    order_count: int
    line_count: int
    move_count: int


class PlannedPart(Struct, frozen=True, kw_only=True):
    """What leaves from a node: ``quantity`` of which ``served`` is promised and the rest is owed there."""

    node_id: int
    bin_id: int
    quantity: int
    served: int


class PlanOption(Struct, frozen=True, kw_only=True):
    """A node that might serve a line: what lay free there, the way, and what a delivery costs."""

    node_id: int
    free: int
    km: int | None
    cost_minor: int


class PlannedLine(Struct, frozen=True, kw_only=True):
    """A line as the plan found it, and where it goes; without parts it stays. Units: base units."""

    line_no: int
    sku_id: int
    node_id: int
    bin_id: int
    open: int
    reserved: int
    shipped: int
    cancelled: int
    parts: tuple[PlannedPart, ...]
    why: MoveReason | StayReason
    options: tuple[PlanOption, ...]


class PlannedOrder(Struct, frozen=True, kw_only=True):
    """An order in a plan. ``way_minor``: what its deliveries cost before and after."""

    order_id: UUID
    way_before_minor: int
    way_after_minor: int
    lines: tuple[PlannedLine, ...]

    @property
    def moves(self) -> bool:
        """Tell whether anything of it moves."""
        return any(line.parts for line in self.lines)
