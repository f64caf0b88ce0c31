"""Move what a plan moves, of many locked orders at once: promises, choices, holds, history and facts in one go."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from lingqu.modules.orders.events import BackOrdersServed
from lingqu.modules.orders.fulfilment import fact_of
from lingqu.modules.orders.routed import due_of
from lingqu.modules.orders.sheet import LineRow, Sheet, save_sheets
from lingqu.modules.orders.split_line import split_line
from lingqu.modules.orders.step import taken
from lingqu.modules.routing.api import (
    Choice,
    Course,
    LineRoute,
    PlannedLine,
    add_loads,
    keep_choices,
    next_attempts,
    release_held,
    set_due,
)
from lingqu.modules.stock.api import Claim, reserve, unreserve
from lingqu.runtime.tx import Tx


class Move(Struct, frozen=True, kw_only=True):
    """A locked order, who may serve it, and the lines that move."""

    sheet: Sheet
    course: Course
    lines: Sequence[PlannedLine]


async def move_planned(
    tx: Tx, *, cell_id: int, plan_id: UUID, moves: Sequence[Move], free: Mapping[int, int], business_on: date
) -> None:
    """Promise anew what a plan moves; orders and stock keys are locked, and all of it fits what is free there."""
    if not moves:
        return
    await unreserve(tx, cell_id=cell_id, claims=[claim for move in moves for claim in _promised(move)])
    gained: dict[UUID, list[tuple[LineRow, int]]] = {}
    routes: dict[UUID, list[LineRoute]] = {}
    claims: list[Claim] = []
    for move in moves:
        order_id = move.sheet.order.id
        routes[order_id], gained[order_id] = [], []
        for line in move.lines:
            some = await _promise(tx, cell_id, move.sheet, line, free)
            for row, route in some:
                claims.append(Claim(order_id, row.line_no, row.key, row.reserved, move.sheet.order.expires_at))
                routes[order_id].append(route)
            more = sum(row.reserved for row, _ in some) - line.reserved
            if more:
                gained[order_id].append((some[0][0], more))
    await reserve(tx, cell_id=cell_id, claims=claims)
    await _keep(tx, cell_id, moves, routes, business_on)
    for move in moves:
        order = move.sheet.order
        if gained[order.id]:
            event = BackOrdersServed(
                order_id=order.id,
                buyer_id=order.buyer_id,
                seller_id=order.seller_id,
                business_on=business_on,
                lines=tuple(fact_of(row, more) for row, more in gained[order.id]),
            )
            tx.emit(event, cell_id=cell_id)
    steps = [
        taken(
            move.sheet,
            "plan",
            plan=str(plan_id),
            nodes={str(route.line_no): route.node_id for route in routes[move.sheet.order.id]},
            owed=sum(line.owed for line in move.sheet.lines),
        )
        for move in moves
    ]
    await save_sheets(tx, cell_id=cell_id, sheets=[move.sheet for move in moves], steps=steps)


def _promised(move: Move) -> list[Claim]:
    order = move.sheet.order
    rows = [move.sheet.line(line.line_no) for line in move.lines]
    return [Claim(order.id, row.line_no, row.key, row.reserved, order.expires_at) for row in rows if row.reserved]


async def _promise(
    tx: Tx, cell_id: int, sheet: Sheet, line: PlannedLine, free: Mapping[int, int]
) -> list[tuple[LineRow, LineRoute]]:
    """Give a line the places of the plan; several parts become lines of their own."""
    row = sheet.line(line.line_no)
    row.back_ordered += row.reserved
    row.reserved = 0
    last = max(one.line_no for one in sheet.lines)
    routes = [
        LineRoute(
            line.line_no if at == 0 else last + at,
            line.sku_id,
            part.quantity,
            part.node_id,
            max(free.get(part.bin_id << 32 | line.sku_id, 0), 0),
            "plan",
            part_of=None if at == 0 else line.line_no,
        )
        for at, part in enumerate(line.parts)
    ]
    rows = [row] if len(routes) == 1 else await split_line(tx, cell_id=cell_id, sheet=sheet, line=row, routes=routes)
    for one, part in zip(rows, line.parts, strict=True):
        one.key = part.bin_id << 32 | one.sku_id
        one.reserved = part.served
        one.back_ordered -= part.served
    return list(zip(rows, routes, strict=True))


async def _keep(
    tx: Tx, cell_id: int, moves: Sequence[Move], routes: Mapping[UUID, Sequence[LineRoute]], business_on: date
) -> None:
    """Keep the choices with their cause; new nodes are asked, and what is owed nothing is on hold no more."""
    ids = [move.sheet.order.id for move in moves]
    attempts = await next_attempts(tx, cell_id=cell_id, order_ids=ids)
    await set_due(tx, cell_id=cell_id, order_ids=ids, due_at=None)
    choices = [
        Choice(
            order_id=move.sheet.order.id,
            seller_id=move.sheet.order.seller_id,
            setting_version=move.course.version,
            user_id=None if tx.actor is None else tx.actor.user_id,
            lines=routes[move.sheet.order.id],
            attempt=attempts[move.sheet.order.id],
            due_at=due_of(tx, move.course),
        )
        for move in moves
    ]
    await keep_choices(tx, cell_id=cell_id, choices=choices, cause="planned")
    served = [move.sheet.order.id for move in moves if not any(line.owed for line in move.sheet.lines)]
    await release_held(tx, cell_id=cell_id, order_ids=served)
    given = Counter(
        part.node_id
        for move in moves
        if move.course.counts_load
        for line in move.lines
        for part in line.parts
        if part.bin_id != line.bin_id
    )
    await add_loads(tx, cell_id=cell_id, business_on=business_on, lines=dict(given))
