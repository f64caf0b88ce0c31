"""Weather of a city: a year's curve of the lower Yangtze, warm and cold spells, rain."""

import math
from datetime import date, timedelta

from msgspec import Struct

from lingqu.roles.demo.plan.dice import dice

_MEAN_C, _SWING_C, _COLDEST = 17.0, 11.5, 20
_YEAR = 365.25
_PERSISTENCE, _UNREST_C = 0.8, 2.0
_RAIN = 0.3


class Weather(Struct, frozen=True):
    """A day outdoors."""

    temperature_c: float
    is_rainy: bool


def plan_weather(city: str, first: date, day_count: int) -> list[Weather]:
    """Draw the weather of some days.

    Shapes: one a day, from ``first`` on. Spells: an autoregressive walk around the curve of the year.
    """
    chance = dice("weather", city, first)
    spell, days = 0.0, []
    for number in range(day_count):
        on = first + timedelta(days=number)
        spell = _PERSISTENCE * spell + chance.gauss(0, _UNREST_C)
        curve = _MEAN_C - _SWING_C * math.cos(2 * math.pi * (on.timetuple().tm_yday - _COLDEST) / _YEAR)
        days.append(Weather(round(curve + spell, 1), chance.random() < _RAIN))
    return days
