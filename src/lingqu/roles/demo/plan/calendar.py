"""Feasts, school days and promotions of the Chinese year as far as shops feel them."""

from datetime import date, timedelta

from msgspec import Struct

# Lunar feasts by year. A year that is not here has none.
_SPRING = {
    2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 3),
    2031: (1, 23), 2032: (2, 11),
}  # fmt: skip
_DRAGON = {
    2024: (6, 10), 2025: (5, 31), 2026: (6, 19), 2027: (6, 9), 2028: (5, 28), 2029: (6, 16), 2030: (6, 5),
    2031: (6, 24), 2032: (6, 12),
}  # fmt: skip
_AUTUMN = {
    2024: (9, 17), 2025: (10, 6), 2026: (9, 25), 2027: (9, 15), 2028: (10, 3), 2029: (9, 22), 2030: (9, 12),
    2031: (10, 1), 2032: (9, 19),
}  # fmt: skip
_FIXED = (("children", 6, 1), ("national", 10, 1), ("singles", 11, 11))


class Feast(Struct, frozen=True):
    """A feast and its day."""

    name: str
    on: date


class Promotion(Struct, frozen=True):
    """Goods of these tempers are cheaper from ``starts_on`` until before ``ends_on``."""

    name: str
    starts_on: date
    ends_on: date
    tempers: frozenset[str]


_PROMOTED = {
    "spring": ("年货节", 16, 2, frozenset({"gift", "winter"})),
    "dragon": ("端午特惠", 6, 1, frozenset({"gift", "summer"})),
    "children": ("六一儿童节", 7, 1, frozenset({"children"})),
    "autumn": ("中秋团圆", 10, 1, frozenset({"gift"})),
    "national": ("国庆出游", 1, 7, frozenset({"summer", "fresh"})),
    "singles": ("双十一", 3, 1, frozenset({"gift", "plain", "children"})),
}


def feasts(first: date, last: date) -> tuple[Feast, ...]:
    """List the feasts of a period and the month after it, the earliest first."""
    found = [
        Feast(name, date(year, *days[year]))
        for year in range(first.year, last.year + 2)
        for name, days in (("spring", _SPRING), ("dragon", _DRAGON), ("autumn", _AUTUMN))
        if year in days
    ]
    found += [
        Feast(name, date(year, month, day)) for year in range(first.year, last.year + 2) for name, month, day in _FIXED
    ]
    return tuple(sorted((one for one in found if first <= one.on <= last + timedelta(days=31)), key=lambda one: one.on))


def promotions(first: date, last: date) -> tuple[Promotion, ...]:
    """List the promotions around the feasts of a period."""
    found: list[Promotion] = []
    for feast in feasts(first, last):
        name, before, after, tempers = _PROMOTED[feast.name]
        starts = feast.on - timedelta(days=before)
        found.append(Promotion(f"{name} {feast.on.year}", starts, feast.on + timedelta(days=after), tempers))
    return tuple(found)
