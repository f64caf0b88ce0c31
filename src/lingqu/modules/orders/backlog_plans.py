"""Read plans of what waits: the list, one with its figures, and what it says of each order."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.routing.api import (
    NewBacklogPlan,
    NodeName,
    PlannedOrder,
    PlanOrderState,
    PlanState,
    PlanSummary,
    SkipReason,
)
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"asked_at": "asked_at"}, default="-asked_at")
_ORDER_SORTS = Sorts({"place": "place"}, default="place")


class PlanQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Filters of the list of plans."""

    state: PlanState | None = None


class BacklogPlan(Struct, frozen=True, kw_only=True):
    """A plan of what waits. ``done_count`` of ``total_count`` shares are solved; figures once it is ready.

    ``left_out``: younger orders that wait too.
    """

    id: UUID
    seller_id: int
    seller_name: str
    currency: str
    state: PlanState
    ask: NewBacklogPlan
    done_count: int
    total_count: int
    left_out: int
    summary: PlanSummary | None
    asked_at: datetime
    asked_by_name: str | None
    ready_at: datetime | None
    ended_at: datetime | None
    ended_by_name: str | None
    applied_count: int
    skipped_count: int


class PlanDocument(BacklogPlan, frozen=True, kw_only=True):
    """A plan with the names of the seller's nodes."""

    nodes: list[NodeName]


class PlanOrderQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Filters of what a plan says; ``q`` finds a part of the number or the buyer."""

    state: PlanOrderState | None = None


class PlannedSku(Struct, frozen=True, kw_only=True):
    """Goods by their names."""

    id: int
    code: str
    name_zh: str
    name_en: str
    base_unit: str


class PlanOrder(Struct, frozen=True, kw_only=True):
    """What a plan says of an order, and what became of it; ``why`` it was skipped."""

    id: UUID
    place: int
    state: PlanOrderState
    why: SkipReason | Literal[""]
    number: str | None
    status: str
    buyer_id: int
    buyer_name: str
    buyer_level: str
    placed_at: datetime
    content: PlannedOrder
    skus: list[PlannedSku] = []


async def list_plans(tx: Tx, *, scope: Scope, query: PlanQuery) -> Listed[BacklogPlan]:
    """List the plans of the caller's organizations, the newest first."""
    return await list_page(
        tx,
        SQL["list_backlog_plans"],
        BacklogPlan,
        query=query,
        sorts=_SORTS,
        id=None,
        state=query.state,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )


async def read_plan(tx: Tx, *, scope: Scope, plan_id: UUID) -> PlanDocument:
    """Read one plan.

    Raises: NotFound.
    """
    found = await tx.first(
        SQL["list_backlog_plans"],
        BacklogPlan,
        id=plan_id,
        state=None,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
    if found is None:
        raise NotFound(kind="backlog plan", id=str(plan_id))
    nodes = await tx.all(SQL["name_nodes_of"], NodeName, seller_id=found.seller_id)
    fields = {name: getattr(found, name) for name in BacklogPlan.__struct_fields__}
    return PlanDocument(**fields, nodes=nodes)


async def list_plan_orders(tx: Tx, *, scope: Scope, plan_id: UUID, query: PlanOrderQuery) -> Listed[PlanOrder]:
    """List what a plan says of each order, the oldest order first.

    Raises: NotFound.
    """
    await read_plan(tx, scope=scope, plan_id=plan_id)
    listed = await list_page(
        tx,
        SQL["list_plan_orders"],
        PlanOrder,
        query=query,
        sorts=_ORDER_SORTS,
        plan_id=plan_id,
        state=query.state,
        q=None if query.q is None else f"%{query.q}%",
    )
    ids = {line.sku_id for one in listed.items for line in one.content.lines}
    skus = {one.id: one for one in await tx.all(SQL["name_planned_skus"], PlannedSku, sku_ids=sorted(ids))}
    items = [_named(one, skus) for one in listed.items]
    return Listed(items, listed.next)


def _named(one: PlanOrder, skus: dict[int, PlannedSku]) -> PlanOrder:
    return replace(one, skus=[skus[sku_id] for sku_id in sorted({line.sku_id for line in one.content.lines})])
