"""When to try again: longer each time, spread, and not for ever."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

KEEP_TRYING = timedelta(days=3)
"""A delivery is tried this long."""

SILENT = KEEP_TRYING - timedelta(hours=1)
"""A webhook whose next try would come this long after its first failure is disabled: with its first given-up one."""

SETTLE = timedelta(seconds=1)
"""Events of one object reach us by several streams; this long each waits for those that belong before it."""

_FIRST_S = 5
_FACTOR = 4
_LONGEST_S = 6 * 3_600
_SPREAD_PERCENT = 20

BREAK_AFTER = 5
"""So many failures in a row are the address's fault and not a message's: then one probe at a time."""

_BREAK_FIRST_S = 10
_BREAK_LONGEST_S = 900


def next_try(delivery_id: UUID, *, attempts: int, now: datetime, wished_s: int | None = None) -> datetime:
    """Tell when a delivery that failed is tried again: after 5 s, 20 s, 80 s … at most 6 hours, give or take a fifth.

    The spread is drawn from the delivery's id, so that ten thousand that failed together do not come back together.

    Units: ``attempts`` counts those made; ``wished_s`` is what the receiver asked for, and never makes it sooner.
    """
    base_s = min(_FIRST_S * _FACTOR ** (attempts - 1), _LONGEST_S)
    noise = hashlib.sha256(f"{delivery_id}/{attempts}".encode()).digest()[0] / 255
    wait_s = base_s * (1 + _SPREAD_PERCENT / 100 * (2 * noise - 1))
    return now + timedelta(seconds=max(wait_s, min(wished_s or 0, _LONGEST_S)))


def lane_pause(failures: int, *, now: datetime) -> datetime | None:
    """Tell until when a webhook that fails and fails is left alone; None while it may be a message's fault."""
    if failures < BREAK_AFTER:
        return None
    return now + timedelta(seconds=min(_BREAK_FIRST_S * 2 ** (failures - BREAK_AFTER), _BREAK_LONGEST_S))
