"""Gather what waits at one seller: orders that are owed goods, where they may leave from, what is free there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.clock import business_date
from lingqu.modules.network.api import organization_terms
from lingqu.modules.orders.sheet import LineRow
from lingqu.modules.orders.split_line import is_whole
from lingqu.modules.routing.api import (
    Answer,
    Backlog,
    Course,
    NewBacklogPlan,
    Place,
    Terms,
    WaitingLine,
    WaitingOrder,
    find_answers,
    find_courses_of,
    gather,
    minute_of,
    without,
)
from lingqu.modules.stock.api import bin_of
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

AT_ONCE = 500
"""Orders in one plan, the oldest; the next plan is for the others."""


class Gathered(Struct, frozen=True, kw_only=True):
    """A backlog, the version of the rules it was read with, and how many younger orders were left out."""

    backlog: Backlog
    setting_version: int
    left_out: int


class _Order(Struct, frozen=True, kw_only=True):
    id: UUID
    buyer_id: int
    placed_at: datetime
    business_on: date
    order_count: int


async def gather_backlog(tx: Tx, *, cell_id: int, seller_id: int, ask: NewBacklogPlan) -> Gathered:
    """Read a seller's waiting orders without locks; the plan is checked under locks when it is applied."""
    found = await tx.all(SQL["find_backlog"], _Order, cell_id=cell_id, seller_id=seller_id, now=tx.now, limit=AT_ONCE)
    ids = [one.id for one in found]
    lines: dict[UUID, list[LineRow]] = defaultdict(list)
    for line in await tx.all(SQL["read_lines"], LineRow, cell_id=cell_id, ids=ids):
        lines[line.order_id].append(line)
    full = await find_courses_of(tx, seller_id=seller_id, buyer_ids={one.buyer_id for one in found})
    answers = await find_answers(tx, cell_id=cell_id, order_ids=ids)
    courses = {one.id: _without_gone(full[one.buyer_id], answers[one.id]) for one in found}
    nodes = await _nodes(tx, [line for some in lines.values() for line in some])
    seller = (await organization_terms(tx, organization_ids=[seller_id]))[seller_id]
    today = business_date(tx.now, seller.time_zone)
    facts = await gather(
        tx,
        cell_id=cell_id,
        business_on=today,
        baskets=[(courses[one.id], [line.sku_id for line in _owed(lines[one.id])]) for one in found],
        minute=minute_of(tx.now, seller.time_zone),
    )
    orders = tuple(_order(one, full[one.buyer_id], courses[one.id], lines[one.id], nodes, today=today) for one in found)
    backlog = Backlog(
        orders=orders,
        free=facts.free,
        days_left=facts.days_left,
        loads=facts.loads,
        room=_room(list(courses.values()), facts.loads),
        minute=facts.minute,
        terms=Terms(late_minor=ask.late_minor or _dearest(orders, ask), split_minor=ask.split_minor),
    )
    return Gathered(
        backlog=backlog,
        setting_version=next((course.version for course in full.values()), 0),
        left_out=found[0].order_count - len(found) if found else 0,
    )


def _without_gone(course: Course, answers: Sequence[Answer]) -> Course:
    return without(course, {answer.node_id for answer in answers if answer.lets_go})


def _owed(lines: Sequence[LineRow]) -> list[LineRow]:
    return [line for line in lines if line.owed]


async def _nodes(tx: Tx, lines: Sequence[LineRow]) -> dict[int, int]:
    bins = sorted({bin_of(line.key) for line in lines})
    return dict(await tx.tuples(SQL["find_nodes_of_bins"], bin_ids=bins))


def _order(
    one: _Order, full: Course, course: Course, lines: Sequence[LineRow], nodes: dict[int, int], *, today: date
) -> WaitingOrder:
    owed = _owed(lines)
    used = {bin_of(line.key) for line in lines if line.reserved and not line.owed}
    places = {
        bin_id: Place(
            bin_id=bin_id,
            node_id=full.node_ids[site],
            km=full.distances_km[site],
            cost_minor=full.costs_minor[site],
            may_serve=full.node_ids[site] in course.node_ids,
        )
        for site, bin_id in enumerate(full.bin_ids)
    }
    # From a node that is closed or lost its right, what is promised may still leave; what that costs nobody knows.
    for bin_id in used | {bin_of(line.key) for line in owed}:
        if bin_id not in places:
            places[bin_id] = Place(bin_id=bin_id, node_id=nodes[bin_id], km=None, cost_minor=0, may_serve=False)
    return WaitingOrder(
        id=one.id,
        placed_at=one.placed_at,
        days=max((today - one.business_on).days, 1),
        course=course,
        places=tuple(places.values()),
        used_bins=frozenset(used),
        last_line_no=max(line.line_no for line in lines),
        lines=tuple(
            WaitingLine(
                line_no=line.line_no,
                sku_id=line.sku_id,
                bin_id=bin_of(line.key),
                units=line.units_per_pack,
                open=line.reserved + line.owed,
                reserved=line.reserved,
                shipped=line.shipped,
                cancelled=line.cancelled,
                is_whole=is_whole(line),
            )
            for line in owed
        ),
    )


def _room(courses: Sequence[Course], loads: Mapping[int, int]) -> dict[int, int]:
    """Tell how many lines each node takes today still, where a rule counts them."""
    return {
        node_id: max(capacity - loads.get(node_id, 0), 0)
        for course in courses
        if course.counts_load
        for node_id, capacity in zip(course.node_ids, course.capacities, strict=True)
        if capacity
    }


def _dearest(orders: Sequence[WaitingOrder], ask: NewBacklogPlan) -> int:
    """Make a pack that waits a day dearer than any delivery that could serve it."""
    return max((place.cost_minor for one in orders for place in one.places), default=0) + ask.split_minor + 1
