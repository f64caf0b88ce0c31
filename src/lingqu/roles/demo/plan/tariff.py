"""What everybody asks, as parts of the retail price by tier, level and quantity, and how it is paid."""

from collections.abc import Iterator

from msgspec import Struct

from lingqu.roles.demo.plan.goods import Goods, price_of

COST_PERCENT = 45
"""What a unit costs its plant."""

PLANT_PERCENT = ((1, 62), (20, 61))
"""What distributors pay from so many cases on."""

RESERVE_PERCENT = ((1, 64), (20, 63))
"""What distributors pay the brand for goods of its own reserve."""

# What dealers pay: by level, from so many cases on. "" is everybody's list.
TRADE_PERCENT = {"": ((1, 79), (10, 78)), "B": ((1, 77), (10, 76)), "A": ((1, 75), (10, 73))}
CASE_PERCENT = 95
"""What a whole case costs a consumer, as a part of its units' prices."""

PROMOTED_PERCENT = 90
FLOOR_PERCENT = 85
"""Below this no shop may sell."""

BREACH_PERCENT = 78
"""What the shop of the price breach asks: below the floor that came after it."""

PAYMENT_DAYS = {"A": 30, "B": 21, "C": 15}
LIMITS_MINOR = {"A": 50_000_00, "B": 30_000_00, "C": 15_000_00}
"""Credit of a dealer by its level: enough for the weeks before Spring Festival, so that the plan is never refused."""

DISTRIBUTOR_LIMIT_MINOR = 3_000_000_00
APPROVAL_ABOVE_MINOR = 5_000_00
"""Orders of a dealer above this wait for the distributor's approval."""


class Rung(Struct, frozen=True):
    """The price of a pack from a number of packs on."""

    goods: int
    pack: int
    min_packs: int
    price_minor: int


def trade_rungs(place: int, one: Goods, steps: tuple[tuple[int, int], ...]) -> Iterator[Rung]:
    """List what traders pay for a SKU: cases by quantity, single units at the first step's rate."""
    case = len(one.packs) - 1
    yield Rung(place, 0, 1, price_of(one.retail_minor, steps[0][1]))
    for min_packs, percent in steps:
        yield Rung(place, case, min_packs, price_of(one.retail_minor, percent, units=one.case))


def retail_price(one: Goods, pack: int, *, percent: int = 100) -> int:
    """Tell what a consumer pays for a pack: a little less by the case."""
    units = one.packs[pack].units
    return price_of(one.retail_minor, percent * (CASE_PERCENT if units > 1 else 100) // 100, units=units)
