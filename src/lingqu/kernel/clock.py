"""Time: read once at the edge and passed in. Everything below takes ``now``."""

from datetime import UTC, date, datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Whatever tells the instant; tests and replays bring their own."""

    def __call__(self) -> datetime: ...


def system_clock() -> datetime:
    """Read this machine's clock, in UTC."""
    return datetime.now(UTC)


def business_date(now: datetime, zone: str) -> date:
    """Find the trading day of an instant in an organization's own zone.

    Units:  ``now`` with an offset; ``zone`` an IANA name such as Asia/Shanghai.
    Raises: ZoneInfoNotFoundError for an unknown zone, ValueError for an instant without offset.
    """
    if now.tzinfo is None:
        raise ValueError("an instant needs an offset")
    return now.astimezone(ZoneInfo(zone)).date()


def midnight(on: date, zone: str) -> datetime:
    """Find the instant, in UTC, at which a trading day begins in a zone, also where clocks leap over its midnight.

    Raises: ZoneInfoNotFoundError for an unknown zone.
    """
    return datetime.combine(on, time.min, tzinfo=ZoneInfo(zone)).astimezone(UTC)
