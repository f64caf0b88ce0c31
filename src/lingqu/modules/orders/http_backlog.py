"""Routes of plans for what waits: ask for one, look at it, apply or discard it."""

from uuid import UUID

from lingqu.kernel.errors import NotFound, Refusal
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.orders import apply_plan as ending
from lingqu.modules.orders import backlog_plans, plan_backlog
from lingqu.modules.orders.apply_plan import NothingPlanned, PlanEnded
from lingqu.modules.orders.backlog_plans import BacklogPlan, PlanDocument, PlanOrder, PlanOrderQuery, PlanQuery
from lingqu.modules.orders.plan_backlog import NothingWaits, PlanAsked, PlanRunning
from lingqu.modules.routing.api import NewBacklogPlan
from lingqu.runtime.http.route import get, post
from lingqu.runtime.paging import Listed
from lingqu.runtime.tx import Tx

_STEP: tuple[type[Refusal], ...] = (NotFound, WrongState)


@get("/backlog-plans", permission="routing.read", summary="Plans for orders that wait for goods")
async def list_backlog_plans(tx: Tx, *, scope: Scope, query: PlanQuery) -> Listed[BacklogPlan]:
    return await backlog_plans.list_plans(tx, scope=scope, query=query)


@post(
    "/backlog-plans",
    permission="routing.plan",
    summary="Plan from where the orders that wait are served best",
    refusals=[NothingWaits, PlanRunning],
)
async def ask_backlog_plan(tx: Tx, *, scope: Scope, body: NewBacklogPlan) -> PlanAsked:
    return await plan_backlog.ask_plan(tx, scope=scope, ask=body)


@get("/backlog-plans/{plan_id:uuid}", permission="routing.read", summary="A plan and its figures", refusals=[NotFound])
async def read_backlog_plan(tx: Tx, *, scope: Scope, plan_id: UUID) -> PlanDocument:
    return await backlog_plans.read_plan(tx, scope=scope, plan_id=plan_id)


@get(
    "/backlog-plans/{plan_id:uuid}/orders",
    permission="routing.read",
    summary="What a plan does with each order, and why",
    refusals=[NotFound],
)
async def list_plan_orders(tx: Tx, *, scope: Scope, plan_id: UUID, query: PlanOrderQuery) -> Listed[PlanOrder]:
    return await backlog_plans.list_plan_orders(tx, scope=scope, plan_id=plan_id, query=query)


@post(
    "/backlog-plans/{plan_id:uuid}/application",
    permission="routing.plan",
    summary="Move what a plan moves; orders that changed meanwhile are skipped",
    status=200,
    refusals=(*_STEP, NothingPlanned),
)
async def apply_backlog_plan(tx: Tx, *, scope: Scope, plan_id: UUID) -> PlanEnded:
    return await ending.apply_plan(tx, scope=scope, plan_id=plan_id)


@post(
    "/backlog-plans/{plan_id:uuid}/discarding",
    permission="routing.plan",
    summary="Discard a plan, or one that is being made",
    status=200,
    refusals=_STEP,
)
async def discard_backlog_plan(tx: Tx, *, scope: Scope, plan_id: UUID) -> PlanEnded:
    return await ending.discard_plan(tx, scope=scope, plan_id=plan_id)


ROUTES = (
    list_backlog_plans,
    ask_backlog_plan,
    read_backlog_plan,
    list_plan_orders,
    apply_backlog_plan,
    discard_backlog_plan,
)
