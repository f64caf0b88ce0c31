"""What a supervisor tells others about its processes: one file in the home, replaced whole at each change."""

import contextlib
import os
import signal
from datetime import datetime
from enum import StrEnum

import psutil
from msgspec import DecodeError, Struct, json

from lingqu.runtime.engines.home import Home, write_private

_SAME_BIRTH_S = 2.0
_ORPHAN_GRACE_S = 60.0


class Phase(StrEnum):
    """Where a process is in its life."""

    WAITING = "waiting"
    STARTING = "starting"
    RUNNING = "running"
    RESTARTING = "restarting"
    STOPPING = "stopping"
    STOPPED = "stopped"


class Entry(Struct, frozen=True, kw_only=True):
    """One process. ``born`` tells it from a stranger that got its pid later (seconds since the epoch)."""

    name: str
    pid: int | None
    born: float | None
    phase: Phase
    since: datetime
    restart_count: int
    stop_signal: int
    log: str


class State(Struct, frozen=True, kw_only=True):
    """All processes of one home, and who watches them."""

    supervisor: Entry
    address: str
    processes: tuple[Entry, ...]

    @property
    def is_ready(self) -> bool:
        """Tell whether everything runs."""
        return all(entry.phase is Phase.RUNNING for entry in self.processes)


def born(pid: int) -> float | None:
    """Tell when a process was born, if it lives."""
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return None


def living(entry: Entry) -> psutil.Process | None:
    """Give this very process, if it still lives."""
    if entry.pid is None or entry.born is None:
        return None
    now = born(entry.pid)
    return psutil.Process(entry.pid) if now is not None and abs(now - entry.born) < _SAME_BIRTH_S else None


def write_state(home: Home, state: State) -> None:
    """Tell the others."""
    write_private(home.run / "state.json", json.format(json.encode(state)).decode())


def read_state(home: Home) -> State | None:
    """Read what the last supervisor told; None if there was none."""
    try:
        return json.decode((home.run / "state.json").read_bytes(), type=State)
    except (FileNotFoundError, DecodeError):
        return None


def end_orphans(home: Home) -> list[str]:
    """End what a killed supervisor left running, the last started first, and name it."""
    state = read_state(home)
    left = []
    for entry in reversed(state.processes if state else ()):
        with contextlib.suppress(psutil.NoSuchProcess):
            if orphan := living(entry):
                left.append(entry.name)
                _end(orphan, entry.stop_signal)
    return left


def _end(orphan: psutil.Process, stop_signal: int) -> None:
    orphan.send_signal(stop_signal)
    try:
        orphan.wait(_ORPHAN_GRACE_S)
    except psutil.TimeoutExpired:
        orphan.kill()
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(orphan.pid, signal.SIGKILL)
