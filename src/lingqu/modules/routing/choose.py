"""Choose a node for each line: rules in the seller's order, the first that is decisive wins; pure."""

from collections.abc import Callable, Mapping, MutableMapping, Sequence

from msgspec import Struct

from lingqu.modules.routing.plan import Course
from lingqu.modules.routing.types import Dropped, LineRoute, RuleName, RuleStep

Ranks = Sequence[int | None]
_TWO = 2


class Line(Struct, frozen=True):
    """What a line needs, in base units; ``units`` of a pack, which is never broken over two nodes."""

    line_no: int
    sku_id: int
    quantity: int
    units: int = 1


class Facts(Struct, frozen=True, kw_only=True):
    """What the rules look at beside the course.

    ``free`` is in base units by stock key, ``days_left`` of the lot that leaves next by stock key, ``loads`` lines
    given today by node, ``minute`` of the seller's day.
    """

    free: MutableMapping[int, int]
    days_left: Mapping[int, int]
    loads: MutableMapping[int, int]
    minute: int


def choose(course: Course, lines: Sequence[Line], facts: Facts, *, after: int | None = None) -> list[LineRoute]:
    """Choose each line's node, and take what the line needs out of ``facts``, so that the next order sees what is left.

    A rule ranks nodes or abstains. Nodes it abstains on are out where it ranks others; the lowest rank stays; nodes
    that tie go on to the next rule, and after the last one the lowest node id wins.

    A line that no one node has whole is split over as few as have it together, where the course allows: its first part
    keeps its number, further ones are numbered after the last line.

    Shapes: one route per line, in the order given, then further parts. ``course`` has at least one node.
    Source: tests/routing/test_choose.py compares with the rules applied one by one.
    """
    keys = [[bin_id << 32 | line.sku_id for bin_id in course.bin_ids] for line in lines]
    free = [[facts.free.get(key, 0) for key in some] for some in keys]
    missing = [
        sum(free[i][site] < line.quantity for i, line in enumerate(lines)) for site in range(len(course.node_ids))
    ]
    routes: list[LineRoute] = []
    further: list[LineRoute] = []
    last = max((line.line_no for line in lines), default=0) if after is None else after
    for i, line in enumerate(lines):
        lying = [facts.free.get(key, 0) for key in keys[i]]
        seen = _Seen(course, line, lying, keys[i], missing, facts)
        among, dropped = (None, course.dropped) if not course.suppliers else _able(course, line, lying)
        site, decided_by, steps = _reduce(course, seen, among)
        parts = _split(course, seen) if course.max_parts > 1 and lying[site] < line.quantity else []
        if len(parts) > 1:
            decided_by = "split"
        for number, (at, quantity) in enumerate(parts if len(parts) > 1 else [(site, line.quantity)]):
            route = LineRoute(
                line.line_no if number == 0 else last + 1,
                line.sku_id,
                quantity,
                course.node_ids[at],
                max(lying[at], 0) if not _supplier(course, at) else min(max(lying[at], 0), quantity),
                decided_by,
                steps,
                dropped,
                None if number == 0 else line.line_no,
            )
            if number:
                last += 1
            (further if number else routes).append(route)
            facts.free[keys[i][at]] = lying[at] - quantity
            if course.capacities[at]:
                node_id = course.node_ids[at]
                facts.loads[node_id] = facts.loads.get(node_id, 0) + 1
    return routes + further


def _supplier(course: Course, site: int) -> int:
    return course.suppliers[site] if course.suppliers else 0


def _able(course: Course, line: Line, lying: Sequence[int]) -> tuple[Sequence[int] | None, tuple[Dropped, ...]]:
    """Leave out suppliers' nodes that have not the whole line: nobody's shortage policy reaches into another's stock.

    Where no other node is left, all stay, and whoever asked sees by what lies there that it is not enough.
    """
    short = {site for site, free in enumerate(lying) if course.suppliers[site] and free < line.quantity}
    able = [site for site in range(len(lying)) if site not in short]
    if not short or not able:
        return None, course.dropped
    return able, (*course.dropped, *(Dropped(course.node_ids[site], "short") for site in sorted(short)))


class _Seen(Struct, frozen=True):
    """A line before the rules: what lies where, and how many of the order's lines each node would miss."""

    course: Course
    line: Line
    free: list[int]
    keys: list[int]
    missing: list[int]
    facts: Facts


def _split(course: Course, seen: _Seen) -> list[tuple[int, int]]:
    """Share a line over the fewest nodes that have it together, in whole packs; among as few, as the rules say.

    Where even all that are allowed lack something, the fullest share it and the first part bears the want.

    Shapes: (site, quantity), the quantities sum to the line's.
    """
    units, need = seen.line.units, seen.line.quantity // seen.line.units
    packs = [0 if _supplier(course, site) else max(free, 0) // units for site, free in enumerate(seen.free)]
    fullest = sorted((site for site in range(len(packs)) if packs[site]), key=lambda site: (-packs[site], site))
    count = next((n for n in range(1, len(fullest) + 1) if sum(packs[s] for s in fullest[:n]) >= need), len(fullest))
    count = min(count, course.max_parts)
    if count < _TWO:
        return []
    need = min(need, sum(packs[site] for site in fullest[:count]))
    parts: list[tuple[int, int]] = []
    order = _order(course, seen, fullest)
    for at, site in enumerate(order):
        others = sorted((packs[other] for other in order[at + 1 :]), reverse=True)[: count - len(parts) - 1]
        if len(parts) < count and need and packs[site] + sum(others) >= need:
            parts.append((site, min(packs[site], need) * units))
            need -= min(packs[site], need)
    want = seen.line.quantity - sum(quantity for _, quantity in parts)
    return [(site, quantity + (0 if at else want)) for at, (site, quantity) in enumerate(parts)]


def _order(course: Course, seen: _Seen, sites: Sequence[int]) -> list[int]:
    """Rank nodes by asking the rules again and again without the one they chose."""
    left, ranked = sorted(sites), []
    while left:
        site, _, _ = _reduce(course, seen, left)
        ranked.append(site)
        left = [other for other in left if other != site]
    return ranked


def _reduce(course: Course, seen: _Seen, among: Sequence[int] | None = None) -> tuple[int, str, tuple[RuleStep, ...]]:
    left = list(range(len(course.node_ids)) if among is None else among)
    if len(left) == 1:
        return left[0], "only", ()
    ids = course.node_ids
    steps: list[RuleStep] = []
    for name in course.rules:
        ranks = _RULES[name](seen)
        steps.append(RuleStep(name, tuple([ids[site] for site in left]), tuple([ranks[site] for site in left])))
        ranked = [rank for site in left if (rank := ranks[site]) is not None]
        if ranked:
            best = min(ranked)
            left = [site for site in left if ranks[site] == best]
            if len(left) == 1:
                return left[0], name, tuple(steps)
    return left[0], "node-id", tuple(steps)


def _stock(seen: _Seen) -> Ranks:
    """Whole lines first, then parts; a node that has nothing abstains."""
    need = seen.line.quantity
    return [0 if free >= need else 1 if free > 0 else None for free in seen.free]


def _splits(seen: _Seen) -> Ranks:
    return seen.missing


def _preferred(seen: _Seen) -> Ranks:
    return seen.course.preferences


def _distance(seen: _Seen) -> Ranks:
    return seen.course.distance_ranks


def _cost(seen: _Seen) -> Ranks:
    return seen.course.cost_ranks


def _lead_time(seen: _Seen) -> Ranks:
    minute = seen.facts.minute
    course = seen.course
    return [days + (minute >= cut_off) for days, cut_off in zip(course.lead_days, course.cut_offs, strict=True)]


def _freshness(seen: _Seen) -> Ranks:
    """Of what still lasts long enough, what expires first; goods without a date abstain."""
    days, least = seen.facts.days_left, seen.course.min_days_left
    found = [days.get(key) for key in seen.keys]
    return [left if left is not None and left >= least else None for left in found]


def _load(seen: _Seen) -> Ranks:
    """Tenths of what a node can pack in a day; one without a limit is never busy."""
    loads, course = seen.facts.loads, seen.course
    return [
        0 if not capacity else loads.get(node_id, 0) * 10 // capacity
        for node_id, capacity in zip(course.node_ids, course.capacities, strict=True)
    ]


_RULES: dict[RuleName, Callable[[_Seen], Ranks]] = {
    "stock": _stock,
    "splits": _splits,
    "preferred": _preferred,
    "distance": _distance,
    "cost": _cost,
    "lead-time": _lead_time,
    "freshness": _freshness,
    "load": _load,
}
