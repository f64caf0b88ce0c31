"""CPU time of a process and everything below it."""

import contextlib

import psutil


def cpu_seconds(process: psutil.Process) -> float:
    """Sum a process, all that live below it, and those below it that have ended."""
    total = 0.0
    with contextlib.suppress(psutil.NoSuchProcess):
        for member in [process, *process.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                times = member.cpu_times()
                total += times.user + times.system
        ended = process.cpu_times()
        total += getattr(ended, "children_user", 0.0) + getattr(ended, "children_system", 0.0)
    return total
