"""Demand factors of every city and day of the plan, computed once."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from lingqu.roles.demo.plan.calendar import feasts, promotions
from lingqu.roles.demo.plan.channel import Channel
from lingqu.roles.demo.plan.demand import appetite, visits
from lingqu.roles.demo.plan.goods import Goods
from lingqu.roles.demo.plan.weather import plan_weather

_AHEAD = 8


class Outlook:
    """How today's demand and that of the week ahead compare with a usual day. Days are counted from the first."""

    def __init__(self, channel: Channel, goods: Sequence[Goods], *, first: date, day_count: int) -> None:
        days = [first + timedelta(days=number) for number in range(day_count + _AHEAD)]
        holidays, offers = feasts(first, days[-1]), promotions(first, days[-1])
        tempers = sorted({one.family.temper for one in goods})
        self._visits: dict[int, list[float]] = {}
        self._appetites: dict[int, list[Mapping[str, float]]] = {}
        for place in channel.distributors:
            weather = plan_weather(channel.firms[place].code, first, len(days))
            self._visits[place] = [visits(on, sky, holidays) for on, sky in zip(days, weather, strict=True)]
            self._appetites[place] = [
                {temper: appetite(temper, on, sky, holidays, offers) for temper in tempers}
                for on, sky in zip(days, weather, strict=True)
            ]
        self._ahead: dict[str, list[float]] = {
            temper: self._week(channel.distributors[0], temper, day_count) for temper in tempers
        }

    def visits(self, city: int, day: int) -> float:
        """Tell how many times the usual number of customers come to shops of a distributor's city."""
        return self._visits[city][day]

    def appetites(self, city: int, day: int) -> Mapping[str, float]:
        """Tell by temper how many times the usual share goods have that day."""
        return self._appetites[city][day]

    def ahead(self, temper: str, day: int) -> float:
        """Tell how the coming week compares with a usual one, as an experienced buyer would guess."""
        return self._ahead[temper][day]

    def _week(self, city: int, temper: str, day_count: int) -> list[float]:
        daily = [v * a[temper] for v, a in zip(self._visits[city], self._appetites[city], strict=True)]
        return [sum(daily[day : day + _AHEAD]) / _AHEAD for day in range(day_count)]
