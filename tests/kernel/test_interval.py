"""Half-open days: the last day is not in it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingqu.kernel.interval import Interval

_FIRST = date(2026, 1, 1)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    start = draw(st.integers(0, 30))
    length = draw(st.none() | st.integers(1, 30))
    return Interval(_FIRST + timedelta(days=start), None if length is None else _FIRST + timedelta(days=start + length))


DAYS = [_FIRST + timedelta(days=n) for n in range(100)]


@given(intervals(), intervals())
def test_two_meet_if_some_day_lies_in_both(first: Interval, second: Interval) -> None:
    assert first.meets(second) == any(first.holds(day) and second.holds(day) for day in DAYS)
    assert first.meets(second) == second.meets(first)


def test_the_end_is_outside_and_no_end_is_for_good() -> None:
    march = Interval(date(2026, 3, 1), date(2026, 4, 1))
    assert march.holds(date(2026, 3, 1))
    assert march.holds(date(2026, 3, 31))
    assert not march.holds(date(2026, 4, 1))
    assert not march.holds(date(2026, 2, 28))
    assert not march.meets(Interval(date(2026, 4, 1)))
    assert Interval(date(2026, 3, 1)).holds(date(9999, 12, 31))


@pytest.mark.parametrize("end", [date(2026, 3, 1), date(2026, 2, 1)])
def test_an_interval_ends_after_it_begins(end: date) -> None:
    with pytest.raises(ValueError, match="ends after it begins"):
        Interval(date(2026, 3, 1), end)
