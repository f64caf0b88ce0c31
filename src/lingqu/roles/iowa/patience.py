"""Try again while an installation that was hit comes back to its feet."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from lingqu.kernel.errors import Unavailable
from lingqu.runtime.engines.cannot_run import CannotRun

Answer = TypeVar("Answer")

_PATIENCE_S = 180.0
_FIRST_WAIT_S = 0.1
_LONGEST_WAIT_S = 3.0


class Passing(Exception):
    """Trouble that is likely to pass."""


async def patiently(attempt: Callable[[], Awaitable[Answer]]) -> Answer:
    """Repeat an attempt, which must bear being made twice, until it succeeds.

    Raises: CannotRun with the last trouble after three minutes of it.
    """
    until = time.monotonic() + _PATIENCE_S
    wait_s = _FIRST_WAIT_S
    while True:
        try:
            return await attempt()
        except (Passing, Unavailable) as trouble:
            if time.monotonic() > until:
                raise CannotRun(f"The installation has not answered for {_PATIENCE_S:.0f} seconds: {trouble}") from None
        await asyncio.sleep(wait_s)
        wait_s = min(wait_s * 2, _LONGEST_WAIT_S)
