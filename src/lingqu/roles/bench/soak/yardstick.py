"""How fast this machine is right now, by work that is always the same: a shared one is faster and slower by halves."""

import asyncio
import hashlib
import statistics
import time

_ROUNDS = 40
_BLOCK = bytes(64 * 1024)
_STEPS = 4_000
_EVERY_S = 2.0


def pace() -> float:
    """Do a fixed piece of work, of the interpreter's and of plain loops over memory.

    Units: pieces a second of this thread's own CPU time, so waiting for a processor does not count.
    """
    started = time.thread_time()
    for _ in range(_ROUNDS):
        hashlib.sha256(_BLOCK).digest()
        found: dict[int, str] = {}
        for number in range(_STEPS):
            found[number & 255] = str(number)
    return _ROUNDS / max(time.thread_time() - started, 1e-9)


async def paces_until(over: asyncio.Event) -> float:
    """Measure every few seconds, at the side, until ``over``, and give the median."""
    found = [await asyncio.to_thread(pace)]
    while not over.is_set():
        try:
            await asyncio.wait_for(over.wait(), _EVERY_S)
        except TimeoutError:
            found.append(await asyncio.to_thread(pace))
    return statistics.median(found)
