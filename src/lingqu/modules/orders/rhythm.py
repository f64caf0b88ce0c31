"""The rhythm of a standing order: on which dates it falls. Pure."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Annotated, Literal

from msgspec import Meta, Struct

from lingqu.kernel.errors import FieldError, Invalid, Words

_DAY = timedelta(days=1)
_WEEK_DAYS = 7
_LONGEST_STEP_DAYS = 53 * _WEEK_DAYS
_NO_DAYS = Words("Choose at least one day.", "请至少选择一天。")

Weekday = Annotated[int, Meta(ge=1, le=7)]
MonthDay = Annotated[int, Meta(ge=1, le=31)]


class Rhythm(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Days of the week (1 is Monday) in every n-th week, counted from the week of the start; or days of the month.

    A day that a month lacks falls on its last day.
    """

    kind: Literal["weekly", "monthly"]
    weekdays: Annotated[list[Weekday], Meta(max_length=7)] = []
    every_weeks: Annotated[int, Meta(ge=1, le=52)] = 1
    month_days: Annotated[list[MonthDay], Meta(max_length=31)] = []


def check_rhythm(rhythm: Rhythm) -> None:
    """Refuse a rhythm without days.

    Raises: Invalid.
    """
    name = "weekdays" if rhythm.kind == "weekly" else "month_days"
    if not getattr(rhythm, name):
        raise Invalid(errors=[FieldError(f"/rhythm/{name}", "required", _NO_DAYS)])


def falls_on(rhythm: Rhythm, day: date, *, starts_on: date) -> bool:
    """Tell whether a day belongs to the rhythm; what lies before the start does not."""
    if day < starts_on:
        return False
    if rhythm.kind == "monthly":
        is_last = (day + _DAY).month != day.month
        return day.day in rhythm.month_days or (is_last and any(other > day.day for other in rhythm.month_days))
    weeks = (_monday(day) - _monday(starts_on)).days // _WEEK_DAYS
    return day.isoweekday() in rhythm.weekdays and weeks % rhythm.every_weeks == 0


def dates(
    rhythm: Rhythm, *, starts_on: date, ends_on: date | None, skipped_on: Collection[date], since: date, until: date
) -> Iterator[date]:
    """Give the dates from ``since`` to before ``until``, without those that are skipped or after the end."""
    day = max(since, starts_on)
    last = until if ends_on is None else min(until, ends_on + _DAY)
    while day < last:
        if day not in skipped_on and falls_on(rhythm, day, starts_on=starts_on):
            yield day
        day += _DAY


def next_date(
    rhythm: Rhythm, *, starts_on: date, ends_on: date | None, skipped_on: Collection[date], since: date
) -> date | None:
    """Find the first date from ``since`` on; None where nothing is to come."""
    first = max(since, starts_on)
    until = first + timedelta(days=_LONGEST_STEP_DAYS * (len(skipped_on) + 1))
    return next(
        dates(rhythm, starts_on=starts_on, ends_on=ends_on, skipped_on=skipped_on, since=first, until=until), None
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
