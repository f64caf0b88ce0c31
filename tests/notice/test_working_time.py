"""Working time: counted minute by minute it is the same, over nights, weekends and the hour that summer takes."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from lingqu.modules.notice.working_time import WorkingTime

_MINUTE = timedelta(minutes=1)
_ENOUGH = timedelta(days=30)
_ZONES = ("Asia/Shanghai", "America/Chicago", "Europe/Berlin")


@st.composite
def hours(draw: st.DrawFn) -> WorkingTime:
    opens = draw(st.integers(0, 22))
    return WorkingTime(
        weekdays=draw(st.lists(st.integers(1, 7), min_size=1, unique=True)),
        opens_at=time(opens),
        closes_at=time(draw(st.integers(opens + 1, 23))),
        zone=ZoneInfo(draw(st.sampled_from(_ZONES))),
    )


@given(
    hours=hours(),
    # Around the day on which the clocks of Chicago leap.
    since=st.integers(0, 6 * 24 * 60).map(lambda minutes: datetime(2026, 3, 5, tzinfo=UTC) + minutes * _MINUTE),
    minutes=st.integers(0, 3 * 24 * 60),
)
@settings(max_examples=30, deadline=None)
def test_it_is_what_one_counts_minute_by_minute(hours: WorkingTime, since: datetime, minutes: int) -> None:
    counted = sum(hours.is_open(since + minute * _MINUTE) for minute in range(minutes))
    assert hours.passed(since, since + minutes * _MINUTE, enough=_ENOUGH) == counted * _MINUTE


def test_the_night_and_the_weekend_do_not_count() -> None:
    shop = WorkingTime(weekdays=[1, 2, 3, 4, 5], opens_at=time(9), closes_at=time(18), zone=ZoneInfo("Asia/Shanghai"))
    friday = datetime(2026, 3, 6, 17, tzinfo=shop.zone)
    monday = datetime(2026, 3, 9, 10, 30, tzinfo=shop.zone)
    assert shop.passed(friday, monday, enough=_ENOUGH) == timedelta(hours=2, minutes=30)
    assert shop.passed(friday, monday, enough=timedelta(hours=2)) == timedelta(hours=2)
    assert not shop.is_open(friday + timedelta(hours=1))
    assert shop.is_open(monday)
    assert shop.passed(monday, friday, enough=_ENOUGH) == timedelta()
