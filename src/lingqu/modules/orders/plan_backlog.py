"""Plan what waits: a seller asks, a job finds the cheapest plan within its time, and whoever asked is told."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.identity.api import home_cell_of
from lingqu.modules.network.api import organization_terms
from lingqu.modules.notice.api import NewNotice, tell
from lingqu.modules.orders.gather_backlog import Gathered, gather_backlog
from lingqu.modules.routing.api import (
    Backlog,
    Moves,
    NewBacklogPlan,
    PlannedOrder,
    PlanSummary,
    Solved,
    add_plan,
    begin_plan,
    explain,
    figures,
    finish_plan,
    note_plan_progress,
    solve,
    split_up,
    total,
)
from lingqu.runtime.jobs import Job, Work, enqueue
from lingqu.runtime.program import Limits
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

KIND = "orders.plan-ready.v1"
_TITLE = Words(
    "The plan for waiting orders is ready: {count} orders would move", "欠货优化方案已就绪：可调整 {count} 张订单"
)
_LOOK_S = 1.0
_LEAST_S = 0.2
_ATTEMPTS = 20


class NothingWaits(Refusal):
    """No open order of the seller is owed goods."""

    code = "orders.nothing-waits"
    status = 409
    title = Words("Nothing waits", "没有待发的欠货")
    detail = Words("No open order is owed goods, so there is nothing to plan.", "没有未完成的订单欠货，无需优化。")


class PlanRunning(Refusal):
    """Another plan of the seller is being made."""

    code = "orders.plan-running"
    status = 409
    title = Words("A plan is being made", "方案正在计算")
    detail = Words(
        "Wait for the plan that is being made, or discard it first.", "已有方案正在计算，请等待完成或先放弃该方案。"
    )


class AskedPlan(Struct, frozen=True, kw_only=True):
    """The input of the job."""

    plan_id: UUID
    seller_id: int


class PlanAsked(Struct, frozen=True, kw_only=True):
    """A plan that was asked for."""

    id: UUID


class Solving:
    """Shares being solved in a thread, which tells how far it is and stops when asked to."""

    def __init__(self, shares: Sequence[Backlog], ask: NewBacklogPlan) -> None:
        self._ask = ask
        # Small ones first: what they leave of the time is for the large ones.
        self.shares = sorted(shares, key=lambda share: share.line_count)
        self.done_count = 0
        self.is_over = False

    def run(self) -> list[Solved]:
        """Solve one after the other; each gets of the time that is left what its lines are of the lines left."""
        seconds, lines = float(self._ask.time_limit_s), sum(share.line_count for share in self.shares)
        solved: list[Solved] = []
        for share in self.shares:
            if self.is_over:
                break
            limit = max(seconds * share.line_count / lines, _LEAST_S)
            solved.append(solve(share, Limits(seconds=limit, gap_ppm=self._ask.gap_ppm)))
            seconds, lines = max(seconds - solved[-1].seconds, 0.0), lines - share.line_count
            self.done_count += 1
        return solved


async def ask_plan(tx: Tx, *, scope: Scope, ask: NewBacklogPlan) -> PlanAsked:
    """Ask for a plan of what waits at the caller's own organization; a job makes it.

    Raises: NothingWaits, PlanRunning.
    """
    cell_id, seller_id = scope.cell_id, scope.organization_id
    waiting = await tx.tuples(SQL["find_backlog"], cell_id=cell_id, seller_id=seller_id, now=tx.now, limit=1)
    if not waiting:
        raise NothingWaits
    plan_id = await add_plan(tx, cell_id=cell_id, seller_id=seller_id, ask=ask)
    if plan_id is None:
        raise PlanRunning
    await enqueue(tx, PLAN_BACKLOG, input=AskedPlan(plan_id=plan_id, seller_id=seller_id))
    tx.record("backlog plan", plan_id, after=ask, cell_id=cell_id)
    return PlanAsked(id=plan_id)


async def make_plan(work: Work, asked: AskedPlan) -> None:
    """Gather, solve and keep; taken over after a crash it begins anew. A plan that was discarded is left alone."""
    plan_id = asked.plan_id

    async def begin(tx: Tx) -> tuple[NewBacklogPlan, Gathered] | None:
        ask = await begin_plan(tx, cell_id=work.cell_id, plan_id=plan_id)
        if ask is None:
            return None
        return ask, await gather_backlog(tx, cell_id=work.cell_id, seller_id=asked.seller_id, ask=ask)

    begun = await work.step(begin, done_count=0, total_count=1)
    if begun is None:
        return
    ask, gathered = begun
    solving = Solving(split_up(gathered.backlog), ask)
    solved = await _watched(work, plan_id, solving)
    if not solving.is_over:
        summary, orders = told(gathered.backlog, solving.shares, solved)
        count = len(solving.shares)
        await work.step(
            lambda tx: keep_plan(tx, work.cell_id, asked, gathered, summary=summary, orders=orders, shares=count),
            done_count=count,
            total_count=count,
        )


PLAN_BACKLOG = Job("orders.plan-backlog", AskedPlan, make_plan, attempts=_ATTEMPTS)


async def _watched(work: Work, plan_id: UUID, solving: Solving) -> list[Solved]:
    """Solve beside everything else the process does, and write down once in a while how far it is."""
    running = asyncio.create_task(asyncio.to_thread(solving.run))
    count = len(solving.shares)

    async def note(tx: Tx) -> bool:
        return await note_plan_progress(
            tx, cell_id=work.cell_id, plan_id=plan_id, done_count=solving.done_count, total_count=count
        )

    try:
        while not (await asyncio.wait({running}, timeout=_LOOK_S))[0]:
            is_wanted = await work.step(note, done_count=solving.done_count, total_count=count)
            solving.is_over = not is_wanted
    except BaseException:
        solving.is_over = True
        raise
    return await running


def told(
    backlog: Backlog, shares: Sequence[Backlog], solved: Sequence[Solved]
) -> tuple[PlanSummary, list[PlannedOrder]]:
    """Put the shares together again."""
    pairs = list(zip(shares, solved, strict=True))
    moves: Moves = {name: parts for _, one in pairs for name, parts in one.moves.items()}
    plan = total(figures(share, one.moves) for share, one in pairs)
    bound = sum(one.bound_minor for one in solved)
    orders = explain(backlog, moves)
    summary = PlanSummary(
        nothing=total(figures(share, {}) for share in shares),
        greedy=total(figures(share, one.greedy) for share, one in pairs),
        plan=plan,
        bound_minor=bound,
        gap_ppm=-(-(plan.cost_minor - bound) * 1_000_000 // max(plan.cost_minor, 1)),
        solve_ms=round(sum(one.seconds for one in solved) * 1000),
        late_minor=backlog.terms.late_minor,
        split_minor=backlog.terms.split_minor,
        order_count=len(orders),
        line_count=backlog.line_count,
        move_count=sum(one.moves for one in orders),
    )
    return summary, orders


async def keep_plan(
    tx: Tx,
    cell_id: int,
    asked: AskedPlan,
    gathered: Gathered,
    *,
    summary: PlanSummary,
    orders: Sequence[PlannedOrder],
    shares: int,
) -> None:
    is_kept = await finish_plan(
        tx,
        cell_id=cell_id,
        plan_id=asked.plan_id,
        summary=summary,
        orders=orders,
        setting_version=gathered.setting_version,
        left_out=gathered.left_out,
        share_count=shares,
    )
    if not is_kept:
        return
    tx.record("backlog plan", asked.plan_id, after=summary, cell_id=cell_id)
    if tx.actor is None or tx.actor.user_id is None:
        return
    party_id = (await organization_terms(tx, organization_ids=[asked.seller_id]))[asked.seller_id].party_id
    facts = {"count": summary.move_count}
    notice = NewNotice(
        cell_id=await home_cell_of(tx, party_id=party_id),
        party_id=party_id,
        user_ids=(tx.actor.user_id,),
        kind=KIND,
        title=Words(_TITLE.en.format(**facts), _TITLE.zh.format(**facts)),
        path=f"/backlog-plans/{asked.plan_id}",
    )
    await tell(tx, notice=notice)
