"""Memory of running processes."""

import contextlib
import gc

import psutil
from msgspec import Struct

_YOUNG = 50_000
"""Objects between two looks for cycles: a batch of orders alone makes 13,000, and looking took a sixth of the time."""


class Memory(Struct, frozen=True):
    """Memory in bytes. RSS counts a shared page in every process; PSS divides it, so its sum is the truth.

    A system that cannot tell PSS (macOS, another user's process) gives RSS instead.
    """

    rss_bytes: int = 0
    pss_bytes: int = 0

    def __add__(self, other: "Memory") -> "Memory":
        return Memory(self.rss_bytes + other.rss_bytes, self.pss_bytes + other.pss_bytes)


def settle() -> None:
    """Let the collector pass over what stays as long as the process, and look seldom at the rest. Called once ready."""
    gc.freeze()
    gc.set_threshold(_YOUNG)


def memory_of(process: psutil.Process, *, with_children: bool) -> Memory:
    """Measure a process, with all below it if asked."""
    found = Memory()
    with contextlib.suppress(psutil.NoSuchProcess):
        for member in [process, *(process.children(recursive=True) if with_children else ())]:
            found += _memory_of_one(member)
    return found


def _memory_of_one(process: psutil.Process) -> Memory:
    try:
        rss = int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return Memory()
    try:
        return Memory(rss, int(process.memory_full_info().pss))
    except (psutil.AccessDenied, psutil.NoSuchProcess, AttributeError):
        return Memory(rss, rss)
