"""What the suppliers' plants make, and what everybody starts with."""

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from lingqu.roles.demo.plan.assortment import Rates, order_units
from lingqu.roles.demo.plan.channel import Channel
from lingqu.roles.demo.plan.day import Made
from lingqu.roles.demo.plan.dice import dice
from lingqu.roles.demo.plan.goods import Goods
from lingqu.roles.demo.plan.outlook import Outlook
from lingqu.roles.demo.plan.shelves import Shelf

_BATCH_CASES = 2
_SPARE_CASES = 3
_SAFETY = 1.6
_WEEK = 7
_OPENING_DAYS = {"distributor": 14, "dealer": 9}


def lot_code(on: date, firm: int) -> str:
    """Name a lot by its day and plant, as printed on the pack."""
    return f"{on:%Y%m%d}F{firm}"


def plan_production(
    channel: Channel,
    goods: Sequence[Goods],
    rates: Mapping[int, Rates],
    outlook: Outlook,
    *,
    supplier: int,
    shelf: Shelf,
    day: int,
    on: date,
) -> list[Made]:
    """Fill a plant's stock up to what its distributors will order until it makes the next lot, and more."""
    firm = channel.firms[supplier]
    interval = _WEEK / len(firm.trade_days)
    made: list[Made] = []
    for place, one in enumerate(goods):
        if channel.suppliers[one.family.supplier] != supplier:
            continue
        daily = sum(rates[distributor].get(place, 0.0) for distributor in channel.distributors)
        if not daily:
            continue
        # Distributors order whole cases, some of them at every look.
        target = daily * outlook.ahead(one.family.temper, day) * interval * _SAFETY + one.case * _SPARE_CASES
        missing = target - shelf.free(place, on)
        if missing > 0:
            batch = one.case * _BATCH_CASES
            quantity = math.ceil(missing / batch) * batch
            made.append(_lot(one, place, firm=supplier, plant=supplier, produced_on=on, quantity=quantity))
    return made


def plan_opening(channel: Channel, goods: Sequence[Goods], rates: Mapping[int, Rates], *, on: date) -> list[Made]:
    """Give every distributor and dealer stock to start with, a few days old."""
    made: list[Made] = []
    for tier, places in (("distributor", channel.distributors), ("dealer", channel.dealers)):
        for firm in places:
            chance = dice("opening", channel.firms[firm].code)
            for place, rate in rates[firm].items():
                one = goods[place]
                age = chance.randint(1, max(one.family.shelf_days // 8, 2))
                days = min(_OPENING_DAYS[tier], one.family.shelf_days // 3)
                units = one.case if tier == "distributor" else order_units(one, rate)
                quantity = math.ceil(rate * days / units) * units
                plant = channel.suppliers[one.family.supplier]
                made.append(
                    _lot(one, place, firm=firm, plant=plant, produced_on=on - timedelta(days=age), quantity=quantity)
                )
    return made


def _lot(one: Goods, place: int, *, firm: int, plant: int, produced_on: date, quantity: int) -> Made:
    return Made(
        firm=firm,
        goods=place,
        lot=lot_code(produced_on, plant),
        produced_on=produced_on,
        expires_on=produced_on + timedelta(days=one.family.shelf_days),
        quantity=quantity,
    )
