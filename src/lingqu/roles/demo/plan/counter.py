"""Baskets at the counter."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate
from random import Random

from lingqu.roles.demo.plan.assortment import CASE_CHANCE, UNIT_WEIGHTS, UNITS, Rates, mean_quantity
from lingqu.roles.demo.plan.day import Line, Sale, Tender
from lingqu.roles.demo.plan.dice import poisson
from lingqu.roles.demo.plan.goods import Goods
from lingqu.roles.demo.plan.shelves import Shelf

_TENDERS: tuple[Tender, ...] = ("wechat", "alipay", "cash", "card")
_TENDER_WEIGHTS = (55, 25, 14, 6)
_BASKETS = (1, 2, 3, 4, 5)
_BASKET_WEIGHTS = (34, 34, 20, 9, 3)
_IS_MEMBER = 0.45
_OPENS, _CLOSES = 7 * 60, 21 * 60 + 30
_RUSH = 18 * 60


def plan_sales(
    chance: Random,
    *,
    dealer: int,
    on: date,
    mean: float,
    rates: Rates,
    appetites: Mapping[str, float],
    goods: Sequence[Goods],
    shelf: Shelf,
    members: Sequence[int],
) -> list[Sale]:
    """Sell a day's baskets out of what the shop has; a customer who finds nothing goes away."""
    count = poisson(chance, mean)
    places = list(rates)
    if not count or not places:
        return []
    weights = [rates[p] / mean_quantity(goods[p]) * appetites[goods[p].family.temper] for p in places]
    steps = list(accumulate(weights))
    sales: list[Sale] = []
    minutes = sorted(int(chance.triangular(_OPENS, _CLOSES, _RUSH)) for _ in range(count))
    for minute in minutes:
        size = chance.choices(_BASKETS, _BASKET_WEIGHTS)[0]
        wanted = dict.fromkeys(chance.choices(places, cum_weights=steps, k=size))
        lines = [line for place in wanted if (line := _take(chance, place, goods[place], shelf, on))]
        if lines:
            member = chance.choice(members) if members and chance.random() < _IS_MEMBER else None
            tender = chance.choices(_TENDERS, _TENDER_WEIGHTS)[0]
            sales.append(Sale(dealer=dealer, minute=minute, tender=tender, member=member, lines=tuple(lines)))
    return sales


def _take(chance: Random, place: int, one: Goods, shelf: Shelf, on: date) -> Line | None:
    free = shelf.free(place, on)
    if free >= one.case and chance.random() < CASE_CHANCE.get(one.family.temper, 0.0):
        shelf.take(place, one.case, on)
        return Line(place, len(one.packs) - 1, 1)
    units = min(chance.choices(UNITS, UNIT_WEIGHTS)[0], free)
    if not units:
        return None
    shelf.take(place, units, on)
    return Line(place, 0, units)
