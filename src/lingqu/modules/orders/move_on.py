"""Move on what lines still have to send: to the next nodes by the seller's rules, without those that let it go."""

from collections.abc import Collection, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from lingqu.modules.orders.events import OrderHeld
from lingqu.modules.orders.routed import due_of
from lingqu.modules.orders.sheet import LineRow, Sheet
from lingqu.modules.orders.split_line import is_whole, split_line
from lingqu.modules.routing.api import (
    Cause,
    Choice,
    Course,
    Facts,
    HoldCause,
    Line,
    LineRoute,
    choose,
    find_answers,
    find_course,
    gather,
    hold_order,
    keep_choices,
    minute_of,
    next_attempt,
    release_held,
    set_due,
    without,
)
from lingqu.modules.stock.api import Claim, bin_of, lock_free, reserve, unreserve
from lingqu.runtime.tx import Tx


class MovedOn(Struct, frozen=True):
    """Where lines went, and how many base units of them nobody can send now."""

    routes: Sequence[LineRoute]
    owed: int


async def move_on(
    tx: Tx, *, cell_id: int, sheet: Sheet, lines: Sequence[LineRow], business_on: date, cause: Cause, reason: str
) -> MovedOn:
    """Choose again for the open part of some lines of a locked order, and move the promise in this transaction.

    Nodes that let the order go are left out. What the next node has less of is owed there; what no node may serve is
    owed where it was. The choice is kept with its reasons.
    """
    order = sheet.order
    assert order.buyer_id is not None, "counter sales are never routed"  # noqa: S101 - a bug, not a "no"
    answers = await find_answers(tx, cell_id=cell_id, order_ids=[order.id])
    gone = {answer.node_id for answer in answers[order.id] if answer.lets_go}
    course = without(await find_course(tx, seller_id=order.seller_id, buyer_id=order.buyer_id), gone)
    routes = await _move(tx, cell_id, sheet, lines=lines, course=course, business_on=business_on)
    await set_due(tx, cell_id=cell_id, order_ids=[order.id], due_at=None)
    if routes:
        choice = Choice(
            order_id=order.id,
            seller_id=order.seller_id,
            setting_version=course.version,
            user_id=None if tx.actor is None else tx.actor.user_id,
            lines=routes,
            attempt=await next_attempt(tx, cell_id=cell_id, order_id=order.id),
            due_at=due_of(tx, course),
        )
        await keep_choices(tx, cell_id=cell_id, choices=[choice], cause=cause, reason=reason)
    moved = {line.line_no for line in lines} | {route.line_no for route in routes}
    return MovedOn(routes, sum(line.back_ordered for line in sheet.lines if line.line_no in moved))


async def hold_or_release(
    tx: Tx, *, cell_id: int, sheet: Sheet, moved: MovedOn, cause: HoldCause, reason: str, business_on: date
) -> None:
    """Hold an order where nobody can send what was moved, and tell of it once; let it go where nothing is owed."""
    order = sheet.order
    if not any(line.owed for line in sheet.lines):
        await release_held(tx, cell_id=cell_id, order_ids=[order.id])
    if not moved.owed:
        return
    is_new = await hold_order(
        tx, cell_id=cell_id, order_id=order.id, seller_id=order.seller_id, cause=cause, reason=reason
    )
    if is_new:
        event = OrderHeld(
            order_id=order.id,
            buyer_id=order.buyer_id,
            seller_id=order.seller_id,
            business_on=business_on,
            cause=cause,
            reason=reason,
            owed=moved.owed,
        )
        tx.emit(event, cell_id=cell_id)


async def _move(
    tx: Tx, cell_id: int, sheet: Sheet, *, lines: Sequence[LineRow], course: Course, business_on: date
) -> list[LineRoute]:
    """Free what is promised, and promise it where the rules say, all keys locked in order first."""
    order = sheet.order
    minute = minute_of(tx.now, order.time_zone)
    skus = [line.sku_id for line in lines]
    facts = await gather(tx, cell_id=cell_id, business_on=business_on, baskets=[(course, skus)], minute=minute)
    keys = sorted({line.key for line in lines} | {bin_id << 32 | sku for bin_id in course.bin_ids for sku in skus})
    free = await lock_free(tx, cell_id=cell_id, keys=keys, business_on=business_on)
    await unreserve(
        tx,
        cell_id=cell_id,
        claims=[Claim(order.id, line.line_no, line.key, line.reserved, order.expires_at) for line in lines],
    )
    for line in lines:
        free[line.key] += line.reserved
        line.back_ordered += line.reserved
        line.reserved = 0
    if not course.node_ids:
        return []
    routes = rechoose(course, sheet, lines, replace(facts, free=dict(free)))
    await _promise(tx, cell_id, sheet, routes=routes, course=course, free=free)
    return routes


def rechoose(course: Course, sheet: Sheet, lines: Sequence[LineRow], facts: Facts) -> list[LineRoute]:
    """Choose for what some lines of an order still have to send.

    A line of which something has left is not split any more: as one pack it goes whole or not.
    """
    wanted = [
        Line(line.line_no, line.sku_id, quantity, line.units_per_pack if is_whole(line) else quantity)
        for line in lines
        if (quantity := line.reserved + line.back_ordered)
    ]
    return choose(course, wanted, facts, after=max(line.line_no for line in sheet.lines))


async def _promise(
    tx: Tx, cell_id: int, sheet: Sheet, *, routes: Sequence[LineRoute], course: Course, free: dict[int, int]
) -> None:
    bins = dict(zip(course.node_ids, course.bin_ids, strict=True))
    claims: list[Claim] = []
    for first in (route for route in routes if route.part_of is None):
        line = sheet.line(first.line_no)
        parts = [first, *(route for route in routes if route.part_of == first.line_no)]
        rows = (
            [line] if len(parts) == 1 else await split_line(tx, cell_id=cell_id, sheet=sheet, line=line, routes=parts)
        )
        for row, route in zip(rows, parts, strict=True):
            row.key = bins[route.node_id] << 32 | row.sku_id
            row.reserved = min(row.back_ordered, max(free[row.key], 0))
            row.back_ordered -= row.reserved
            free[row.key] -= row.reserved
            if row.reserved:
                claims.append(Claim(sheet.order.id, row.line_no, row.key, row.reserved, sheet.order.expires_at))
    await reserve(tx, cell_id=cell_id, claims=claims)


def lines_at(sheet: Sheet, bin_ids: Collection[int]) -> list[LineRow]:
    """Find the lines that still have to leave from some bins."""
    return [line for line in sheet.lines if bin_of(line.key) in bin_ids and line.reserved + line.owed]
