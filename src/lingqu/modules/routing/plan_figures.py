"""Reckon what a plan of the backlog costs and serves: by the same rules for doing nothing, greedy and the best plan."""

from collections.abc import Iterable

from msgspec import Struct

from lingqu.modules.routing.backlog import Backlog, Moves, Part, WaitingLine, WaitingOrder


class PlanFigures(Struct, frozen=True, kw_only=True):
    """A plan in figures, over the orders that wait.

    ``cost_minor`` is the sum of the ways, of another delivery for each order that is still owed something
    (``later_minor``), of ``split_minor`` and of ``late_minor``. ``place_count``: deliveries, that
    is pairs of an order and a node; ``km`` of those whose way is known; ``part_count``: lines, once split ones count as
    many; ``unit_count`` base units with goods promised, ``owed_units`` without; ``line_count`` lines and
    ``order_count`` orders that are owed nothing.
    """

    cost_minor: int = 0
    way_minor: int = 0
    later_minor: int = 0
    split_minor: int = 0
    late_minor: int = 0
    km: int = 0
    place_count: int = 0
    part_count: int = 0
    unit_count: int = 0
    owed_units: int = 0
    line_count: int = 0
    order_count: int = 0


def figures(backlog: Backlog, moves: Moves) -> PlanFigures:
    """Sum the figures of a plan; no moves: of leaving everything as it is."""
    return total(_of_order(backlog, order, moves) for order in backlog.orders)


def total(some: Iterable[PlanFigures]) -> PlanFigures:
    """Add up figures of shares that have no order in common."""
    found = list(some)
    return PlanFigures(**{name: sum(getattr(one, name) for one in found) for name in PlanFigures.__struct_fields__})


def parts_of(order: WaitingOrder, line: WaitingLine, moves: Moves) -> tuple[Part, ...]:
    """Tell from where a line leaves once the plan is made."""
    return moves.get((order.id, line.line_no), ((line.bin_id, line.reserved),) if line.reserved else ())


def used_bins(order: WaitingOrder, moves: Moves) -> set[int]:
    """Tell from where an order is delivered once the plan is made."""
    used = set(order.used_bins)
    for line in order.lines:
        used |= {bin_id for bin_id, _ in parts_of(order, line, moves)}
    return used


def _of_order(backlog: Backlog, order: WaitingOrder, moves: Moves) -> PlanFigures:
    ways = [order.place(bin_id) for bin_id in used_bins(order, moves)]
    way = sum(place.cost_minor for place in ways)
    split = late = units = owed = served_lines = parts = 0
    for line in order.lines:
        some = parts_of(order, line, moves)
        served = sum(quantity for _, quantity in some)
        split += backlog.terms.split_minor * max(len(some) - 1, 0)
        late += backlog.terms.late_minor * order.days * line.packs_short(served)
        parts += max(len(some), 1)
        units += served
        owed += line.open - served
        served_lines += served == line.open
    later = order.later_minor if owed else 0
    return PlanFigures(
        cost_minor=way + later + split + late,
        way_minor=way,
        later_minor=later,
        split_minor=split,
        late_minor=late,
        km=sum(place.km or 0 for place in ways),
        place_count=len(ways),
        part_count=parts,
        unit_count=units,
        owed_units=owed,
        line_count=served_lines,
        order_count=int(served_lines == len(order.lines)),
    )
