"""The plan that nobody needs a solver for: the orders one after the other by age, each by the seller's rules."""

from collections import Counter, defaultdict

from lingqu.modules.routing.backlog import Backlog, LineId, Moves, Part, WaitingOrder, key_at
from lingqu.modules.routing.choose import Facts, Line, choose
from lingqu.modules.routing.plan import without
from lingqu.modules.routing.types import LineRoute


def greedy(backlog: Backlog) -> Moves:
    """Choose for each order in turn what is best for it, with what the older ones have left.

    As orders on hold are tried again: an order moves only where it is owed less afterwards, and no line of it less
    well off. A node without room for more lines today is left out.
    """
    free, room, loads = Counter(backlog.free), dict(backlog.room), dict(backlog.loads)
    moves: dict[LineId, tuple[Part, ...]] = {}
    for order in sorted(backlog.orders, key=lambda one: (one.placed_at, one.id)):
        parts = _of_order(backlog, order, free, room, loads)
        for line in order.lines:
            if line.line_no not in parts:
                continue
            moves[order.id, line.line_no] = parts[line.line_no]
            free[key_at(line.bin_id, line.sku_id)] += line.reserved
            for bin_id, quantity in parts[line.line_no]:
                free[key_at(bin_id, line.sku_id)] -= quantity
                node_id = order.place(bin_id).node_id
                if bin_id != line.bin_id and node_id in room:
                    room[node_id] -= 1
                    loads[node_id] = loads.get(node_id, 0) + 1
    return moves


def _of_order(
    backlog: Backlog, order: WaitingOrder, free: Counter[int], room: dict[int, int], loads: dict[int, int]
) -> dict[int, tuple[Part, ...]]:
    """Choose for one order; nothing where it is no better off or the nodes have no room for all of it."""
    course = without(order.course, [node_id for node_id, left in room.items() if left <= 0])
    if not course.node_ids:
        return {}
    there = _there(backlog, order, free)
    facts = Facts(free=dict(there), days_left=backlog.days_left, loads=dict(loads), minute=backlog.minute)
    wanted = [
        Line(line.line_no, line.sku_id, line.open, line.units if line.is_whole else line.open) for line in order.lines
    ]
    routes: dict[int, list[LineRoute]] = defaultdict(list)
    for route in choose(course, wanted, facts, after=order.last_line_no):
        routes[route.part_of or route.line_no].append(route)
    bins = dict(zip(course.node_ids, course.bin_ids, strict=True))
    parts: dict[int, tuple[Part, ...]] = {}
    lines_to: Counter[int] = Counter()
    before = after = 0
    for line in order.lines:
        found: list[Part] = []
        for route in routes[line.line_no]:
            key = key_at(bins[route.node_id], line.sku_id)
            quantity = line.whole(min(route.quantity, max(there[key], 0)))
            there[key] -= quantity
            if quantity:
                found.append((bins[route.node_id], quantity))
        served = sum(quantity for _, quantity in found)
        if served < line.reserved:
            return {}
        before, after = before + line.reserved, after + served
        if found and tuple(found) != ((line.bin_id, line.reserved),):
            parts[line.line_no] = tuple(found)
            lines_to.update(order.place(bin_id).node_id for bin_id, _ in found if bin_id != line.bin_id)
    fits = all(count <= room.get(node_id, count) for node_id, count in lines_to.items())
    return parts if after > before and fits else {}


def _there(backlog: Backlog, order: WaitingOrder, free: Counter[int]) -> Counter[int]:
    """Tell what an order finds: what is free, and what it would give back itself."""
    there = Counter({key: left for key, left in free.items() if backlog.free.get(key, 0) >= 0})
    for line in order.lines:
        key = key_at(line.bin_id, line.sku_id)
        if backlog.free.get(key, 0) >= 0:
            there[key] += line.reserved
    return there
