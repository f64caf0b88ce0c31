"""Compare the last minute of a soak with its second: pure, so that it can be seen to say no."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from lingqu.roles.bench.soak.memory import Used

LEAST_THROUGHPUT = 0.9
MOST_P99 = 1.25
MOST_CPU = 1.1
MOST_OTHERS = 0.1
MOST_GROWTH = 0.15
ROOM_BYTES = 16 * 1024 * 1024
"""What a process may take on top, whatever its size: caches of a few megabytes still fill in the first minutes."""


class Minute(Struct, frozen=True, kw_only=True):
    """One window of the load: what was answered in it, and what each process took at its end.

    ``cpu_ms_per_order`` is the product's own, whoever else keeps the machine busy; ``others_share`` is how much of the
    machine's time neither the product nor the load used and was not idle; ``pace`` is how fast the machine was, by a
    yardstick, so that two minutes of a machine that became slower can be compared.
    """

    orders: int
    requests: int
    p99_ms: float
    cpu_ms_per_order: float
    others_share: float
    pace: float
    memory: Mapping[str, Used]


def minute_of(
    took: Sequence[float], *, orders: int, cpu_s: float, others_share: float, pace: float, memory: Mapping[str, Used]
) -> Minute:
    """Sum up a window from the seconds that each answer took."""
    ranked = sorted(took)
    p99 = ranked[min(len(ranked) - 1, len(ranked) * 99 // 100)] if ranked else 0.0
    return Minute(
        orders=orders,
        requests=len(ranked),
        p99_ms=round(p99 * 1000, 1),
        cpu_ms_per_order=round(cpu_s * 1000 / max(orders, 1), 2),
        others_share=round(others_share, 3),
        pace=round(pace, 1),
        memory=memory,
    )


def leaking(second: Minute, last: Minute) -> list[str]:
    """Name the processes whose own memory grew by more than they may; one that is gone has grown nothing."""
    return sorted(
        name
        for name, used in last.memory.items()
        if name in second.memory and used.private > second.memory[name].private * (1 + MOST_GROWTH) + ROOM_BYTES
    )


def faults(second: Minute, last: Minute, *, is_timed: bool = True) -> list[str]:
    """Say what got worse.

    Without ``is_timed`` only memory counts: seconds are too short to compare by. Speed is compared as it would be on a
    machine that kept its pace. Where others took more of the machine in the last minute than in the second, speed tells
    of them, and only the product's own work per order is compared.
    """
    found = [f"{name} grew" for name in leaking(second, last)]
    if not is_timed:
        return found
    faster = last.pace / second.pace
    at_pace = f"at {last.pace} pieces a second, in the second minute at {second.pace}"
    if last.cpu_ms_per_order * faster > second.cpu_ms_per_order * MOST_CPU:
        found.append(f"{last.cpu_ms_per_order} ms of CPU per order after {second.cpu_ms_per_order}, {at_pace}")
    if last.others_share > second.others_share + MOST_OTHERS:
        return found
    if last.orders < second.orders * faster * LEAST_THROUGHPUT:
        found.append(f"{last.orders} orders after {second.orders}, {at_pace}")
    if last.p99_ms * faster > second.p99_ms * MOST_P99:
        found.append(f"p99 {last.p99_ms} ms after {second.p99_ms}, {at_pace}")
    return found
