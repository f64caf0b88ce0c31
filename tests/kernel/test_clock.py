from datetime import UTC, date, datetime
from zoneinfo import ZoneInfoNotFoundError

import pytest

from lingqu.kernel.clock import business_date, system_clock


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
