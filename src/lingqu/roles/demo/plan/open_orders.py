"""What is open on the morning after the last day, so that a visitor finds work in every role."""

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from lingqu.roles.demo.plan.day import Line
from lingqu.roles.demo.plan.tariff import APPROVAL_ABOVE_MINOR, TRADE_PERCENT, retail_price
from lingqu.roles.demo.plan.trade import Trade

_SHARE_FREE = 3
_LINES = 3
_MARGIN = 1.3


class Until(StrEnum):
    """How far an open order came."""

    PLACED = "placed"
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    PART_SHIPPED = "part-shipped"
    SHIPPED = "shipped"


class OpenOrder(Struct, frozen=True, kw_only=True):
    """An order that nobody has finished yet."""

    seller: int
    buyer: int
    until: Until
    lines: tuple[Line, ...]


def plan_open_orders(trade: Trade) -> list[OpenOrder]:
    """Choose orders around the firms where visitors sign in, out of what their sellers have left."""
    channel, stories = trade.plan.channel, trade.plan.stories
    distributor, plant = stories.distributor, channel.suppliers[0]
    others = [
        dealer
        for dealer in channel.dealers_of(distributor)
        if dealer not in {stories.visited, stories.debtor, stories.silent}
    ]
    by_volume = sorted(others, key=lambda place: channel.firms[place].volume, reverse=True)
    wanted = [
        (distributor, by_volume[0], Until.WAITING),
        (distributor, stories.visited, Until.PLACED),
        (distributor, stories.visited, Until.PART_SHIPPED),
        (distributor, stories.visited, Until.SHIPPED),
        (distributor, by_volume[1], Until.PLACED),
        (distributor, by_volume[2], Until.CONFIRMED),
        (distributor, by_volume[3], Until.CONFIRMED),
        (plant, distributor, Until.PLACED),
        (plant, distributor, Until.CONFIRMED),
        (plant, distributor, Until.SHIPPED),
        (plant, channel.distributors[1], Until.PLACED),
        (plant, channel.distributors[2], Until.CONFIRMED),
    ]
    taken: dict[tuple[int, int], int] = {}
    return [
        OpenOrder(seller=seller, buyer=buyer, until=until, lines=tuple(_lines(trade, seller, buyer, until, taken)))
        for seller, buyer, until in wanted
    ]


def _lines(trade: Trade, seller: int, buyer: int, until: Until, taken: dict[tuple[int, int], int]) -> Iterator[Line]:
    """Order cases of what sells best: a few lines, or as many as make the seller's approval necessary."""
    plan, amount = trade.plan, 0.0
    rates = {place: rate for place, rate in plan.rates[buyer].items() if _makes(trade, seller, place)}
    count = 0
    for place in sorted(rates, key=rates.__getitem__, reverse=True):
        one = plan.goods[place]
        free = trade.shelves[seller].free(place, plan.last) - taken.get((seller, place), 0)
        cases = free // one.case if until is Until.WAITING else min(free // one.case // _SHARE_FREE, 4)
        if cases < 1:
            continue
        taken[seller, place] = taken.get((seller, place), 0) + cases * one.case
        yield Line(place, len(one.packs) - 1, cases)
        count += 1
        percent = TRADE_PERCENT["A"][-1][1]
        amount += retail_price(one, 0, percent=percent) * cases * one.case
        if amount > APPROVAL_ABOVE_MINOR * _MARGIN if until is Until.WAITING else count == _LINES:
            return


def _makes(trade: Trade, seller: int, goods: int) -> bool:
    channel = trade.plan.channel
    return seller not in channel.suppliers or channel.suppliers[trade.plan.goods[goods].family.supplier] == seller
