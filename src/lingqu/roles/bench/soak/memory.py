"""Memory of each process of a house."""

import contextlib

import psutil
from msgspec import Struct

from lingqu.roles.bench.house import House
from lingqu.roles.memory import memory_of
from lingqu.runtime.engines.state import living


class Used(Struct, frozen=True):
    """Bytes of a process with all below it.

    ``pss`` has its share of what processes share, such as PostgreSQL's buffers, which fill up to their size and stay;
    ``private`` is its own alone, where a leak would show.
    """

    pss: int
    private: int


def look(house: House) -> dict[str, Used]:
    """Measure every process, by name."""
    found: dict[str, Used] = {}
    for entry in house.state.processes:
        process = living(entry)
        if process is not None:
            found[entry.name] = Used(memory_of(process, with_children=True).pss_bytes, _private(process))
    return found


def _private(process: psutil.Process) -> int:
    total = 0
    with contextlib.suppress(psutil.NoSuchProcess):
        for member in [process, *process.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                total += int(member.memory_full_info().uss)
    return total
