"""Say of each order what a plan does with it and why: where goods lie, what goes together, who was served instead."""

from collections import Counter

from lingqu.modules.routing.backlog import Backlog, Moves, Part, WaitingLine, WaitingOrder, given_back, key_at
from lingqu.modules.routing.plan_figures import parts_of, used_bins
from lingqu.modules.routing.plan_types import (
    MoveReason,
    PlannedLine,
    PlannedOrder,
    PlannedPart,
    PlanOption,
    StayReason,
)


class _Left:
    """What a plan leaves: goods by stock key, room by node."""

    def __init__(self, backlog: Backlog, moves: Moves) -> None:
        self.goods = Counter(backlog.free)
        self.goods.update(given_back(backlog, moves))
        self.room = Counter(backlog.room)
        for order in backlog.orders:
            for line in order.lines:
                for bin_id, quantity in moves.get((order.id, line.line_no), ()):
                    self.goods[key_at(bin_id, line.sku_id)] -= quantity
                    if bin_id != line.bin_id:
                        self.room[order.place(bin_id).node_id] -= 1


def explain(backlog: Backlog, moves: Moves) -> list[PlannedOrder]:
    """Describe every order of a backlog, in its order."""
    left = _Left(backlog, moves)
    return [_order(backlog, order, moves, left) for order in backlog.orders]


def _order(backlog: Backlog, order: WaitingOrder, moves: Moves, left: _Left) -> PlannedOrder:
    ways = [sum(order.place(bin_id).cost_minor for bin_id in used_bins(order, some)) for some in ({}, moves)]
    return PlannedOrder(
        order_id=order.id,
        way_before_minor=ways[0],
        way_after_minor=ways[1],
        lines=tuple(_line(backlog, order, line, moves, left, saves=ways[1] < ways[0]) for line in order.lines),
    )


def _line(
    backlog: Backlog, order: WaitingOrder, line: WaitingLine, moves: Moves, left: _Left, *, saves: bool
) -> PlannedLine:
    parts = moves.get((order.id, line.line_no), ())
    owed = line.open - sum(quantity for _, quantity in parts)
    return PlannedLine(
        line_no=line.line_no,
        sku_id=line.sku_id,
        node_id=order.place(line.bin_id).node_id,
        bin_id=line.bin_id,
        open=line.open,
        reserved=line.reserved,
        shipped=line.shipped,
        cancelled=line.cancelled,
        parts=tuple(
            PlannedPart(
                node_id=order.place(bin_id).node_id,
                bin_id=bin_id,
                quantity=served + (0 if at else owed),
                served=served,
            )
            for at, (bin_id, served) in enumerate(parts)
        ),
        why=_why_moved(backlog, order, line, parts, moves, saves=saves)
        if parts
        else _why_not(backlog, order, line, left),
        options=tuple(
            PlanOption(
                node_id=place.node_id,
                free=max(backlog.free.get(key_at(place.bin_id, line.sku_id), 0), 0),
                km=place.km,
                cost_minor=place.cost_minor,
            )
            for place in order.targets
        ),
    )


def _why_moved(
    backlog: Backlog, order: WaitingOrder, line: WaitingLine, parts: tuple[Part, ...], moves: Moves, *, saves: bool
) -> MoveReason:
    if len(parts) > 1:
        return "split"
    ((bin_id, served),) = parts
    if bin_id == line.bin_id:
        return "free-here"
    others = set(order.used_bins)
    for other in order.lines:
        if other.line_no != line.line_no:
            others |= {one for one, _ in parts_of(order, other, moves)}
    if served > line.reserved and _is_cheapest(backlog, order, line, bin_id, served):
        return "goods-there"
    if bin_id in others:
        return "together"
    if served > line.reserved:
        return "goods-there"
    return "cheaper" if saves else "makes-room"


def _is_cheapest(backlog: Backlog, order: WaitingOrder, line: WaitingLine, bin_id: int, served: int) -> bool:
    """Tell whether no cheaper place had as much."""
    cost = order.place(bin_id).cost_minor
    return not any(
        place.cost_minor < cost and backlog.free.get(key_at(place.bin_id, line.sku_id), 0) >= served
        for place in order.targets
    )


def _why_not(backlog: Backlog, order: WaitingOrder, line: WaitingLine, left: _Left) -> StayReason:
    if not order.targets:
        return "nobody-serves"

    def serves_more(goods: Counter[int], bin_id: int) -> bool:
        key = key_at(bin_id, line.sku_id)
        own = line.reserved if bin_id == line.bin_id else 0
        return goods[key] >= 0 and line.whole(goods[key] + own) > line.reserved

    before = Counter(backlog.free)
    if not any(serves_more(before, place.bin_id) for place in order.targets):
        return "none-free"
    still = [place for place in order.targets if serves_more(left.goods, place.bin_id)]
    if not still:
        return "given-to-others"
    full = [place for place in still if place.node_id in backlog.room and left.room[place.node_id] <= 0]
    return "no-room" if len(full) == len(still) else "too-dear"
