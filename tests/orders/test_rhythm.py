"""The rhythm of a standing order: compared with a calendar that is read day by day."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.rhythm import Rhythm, check_rhythm, dates, next_date

MONDAY = date(2026, 3, 2)
_DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))
_WEEKLY = st.builds(
    Rhythm,
    kind=st.just("weekly"),
    weekdays=st.lists(st.integers(1, 7), min_size=1, max_size=7),
    every_weeks=st.integers(1, 52),
)
_MONTHLY = st.builds(Rhythm, kind=st.just("monthly"), month_days=st.lists(st.integers(1, 31), min_size=1, max_size=4))


def _dates(rhythm: Rhythm, *, starts_on: date = MONDAY, days: int = 40, **given: object) -> list[str]:
    found = dates(
        rhythm,
        starts_on=starts_on,
        ends_on=given.get("ends_on"),  # type: ignore[arg-type]
        skipped_on=given.get("skipped_on", ()),  # type: ignore[arg-type]
        since=starts_on,
        until=starts_on + timedelta(days=days),
    )
    return [f"{one:%m-%d}" for one in found]


def test_weekdays_in_every_second_week_count_from_the_week_of_the_start() -> None:
    rhythm = Rhythm(kind="weekly", weekdays=[1, 4], every_weeks=2)
    wednesday = MONDAY + timedelta(days=2)
    assert _dates(rhythm, starts_on=wednesday) == ["03-05", "03-16", "03-19", "03-30", "04-02"]


def test_the_31st_falls_on_the_last_day_of_shorter_months_and_once_only() -> None:
    rhythm = Rhythm(kind="monthly", month_days=[15, 30, 31])
    assert _dates(rhythm, starts_on=date(2026, 1, 31), days=70) == [
        "01-31",
        "02-15",
        "02-28",
        "03-15",
        "03-30",
        "03-31",
    ]


def test_skipped_dates_and_the_end_are_left_out() -> None:
    rhythm = Rhythm(kind="weekly", weekdays=[1])
    skipped = {date(2026, 3, 9)}
    assert _dates(rhythm, ends_on=date(2026, 3, 16), skipped_on=skipped) == ["03-02", "03-16"]
    assert (
        next_date(rhythm, starts_on=MONDAY, ends_on=date(2026, 3, 15), skipped_on=skipped, since=date(2026, 3, 3))
        is None
    )


def test_a_rhythm_without_days_is_refused() -> None:
    for rhythm, path in (
        (Rhythm(kind="weekly", month_days=[1]), "/rhythm/weekdays"),
        (Rhythm(kind="monthly", weekdays=[1]), "/rhythm/month_days"),
    ):
        with pytest.raises(Refusal) as refused:
            check_rhythm(rhythm)
        assert [error.path for error in refused.value.errors] == [path]


@given(_WEEKLY | _MONTHLY, _DAYS, _DAYS, st.sets(_DAYS, max_size=5))
def test_the_next_date_is_the_first_that_a_calendar_shows(
    rhythm: Rhythm, starts_on: date, since: date, skipped_on: set[date]
) -> None:
    def is_due(day: date) -> bool:
        if day < starts_on or day in skipped_on:
            return False
        if rhythm.kind == "monthly":
            last = monthrange(day.year, day.month)[1]
            return day.day in {min(wanted, last) for wanted in rhythm.month_days}
        first_week = starts_on.toordinal() - starts_on.weekday()
        return day.isoweekday() in rhythm.weekdays and (day.toordinal() - first_week) // 7 % rhythm.every_weeks == 0

    day = since
    while not is_due(day):
        day += timedelta(days=1)
    assert next_date(rhythm, starts_on=starts_on, ends_on=None, skipped_on=skipped_on, since=since) == day
