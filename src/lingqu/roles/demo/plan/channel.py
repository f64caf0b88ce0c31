"""Who trades: the brand, its suppliers, the distributors of six cities and their dealers in real counties."""

from collections.abc import Sequence
from itertools import pairwise
from random import Random
from typing import Literal

from msgspec import Struct

from lingqu.roles.demo.plan.dice import dice
from lingqu.roles.demo.plan.places import County, counties
from lingqu.roles.demo.plan.size import Size
from lingqu.roles.demo.plan.words import GIVEN, SHOP_KINDS, SHOP_NAMES, STREETS, SURNAMES

Level = Literal["A", "B", "C"]


class Firm(Struct, frozen=True, kw_only=True):
    """An organization of the plan.

    ``trade_days`` are the weekdays (Monday 0) on which a seller takes orders and a buyer looks through its shelves;
    ``volume`` is how much a shop sells beside the average one; ``seller`` is the place of who is above it.
    """

    code: str
    name: str
    name_en: str
    contact: str
    phone: str
    county: County
    address: str
    home_cell: int
    level: str = ""
    seller: int = 0
    trade_days: tuple[int, ...] = ()
    volume: float = 1.0


class Channel(Struct, frozen=True, kw_only=True):
    """The whole network: the brand, its suppliers, the distributors, the dealers, tier after tier in ``firms``.

    Everybody is named by the place there, as ``seller`` of a dealer is its distributor's.
    """

    firms: tuple[Firm, ...]
    suppliers: range
    distributors: range
    dealers: range

    def dealers_of(self, distributor: int) -> list[int]:
        """List a distributor's dealers."""
        return [place for place in self.dealers if self.firms[place].seller == distributor]


# Code, names, prefecture, home cell, days of delivery, share of the dealers.
_DISTRIBUTORS = (
    ("HZ", "杭州润丰商贸有限公司", "Hangzhou Runfeng Trading", 156330100, 1, (0, 3), 26),
    ("NB", "宁波海源食品有限公司", "Ningbo Haiyuan Foods", 156330200, 2, (1, 4), 20),
    ("SX", "绍兴越州乳品经营部", "Shaoxing Yuezhou Dairy", 156330600, 3, (2, 5), 14),
    ("SU", "苏州姑苏食品有限公司", "Suzhou Gusu Foods", 156320500, 0, (0, 3), 22),
    ("NJ", "南京金陵商贸有限公司", "Nanjing Jinling Trading", 156320100, 1, (1, 4), 22),
    ("HF", "合肥庐州乳业商贸", "Hefei Luzhou Dairy Trading", 156340100, 2, (2, 5), 16),
)
_SUPPLIERS = (
    ("TR-F1", "天润乳业华东工厂", "Tianrun East China Plant", 156330100, 3, (0,)),
    ("TR-F2", "天润低温乳品工厂", "Tianrun Chilled Dairy Plant", 156320500, 0, (1, 4)),
    ("TR-F3", "天润营养品与冰品工厂", "Tianrun Nutrition and Ice Plant", 156320100, 2, (2,)),
)
_LEVELS: tuple[tuple[Level, float], ...] = (("A", 1.7), ("B", 1.0), ("C", 0.6))


def plan_channel(size: Size) -> Channel:
    """Name everybody.

    Shapes: the first dealer is the first distributor's, and so on in the order of the distributors.
    """
    chance = dice("channel")
    brand = _firm(chance, "TR", "天润乳业", "Tianrun Dairy", counties(156330100)[2], home_cell=0)
    suppliers = tuple(
        _firm(chance, code, name, name_en, counties(region)[-1], home_cell=cell, trade_days=days)
        for code, name, name_en, region, cell, days in _SUPPLIERS
    )
    distributors = tuple(
        _firm(chance, code, name, name_en, counties(region)[0], home_cell=cell, trade_days=days, level="A")
        for code, name, name_en, region, cell, days, _ in _DISTRIBUTORS
    )
    dealers = _dealers(distributors, 1 + len(suppliers), size.dealer_count)
    firms = (brand, *suppliers, *distributors, *dealers)
    ends = [1, 1 + len(suppliers), 1 + len(suppliers) + len(distributors), len(firms)]
    ranges = [range(start, end) for start, end in pairwise(ends)]
    return Channel(firms=firms, suppliers=ranges[0], distributors=ranges[1], dealers=ranges[2])


def person(chance: Random) -> str:
    """Name somebody."""
    return chance.choice(SURNAMES) + chance.choice(GIVEN)


def _dealers(distributors: Sequence[Firm], first: int, count: int) -> tuple[Firm, ...]:
    chance = dice("dealers")
    shares = [share for *_, share in _DISTRIBUTORS]
    dealers: list[Firm] = []
    for seller, (distributor, share) in enumerate(zip(distributors, shares, strict=True), start=first):
        wanted = count * share // sum(shares)
        around = counties(distributor.county.prefecture_id)
        names = [(*name, *kind) for name in SHOP_NAMES for kind in SHOP_KINDS]
        chance.shuffle(names)
        for number in range(wanted):
            county = around[number % len(around)]
            name, name_en, kind, kind_en = names[number % len(names)]
            # The first of each distributor is a big one: visitors sign in there.
            level, volume = chance.choices(_LEVELS, weights=(2, 5, 3))[0] if number else _LEVELS[0]
            # A big shop looks through its shelves at every delivery, a small one at every second.
            days = distributor.trade_days if level != "C" else (chance.choice(distributor.trade_days),)
            dealers.append(
                _firm(
                    chance,
                    f"{distributor.code}-{number + 1:03}",
                    f"{county.short_name}{name}{kind}",
                    f"{county.name_en} {name_en} {kind_en}",
                    county,
                    home_cell=distributor.home_cell,
                    level=level,
                    seller=seller,
                    trade_days=days,
                    volume=volume * chance.uniform(0.7, 1.3),
                )
            )
    return tuple(dealers)


def _firm(
    chance: Random,
    code: str,
    name: str,
    name_en: str,
    county: County,
    *,
    home_cell: int,
    level: str = "",
    seller: int = 0,
    trade_days: tuple[int, ...] = (),
    volume: float = 1.0,
) -> Firm:
    street, _ = chance.choice(STREETS)
    return Firm(
        code=code,
        name=name,
        name_en=name_en,
        contact=person(chance),
        phone=f"1380000{chance.randrange(10_000):04}",
        county=county,
        address=f"{county.name}{street}{chance.randrange(1, 400)}号",
        home_cell=home_cell,
        level=level,
        seller=seller,
        trade_days=trade_days,
        volume=volume,
    )
