"""Who orders what, when its shelves run low."""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from lingqu.roles.demo.plan.assortment import Rates, order_units
from lingqu.roles.demo.plan.day import Line
from lingqu.roles.demo.plan.goods import Goods
from lingqu.roles.demo.plan.shelves import Part, Shelf

_PERISHABLE_DAYS = 60


class Habit(Struct, frozen=True, kw_only=True):
    """How somebody buys: days between two looks, days until goods come, days of safety and of stock beyond."""

    interval: float
    lead: float
    safety: float
    cover: float
    is_by_case: bool = False


def wanted_lines(
    habit: Habit,
    *,
    rates: Rates,
    ahead: Callable[[str], float],
    goods: Sequence[Goods],
    shelf: Shelf,
    incoming: Mapping[int, int],
    on: date,
) -> list[Line]:
    """Order up to a level what stands below its order point; what spoils soon is bought for fewer days."""
    lines: list[Line] = []
    for place, usual in rates.items():
        one = goods[place]
        rate = usual * ahead(one.family.temper)
        is_perishable = one.family.shelf_days < _PERISHABLE_DAYS
        until = habit.interval + habit.lead + habit.safety * (0.25 if is_perishable else 1)
        position = shelf.free(place, on) + incoming.get(place, 0)
        if position >= rate * until:
            continue
        target = rate * (until + (0 if is_perishable else habit.cover))
        units = one.case if habit.is_by_case else order_units(one, usual)
        packs = math.ceil((target - position) / units)
        if packs > 0:
            lines.append(Line(place, 0 if units == 1 else len(one.packs) - 1, packs))
    return lines


def give(lines: Sequence[Line], *, goods: Sequence[Goods], shelf: Shelf, on: date) -> list[tuple[Line, list[Part]]]:
    """Take out of the seller's stock what it has of each line: whole packs, as the links' policy says.

    Shapes: a pair per line; no parts where the seller has not one pack.
    """
    given: list[tuple[Line, list[Part]]] = []
    for line in lines:
        units = goods[line.goods].packs[line.pack].units
        packs = min(line.packs, shelf.free(line.goods, on) // units)
        given.append((line, shelf.take(line.goods, packs * units, on)))
    return given
