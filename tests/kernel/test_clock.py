from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfoNotFoundError

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lingqu.kernel.clock import business_date, midnight, system_clock


def test_the_trading_day_is_that_of_the_organizations_zone() -> None:
    late = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)
    assert business_date(late, "Asia/Shanghai") == date(2026, 3, 2)
    assert business_date(late, "America/Chicago") == date(2026, 3, 1)


def test_an_instant_without_offset_and_an_unknown_zone_are_refused() -> None:
    with pytest.raises(ValueError, match="needs an offset"):
        business_date(datetime(2026, 3, 1), "Asia/Shanghai")  # noqa: DTZ001 - that is the point
    with pytest.raises(ZoneInfoNotFoundError):
        business_date(datetime(2026, 3, 1, tzinfo=UTC), "Mars/Olympus")


def test_the_clock_of_this_machine_tells_utc() -> None:
    assert system_clock().utcoffset() == UTC.utcoffset(None)


# Clocks leap over midnight in São Paulo and Beirut, back over it in Havana; Apia has no 30th of December 2011.
ZONES = ("Asia/Shanghai", "America/Sao_Paulo", "Asia/Beirut", "America/Havana", "Pacific/Apia", "UTC")


@given(now=st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)), zone=st.sampled_from(ZONES))  # noqa: DTZ001 - bounds are naive by Hypothesis's rule
@example(now=datetime(2018, 11, 4, 3, 0), zone="America/Sao_Paulo")  # noqa: DTZ001
@example(now=datetime(2018, 11, 4, 2, 59), zone="America/Sao_Paulo")  # noqa: DTZ001
@example(now=datetime(2011, 12, 30, 10, 0), zone="Pacific/Apia")  # noqa: DTZ001
def test_a_trading_day_lies_between_its_midnights(now: datetime, zone: str) -> None:
    now = now.replace(tzinfo=UTC)
    on = business_date(now, zone)
    assert midnight(on, zone) <= now < midnight(on + timedelta(days=1), zone)
