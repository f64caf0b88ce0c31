"""Apply a plan of what waits: under locks, orders that are as the plan found them move, the others are skipped."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Literal
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.network.api import organization_terms
from lingqu.modules.orders.move_planned import Move, move_planned
from lingqu.modules.orders.sheet import LineRow, Sheet, lock_sheets
from lingqu.modules.routing.api import (
    Course,
    PlannedLine,
    PlannedOrder,
    SkipReason,
    end_plan,
    find_answers,
    find_courses_of,
    lock_plan,
    read_moves,
    without,
)
from lingqu.modules.stock.api import bin_of, lock_free
from lingqu.runtime.tx import Tx

_OPEN = frozenset({"placed", "confirmed"})
_SAID = {"applied": "carried out", "waiting": "queued"}
"""States that other things have too, in other Chinese words."""


class NothingPlanned(Refusal):
    """The plan moves nothing."""

    code = "orders.nothing-planned"
    status = 409
    title = Words("Nothing to apply", "方案无可执行内容")
    detail = Words("This plan leaves every order where it is.", "该方案未调整任何订单。")


class PlanEnded(Struct, frozen=True, kw_only=True):
    """A plan that was applied or discarded, with how many orders moved and how many were skipped."""

    id: UUID
    state: Literal["applied", "discarded"]
    applied_count: int = 0
    skipped_count: int = 0


async def apply_plan(tx: Tx, *, scope: Scope, plan_id: UUID) -> PlanEnded:
    """Apply one of the caller's own plans, all in this transaction.

    Orders are locked in the order of their ids, then stock keys in theirs. What a plan counted on and is not free any
    more, the youngest orders give up.

    Raises: NotFound, WrongState, NothingPlanned.
    """
    cell_id = scope.cell_id
    await _lock(tx, scope, plan_id, "apply", {"ready"})
    planned = await read_moves(tx, cell_id=cell_id, plan_id=plan_id)
    if not planned:
        raise NothingPlanned
    own = (await organization_terms(tx, organization_ids=[scope.organization_id]))[scope.organization_id]
    today = business_date(tx.now, own.time_zone)
    sheets = await lock_sheets(tx, cell_id=cell_id, order_ids=[one.order_id for one in planned])
    courses = await _courses(tx, cell_id, scope.organization_id, sheets)
    outcome: dict[UUID, SkipReason | None] = {
        one.order_id: _skipped(tx, one, sheets.get(one.order_id), courses.get(one.order_id)) for one in planned
    }
    able = [one for one in planned if outcome[one.order_id] is None]
    free = await _free(tx, cell_id, able, sheets, today)
    gone = _too_many(able, sheets, free)
    outcome |= dict.fromkeys(gone, "goods-gone")
    moves = [
        Move(sheet=sheets[one.order_id], course=courses[one.order_id], lines=[line for line in one.lines if line.parts])
        for one in able
        if one.order_id not in gone
    ]
    await move_planned(tx, cell_id=cell_id, plan_id=plan_id, moves=moves, free=free, business_on=today)
    await end_plan(tx, cell_id=cell_id, plan_id=plan_id, state="applied", outcome=outcome)
    ended = PlanEnded(id=plan_id, state="applied", applied_count=len(moves), skipped_count=len(outcome) - len(moves))
    tx.record("backlog plan", plan_id, after=ended, cell_id=cell_id)
    return ended


async def discard_plan(tx: Tx, *, scope: Scope, plan_id: UUID) -> PlanEnded:
    """Discard one of the caller's own plans; one that is being made is not kept.

    Raises: NotFound, WrongState.
    """
    await _lock(tx, scope, plan_id, "discard", {"waiting", "solving", "ready"})
    await end_plan(tx, cell_id=scope.cell_id, plan_id=plan_id, state="discarded", outcome={})
    ended = PlanEnded(id=plan_id, state="discarded")
    tx.record("backlog plan", plan_id, after=ended, cell_id=scope.cell_id)
    return ended


async def _lock(tx: Tx, scope: Scope, plan_id: UUID, step: str, possible: Collection[str]) -> None:
    state = await lock_plan(tx, cell_id=scope.cell_id, plan_id=plan_id, seller_id=scope.organization_id)
    if state not in possible:
        raise WrongState(
            kind="backlog plan",
            id=str(plan_id),
            state=_SAID.get(state, state),
            step=step,
            possible=", ".join(sorted(_SAID.get(one, one) for one in possible)),
        )


async def _courses(tx: Tx, cell_id: int, seller_id: int, sheets: Mapping[UUID, Sheet]) -> dict[UUID, Course]:
    """Look again at who may serve whom, and which nodes let an order go meanwhile."""
    buyers = {sheet.order.buyer_id for sheet in sheets.values() if sheet.order.buyer_id is not None}
    full = await find_courses_of(tx, seller_id=seller_id, buyer_ids=buyers)
    answers = await find_answers(tx, cell_id=cell_id, order_ids=list(sheets))
    return {
        order_id: without(
            full[sheet.order.buyer_id], {answer.node_id for answer in answers[order_id] if answer.lets_go}
        )
        for order_id, sheet in sheets.items()
        if sheet.order.buyer_id is not None
    }


def _skipped(tx: Tx, one: PlannedOrder, sheet: Sheet | None, course: Course | None) -> SkipReason | None:
    """Tell why an order is not what the plan knew, or None."""
    if sheet is None or course is None or sheet.order.status not in _OPEN:
        return "closed"
    if sheet.order.expires_at is not None and sheet.order.expires_at <= tx.now:
        return "closed"
    rows = {line.line_no: line for line in sheet.lines}
    moved = [line for line in one.lines if line.parts]
    if any(line.line_no not in rows or _facts(rows[line.line_no]) != _known(line) for line in moved):
        return "changed"
    serving = dict(zip(course.node_ids, course.bin_ids, strict=True))
    if any(serving.get(part.node_id) != part.bin_id for line in moved for part in line.parts):
        return "not-serving"
    return None


def _facts(line: LineRow) -> tuple[int, ...]:
    return (bin_of(line.key), line.reserved + line.owed, line.reserved, line.shipped, line.cancelled)


def _known(line: PlannedLine) -> tuple[int, ...]:
    return (line.bin_id, line.open, line.reserved, line.shipped, line.cancelled)


async def _free(
    tx: Tx, cell_id: int, able: Sequence[PlannedOrder], sheets: Mapping[UUID, Sheet], business_on: date
) -> dict[int, int]:
    keys = {key for one in able for key in [*_takes(one), *_gives_back(one, sheets[one.order_id])]}
    return await lock_free(tx, cell_id=cell_id, keys=keys, business_on=business_on) if keys else {}


def _takes(one: PlannedOrder) -> Counter[int]:
    taken: Counter[int] = Counter()
    for line in one.lines:
        for part in line.parts:
            taken[part.bin_id << 32 | line.sku_id] += part.served
    return taken


def _gives_back(one: PlannedOrder, sheet: Sheet) -> Counter[int]:
    back: Counter[int] = Counter()
    for line in one.lines:
        if line.parts:
            back[sheet.line(line.line_no).key] += line.reserved
    return back


def _too_many(able: Sequence[PlannedOrder], sheets: Mapping[UUID, Sheet], free: Mapping[int, int]) -> set[UUID]:
    """Find orders to skip until what is left fits: the youngest that takes what is short, again and again.

    Who is skipped gives nothing back either, so others may then be short.
    """
    left: dict[int, int] = defaultdict(int, free)
    takers: dict[int, list[PlannedOrder]] = defaultdict(list)
    for one in able:
        for key, quantity in _gives_back(one, sheets[one.order_id]).items():
            left[key] += quantity
        for key, quantity in _takes(one).items():
            left[key] -= quantity
            takers[key].append(one)
    gone: set[UUID] = set()
    short = [key for key in takers if left[key] < 0]
    while short:
        key = short.pop()
        while left[key] < 0 and takers[key]:
            last = takers[key].pop()
            if last.order_id in gone:
                continue
            gone.add(last.order_id)
            for other, quantity in _takes(last).items():
                left[other] += quantity
            for other, quantity in _gives_back(last, sheets[last.order_id]).items():
                left[other] -= quantity
                if left[other] < 0:
                    short.append(other)
    return gone
