"""What each shop carries and how much of it sells on a usual day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from lingqu.roles.demo.plan.channel import Channel
from lingqu.roles.demo.plan.dice import dice
from lingqu.roles.demo.plan.goods import Goods

LINES_PER_SALE = 2.1
CASE_CHANCE = {"gift": 0.35, "children": 0.15, "winter": 0.15, "summer": 0.08}
"""How often a customer takes a whole case."""

UNITS = (1, 2, 3)
UNIT_WEIGHTS = (5, 3, 2)
_MEAN_UNITS = sum(n * weight for n, weight in zip(UNITS, UNIT_WEIGHTS, strict=True)) / sum(UNIT_WEIGHTS)
_WIDTHS = {"A": 0.15, "B": 0.11, "C": 0.07}
_LEAST_WIDTH = 12
_SELLS_BY = 0.45
_LEAST_UNITS = 1.2
_LONGEST_DAYS = 90

Rates = Mapping[int, float]
"""Base units a usual day by SKU."""


def plan_assortments(channel: Channel, goods: Sequence[Goods], *, sales_a_day: float) -> dict[int, Rates]:
    """Choose what each dealer carries, and sum it up for its distributor and the suppliers' customers.

    Goods that a shop could not sell before they expire are none of its range.

    Units: ``sales_a_day`` counter sales of the whole channel.
    """
    total = sum(channel.firms[dealer].volume for dealer in channel.dealers)
    rates: dict[int, dict[int, float]] = {}
    for dealer in channel.dealers:
        firm = channel.firms[dealer]
        chance = dice("assortment", firm.code)
        keys = {place: chance.random() ** (1 / one.weight) for place, one in enumerate(goods)}
        width = max(round(len(goods) * _WIDTHS[firm.level]), _LEAST_WIDTH)
        wanted = sorted(keys, key=keys.__getitem__, reverse=True)[:width]
        weight = sum(goods[place].weight for place in wanted)
        lines = sales_a_day * firm.volume / total * LINES_PER_SALE
        sold = {place: lines * goods[place].weight / weight * mean_quantity(goods[place]) for place in sorted(wanted)}
        rates[dealer] = {place: rate for place, rate in sold.items() if _sellable(goods[place], rate) >= _LEAST_UNITS}
    for distributor in channel.distributors:
        summed: dict[int, float] = defaultdict(float)
        for dealer in channel.dealers_of(distributor):
            for place, rate in rates[dealer].items():
                summed[place] += rate
        # Distributors buy by the case: what they could not sell by the case none of their dealers carries.
        kept = {place: rate for place, rate in sorted(summed.items()) if order_units(goods[place], rate) > 1}
        rates[distributor] = kept
        for dealer in channel.dealers_of(distributor):
            rates[dealer] = {place: rate for place, rate in rates[dealer].items() if place in kept}
    return dict(rates)


def mean_quantity(one: Goods) -> float:
    """Tell how many base units of a SKU a customer takes on average."""
    case = CASE_CHANCE.get(one.family.temper, 0.0)
    return case * one.case + (1 - case) * _MEAN_UNITS


def order_units(one: Goods, rate: float) -> int:
    """Tell in which packs a dealer orders a SKU: by the case, or by the piece what sells too slowly."""
    return one.case if _sellable(one, rate) >= one.case else 1


def _sellable(one: Goods, rate: float) -> float:
    return rate * min(one.family.shelf_days, _LONGEST_DAYS) * _SELLS_BY
