"""Try orders on hold again: by hand, or by itself once goods lie where they may be sent from."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.orders.confirm import Confirmation
from lingqu.modules.orders.move_on import move_on, rechoose
from lingqu.modules.orders.sheet import LineRow, Sheet, lock_sheets, save_sheets
from lingqu.modules.orders.step import StepDone, StepVerdict, advance, done, only, per_cell, taken
from lingqu.modules.routing.api import (
    Course,
    find_answers,
    find_course,
    find_held,
    forget_rejections,
    gather,
    minute_of,
    note_tried,
    release_held,
    without,
)
from lingqu.runtime.tx import Tx

_AT_ONCE = 1
_PAUSE = timedelta(seconds=30)
_OPEN = frozenset({"placed", "confirmed"})


class StillHeld(Refusal):
    """No warehouse has what the order waits for."""

    code = "orders.still-held"
    status = 409
    title = Words("Still on hold", "仍无仓可发")
    detail = Words(
        "No warehouse that may send it has what this order waits for.", "目前没有可发货的仓有这张订单所欠的商品。"
    )


class Retry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Try again; ``with_all``: also the warehouses that let the order go."""

    with_all: bool = False


async def retry_held(tx: Tx, *, scope: Scope, order_id: UUID, asked: Retry) -> StepDone:
    """Choose again for what an order is owed, as its seller.

    Raises: NotFound, OtherSide, WrongState, StillHeld.
    """

    async def act(cell_id: int, pairs: list[tuple[Confirmation, Sheet]]) -> list[StepVerdict]:
        ((_, sheet),) = pairs
        sheet.require(scope, "seller")
        advance(sheet, "retry")
        if asked.with_all:
            await forget_rejections(tx, cell_id=cell_id, order_id=order_id)
        if not await _try(tx, cell_id, sheet):
            raise StillHeld
        return [done(sheet)]

    return only(await per_cell(tx, [Confirmation(order_id=order_id)], act))


async def retry_all_held(tx: Tx, *, cell_id: int) -> int:
    """Try the orders of one cell that were not tried for a while, and count them; one order a transaction."""
    found = await find_held(tx, cell_id=cell_id, before=tx.now - _PAUSE, limit=_AT_ONCE)
    if not found:
        return 0
    sheets = await lock_sheets(tx, cell_id=cell_id, order_ids=found)
    await note_tried(tx, cell_id=cell_id, order_ids=found)
    over = [order_id for order_id in found if order_id not in sheets or not _owes(sheets[order_id])]
    await release_held(tx, cell_id=cell_id, order_ids=over)
    for order_id in found:
        if order_id not in over:
            await _try(tx, cell_id, sheets[order_id])
    return len(found)


def _owes(sheet: Sheet) -> bool:
    return sheet.order.status in _OPEN and any(line.owed for line in sheet.lines)


async def _try(tx: Tx, cell_id: int, sheet: Sheet) -> bool:
    """Move on what is owed where that helps, and tell whether it did; nothing is written where it would not."""
    order = sheet.order
    owed = [line for line in sheet.lines if line.owed]
    if not owed or order.buyer_id is None:
        return False
    on = business_date(tx.now, order.time_zone)
    answers = (await find_answers(tx, cell_id=cell_id, order_ids=[order.id]))[order.id]
    course = without(
        await find_course(tx, seller_id=order.seller_id, buyer_id=order.buyer_id),
        {answer.node_id for answer in answers if answer.lets_go},
    )
    if not course.node_ids:
        return False
    before = sum(line.back_ordered for line in owed)
    if await _owed_then(tx, cell_id, sheet, lines=owed, course=course, business_on=on) >= before:
        return False
    moved = await move_on(tx, cell_id=cell_id, sheet=sheet, lines=owed, business_on=on, cause="retried", reason="")
    if not moved.owed:
        await release_held(tx, cell_id=cell_id, order_ids=[order.id])
    nodes = {str(route.line_no): route.node_id for route in moved.routes}
    await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[taken(sheet, "retry", nodes=nodes, owed=moved.owed)])
    return moved.owed < before


async def _owed_then(
    tx: Tx, cell_id: int, sheet: Sheet, *, lines: Sequence[LineRow], course: Course, business_on: date
) -> int:
    """Reckon without locks what would be owed if these lines were chosen for anew."""
    baskets = [(course, [line.sku_id for line in lines])]
    minute = minute_of(tx.now, sheet.order.time_zone)
    facts = await gather(tx, cell_id=cell_id, business_on=business_on, baskets=baskets, minute=minute)
    for line in lines:
        facts.free[line.key] = facts.free.get(line.key, 0) + line.reserved
    routes = rechoose(course, sheet, lines, facts)
    return sum(max(route.quantity - route.free, 0) for route in routes)
