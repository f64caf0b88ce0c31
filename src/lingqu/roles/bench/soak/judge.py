"""Compare the last minute of a soak with its second: pure, so that it can be seen to say no."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from lingqu.roles.bench.soak.memory import Used

LEAST_THROUGHPUT = 0.8
MOST_P99 = 2.0
MOST_GROWTH = 0.15
ROOM_BYTES = 16 * 1024 * 1024
"""What a process may take on top, whatever its size: caches of a few megabytes still fill in the first minutes."""


class Minute(Struct, frozen=True, kw_only=True):
    """One window of the load: what was answered in it, and what each process took at its end."""

    orders: int
    requests: int
    p99_ms: float
    memory: Mapping[str, Used]


def minute_of(took: Sequence[float], *, orders: int, memory: Mapping[str, Used]) -> Minute:
    """Sum up a window from the seconds that each answer took."""
    ranked = sorted(took)
    p99 = ranked[min(len(ranked) - 1, len(ranked) * 99 // 100)] if ranked else 0.0
    return Minute(orders=orders, requests=len(ranked), p99_ms=round(p99 * 1000, 1), memory=memory)


def leaking(second: Minute, last: Minute) -> list[str]:
    """Name the processes whose own memory grew by more than they may; one that is gone has grown nothing."""
    return sorted(
        name
        for name, used in last.memory.items()
        if name in second.memory and used.private > second.memory[name].private * (1 + MOST_GROWTH) + ROOM_BYTES
    )


def faults(second: Minute, last: Minute, *, is_timed: bool = True) -> list[str]:
    """Say what got worse. Without ``is_timed`` only memory counts: seconds are too short to compare speed by."""
    found = [f"{name} grew" for name in leaking(second, last)]
    if not is_timed:
        return found
    if last.orders < second.orders * LEAST_THROUGHPUT:
        found.append(f"{last.orders} orders in the last minute, {second.orders} in the second")
    if last.p99_ms > second.p99_ms * MOST_P99:
        found.append(f"p99 {last.p99_ms} ms in the last minute, {second.p99_ms} ms in the second")
    return found
