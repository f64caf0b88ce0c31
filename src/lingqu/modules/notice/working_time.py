"""Working time: when an organization's people are at work, and how much of it has passed."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct


class WorkingTime(Struct, frozen=True, kw_only=True):
    """The hours of every working day, in the organization's own time; weekdays as ISO numbers them, Monday is 1."""

    weekdays: Sequence[int]
    opens_at: time
    closes_at: time
    zone: ZoneInfo

    def is_open(self, at: datetime) -> bool:
        """Tell whether people are at work."""
        opens, closes = self._bounds(at.astimezone(self.zone).date())
        return opens <= at < closes

    def passed(self, since: datetime, until: datetime, *, enough: timedelta) -> timedelta:
        """Count the working time between two instants, to ``enough`` and no further.

        Source: tests/notice/test_working_time.py, which counts minute by minute.
        """
        total = timedelta()
        day, last = since.astimezone(self.zone).date(), until.astimezone(self.zone).date()
        while day <= last and total < enough:
            opens, closes = self._bounds(day)
            total += max(min(until, closes) - max(since, opens), timedelta())
            day += timedelta(days=1)
        return min(total, enough)

    def _bounds(self, day: date) -> tuple[datetime, datetime]:
        """Give the day's hours as instants; on a day off it opens and closes at once."""
        opens = datetime.combine(day, self.opens_at, self.zone).astimezone(UTC)
        if day.isoweekday() not in self.weekdays:
            return opens, opens
        return opens, datetime.combine(day, self.closes_at, self.zone).astimezone(UTC)
