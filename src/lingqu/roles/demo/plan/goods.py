"""The SKUs of the brand: every family's products in its formats, with packs, numbers and demand."""

import math
from itertools import product

from msgspec import Struct

from lingqu.roles.demo.plan.families import FAMILIES, Family, Format

_COMPANY = "952"  # GS1 keeps this prefix for demonstrations and examples: no real product bears it.
_TEN_FEN = 10
_PERCENT = 100


class GoodsPack(Struct, frozen=True, kw_only=True):
    """A pack: how it is called, how many base units it holds, the number under its bar code."""

    code: str
    zh: str
    en: str
    units: int
    gtin: str


class Goods(Struct, frozen=True, kw_only=True):
    """A SKU of the plan. ``weight`` is its part of all demand; ``retail_minor`` the price of a base unit in shops."""

    code: str
    product_code: str
    family: Family
    format: Format
    zh: str
    en: str
    retail_minor: int
    weight: float
    packs: tuple[GoodsPack, ...]

    @property
    def case(self) -> int:
        """Base units of a case: dealers order by it."""
        return self.format.case


def plan_goods(count: int) -> tuple[Goods, ...]:
    """Make the range, the same share of every family."""
    whole = [one for family in FAMILIES for one in _range(family)]
    kept = {number * len(whole) // count for number in range(count)}
    numbered = [(number, family, thing) for number, (family, thing) in enumerate(whole) if number in kept]
    return tuple(_goods(number, family, *thing) for number, family, thing in numbered)


def price_of(retail_minor: int, percent: int, *, units: int = 1) -> int:
    """Give a price as a part of the retail price of some units, in whole ten fen."""
    return max(retail_minor * units * percent // _PERCENT // _TEN_FEN, 1) * _TEN_FEN


def gtin13(item: int) -> str:
    """Give item number ``item`` of the demo's company its GTIN-13.

    Source: GS1 General Specifications 7.9, check digit by weights 1 and 3.
    """
    digits = f"{_COMPANY}{item:09}"
    return digits + _check_digit(digits)


def _check_digit(digits: str) -> str:
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def _range(family: Family) -> list[tuple[Family, tuple[int, int]]]:
    return [(family, place) for place in product(range(len(family.products)), range(len(family.formats)))]


def _goods(number: int, family: Family, rank: int, shape: int) -> Goods:
    zh, en, premium = family.products[rank]
    format_ = family.formats[shape]
    code = f"TR-{family.code}{rank + 1}{shape + 1}"
    return Goods(
        code=code,
        product_code=f"TR-{family.code}{rank + 1}",
        family=family,
        format=format_,
        zh=f"天润{zh} {format_.text}",
        en=f"Tianrun {en} {format_.text_en}",
        retail_minor=price_of(format_.retail_minor, int(premium * _PERCENT)),
        weight=family.share * _part(rank, len(family.products), 0.6) * _part(shape, len(family.formats), 0.4),
        packs=_packs(number, format_),
    )


def _part(rank: int, count: int, steepness: float) -> float:
    """Give the part of the whole that falls to a rank by Zipf's law: the further down the list, the less it sells."""
    parts = [math.pow(other + 1, -steepness) for other in range(count)]
    return parts[rank] / sum(parts)


def _packs(number: int, format_: Format) -> tuple[GoodsPack, ...]:
    unit = GoodsPack(code="unit", zh=format_.unit, en="each", units=1, gtin=gtin13(number * 10))
    case = GoodsPack(code="case", zh="箱", en="case", units=format_.case, gtin=gtin13(number * 10 + 2))
    if not format_.inner:
        return (unit, case)
    inner = GoodsPack(code="inner", zh="提", en="multipack", units=format_.inner, gtin=gtin13(number * 10 + 1))
    return (unit, inner, case)
