"""How much more or less is bought on a day: weekday, feast, promotion, season and weather."""

from collections.abc import Sequence
from datetime import date

from lingqu.roles.demo.plan.calendar import Feast, Promotion
from lingqu.roles.demo.plan.weather import Weather

_WEEKDAYS = (0.92, 0.90, 0.92, 0.95, 1.05, 1.18, 1.14)
_RAIN = 0.86
_COMFORT_C = 17.0
_PROMOTED = 1.45
# Days before (from, to) a feast and how many times more of a gift is bought then.
_GIFTS = {"spring": (18, 1, 2.6), "autumn": (12, 0, 1.7), "dragon": (7, 0, 1.25), "national": (3, 0, 1.2)}
# Days from a feast on which shops are quiet, and how quiet.
_CLOSED = {"spring": (4, 0.35)}
_SLOPES = {"summer": 0.03, "ice": 0.085, "winter": -0.018, "fresh": -0.004}
_LEAST, _MOST = 0.12, 2.6
_HOLIDAY_MONTHS = frozenset({7, 8})
_NO_SCHOOL = 0.85


def visits(on: date, weather: Weather, feasts: Sequence[Feast]) -> float:
    """Tell how many times the usual number of customers come."""
    times = _WEEKDAYS[on.weekday()] * (_RAIN if weather.is_rainy else 1.0)
    for feast in feasts:
        ahead = (feast.on - on).days
        if feast.name == "spring" and 1 <= ahead <= _GIFTS["spring"][0]:
            times *= 1.5
        if feast.name in _CLOSED and -_CLOSED[feast.name][0] <= ahead <= 0:
            times *= _CLOSED[feast.name][1]
    return times


def appetite(
    temper: str, on: date, weather: Weather, feasts: Sequence[Feast], promotions: Sequence[Promotion]
) -> float:
    """Tell how many times its usual share goods of a temper have in what customers buy."""
    times = min(max(1.0 + _SLOPES.get(temper, 0.0) * (weather.temperature_c - _COMFORT_C), _LEAST), _MOST)
    if temper == "gift":
        for feast in feasts:
            first, last, more = _GIFTS.get(feast.name, (-1, 0, 1.0))
            times *= more if last <= (feast.on - on).days <= first else 1.0
    if temper == "children" and on.month in _HOLIDAY_MONTHS:
        times *= _NO_SCHOOL
    for promotion in promotions:
        if temper in promotion.tempers and promotion.starts_on <= on < promotion.ends_on:
            times *= _PROMOTED
    return times
