"""Keep plans of the backlog: asked for, being solved, ready with their figures, applied or discarded."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from msgspec import Struct
from psycopg.types.json import Jsonb

from lingqu.kernel.errors import NotFound
from lingqu.kernel.ids import uuid7
from lingqu.modules.routing.plan_types import NewBacklogPlan, PlannedOrder, PlanState, PlanSummary, SkipReason
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class _Moves(Struct, frozen=True):
    order_id: UUID
    content: PlannedOrder


async def add_plan(tx: Tx, *, cell_id: int, seller_id: int, ask: NewBacklogPlan) -> UUID | None:
    """Write down that a seller wants a plan; None where another one of it is being made."""
    plan_id = uuid7(at=tx.now)
    is_added = await tx.run(
        SQL["add_backlog_plan"],
        cell_id=cell_id,
        id=plan_id,
        seller_id=seller_id,
        ask=Jsonb(msgspec.to_builtins(ask)),
        user_id=None if tx.actor is None else tx.actor.user_id,
        now=tx.now,
    )
    return plan_id if is_added else None


async def begin_plan(tx: Tx, *, cell_id: int, plan_id: UUID) -> NewBacklogPlan | None:
    """Begin to solve, or begin again after a crash; None where it is not wanted any more."""
    asked = await tx.values(SQL["begin_backlog_plan"], NewBacklogPlan, cell_id=cell_id, id=plan_id)
    return asked[0] if asked else None


async def note_plan_progress(tx: Tx, *, cell_id: int, plan_id: UUID, done_count: int, total_count: int) -> bool:
    """Write down how far a plan has come; tell whether it is still wanted."""
    touched = await tx.run(
        SQL["note_plan_progress"], cell_id=cell_id, id=plan_id, done_count=done_count, total_count=total_count
    )
    return touched > 0


async def finish_plan(
    tx: Tx,
    *,
    cell_id: int,
    plan_id: UUID,
    summary: PlanSummary,
    orders: Sequence[PlannedOrder],
    setting_version: int,
    left_out: int,
    share_count: int,
) -> bool:
    """Keep a plan with what it says of each order; False, keeping nothing, where it is not wanted any more."""
    wanted = await tx.tuples(
        SQL["finish_backlog_plan"],
        cell_id=cell_id,
        id=plan_id,
        total_count=share_count,
        summary=Jsonb(msgspec.to_builtins(summary)),
        setting_version=setting_version,
        left_out=left_out,
        now=tx.now,
    )
    if wanted and orders:
        await tx.run(
            SQL["keep_plan_orders"],
            cell_id=cell_id,
            plan_id=plan_id,
            order_id=[one.order_id for one in orders],
            place=list(range(1, len(orders) + 1)),
            state=["moves" if one.moves else "stays" for one in orders],
            content=[msgspec.json.encode(one).decode() for one in orders],
        )
    return bool(wanted)


async def lock_plan(tx: Tx, *, cell_id: int, plan_id: UUID, seller_id: int) -> PlanState:
    """Lock a plan of a seller and tell its state.

    Raises: NotFound.
    """
    state: Any = await tx.values(SQL["lock_backlog_plan"], str, cell_id=cell_id, id=plan_id, seller_id=seller_id)
    if not state:
        raise NotFound(kind="backlog plan", id=str(plan_id))
    found: PlanState = state[0]
    return found


async def read_moves(tx: Tx, *, cell_id: int, plan_id: UUID) -> list[PlannedOrder]:
    """Read what a plan would move, the oldest order first."""
    rows = await tx.all(SQL["read_planned_moves"], _Moves, cell_id=cell_id, plan_id=plan_id)
    return [row.content for row in rows]


async def end_plan(
    tx: Tx,
    *,
    cell_id: int,
    plan_id: UUID,
    state: Literal["applied", "discarded"],
    outcome: Mapping[UUID, SkipReason | None],
) -> None:
    """End a locked plan, and say of each order that it moved, or why it was skipped."""
    await tx.run(
        SQL["end_backlog_plan"],
        cell_id=cell_id,
        id=plan_id,
        state=state,
        user_id=None if tx.actor is None else tx.actor.user_id,
        now=tx.now,
    )
    if outcome:
        await tx.run(
            SQL["mark_plan_orders"],
            cell_id=cell_id,
            plan_id=plan_id,
            order_id=list(outcome),
            state=["skipped" if why else "applied" for why in outcome.values()],
            why=[why or "" for why in outcome.values()],
        )


async def next_attempts(tx: Tx, *, cell_id: int, order_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Number the next choices of orders that the caller has locked."""
    return dict(await tx.tuples(SQL["next_attempts"], cell_id=cell_id, order_ids=list(order_ids)))


async def purge_plans(tx: Tx, *, cell_id: int, before: datetime) -> int:
    """Forget plans that were asked for before an instant, and count them."""
    await tx.run(SQL["purge_plan_orders"], cell_id=cell_id, before=before)
    return await tx.run(SQL["purge_backlog_plans"], cell_id=cell_id, before=before)
