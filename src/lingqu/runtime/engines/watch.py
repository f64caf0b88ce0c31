"""One supervised process through its deaths: start, wait until ready, notice the end, start again after a pause."""

import time
from collections.abc import Callable, Collection
from datetime import UTC, datetime

from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.logfile import rotate
from lingqu.runtime.engines.process import Child, Process, tail
from lingqu.runtime.engines.state import Entry, Phase, born

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.2, 10.0
_CALM_AFTER_S = 30.0
_FAILED_FIRST_STARTS = 3


class Watch:
    """Keeps one process running. ``step`` moves it on and returns at once."""

    def __init__(self, process: Process, home: Home, report: Callable[[str], None]) -> None:
        self.process = process
        self.phase = Phase.WAITING
        self._log = home.log / f"{process.name}.log"
        self._report = report
        self._child: Child | None = None
        self._born: float | None = None
        self._since = time.monotonic()
        self._since_instant = datetime.now(UTC)
        self._start_count = 0
        self._failure_count = 0
        self._was_ready = False

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing is expected to change by itself soon."""
        return self.phase in (Phase.RUNNING, Phase.STOPPED)

    def step(self, ready: Collection[str]) -> None:
        """Look once and do what is due; ``ready`` names the processes that serve.

        Raises: CannotRun if it fails again and again before it was ready once.
        """
        rotate(self._log)
        if self._child is None:
            if self._is_due and all(name in ready for name in self.process.needs):
                self._start()
        elif self._child.has_exited():
            when = " before it was ready" if self.phase is Phase.STARTING else ""
            self._bury(f"ended with status {self._child.exit_code}{when}")
        elif self.phase is Phase.STARTING:
            self._look_whether_ready(self._child)
        elif self._in_phase_s > _CALM_AFTER_S:
            self._failure_count = 0

    def ask_to_stop(self) -> None:
        """Send its stop signal, once."""
        if self._child is None:
            self._enter(Phase.STOPPED)
        elif self.phase is not Phase.STOPPING:
            self._child.ask_to_stop()
            self._enter(Phase.STOPPING)

    def look_whether_stopped(self) -> None:
        """Note that it has stopped, and end it when its grace is over."""
        if self._child is None or self.phase is not Phase.STOPPING:
            return
        if not self._child.has_exited():
            if self._in_phase_s < self.process.grace_s:
                return
            self._report(f"{self.process.name}: did not stop within {self.process.grace_s:.0f} s, ended")
            self._child.kill()
        self._child = None
        self._enter(Phase.STOPPED)

    def entry(self) -> Entry:
        """Say how it is."""
        return Entry(
            name=self.process.name,
            pid=self._child.pid if self._child else None,
            born=self._born if self._child else None,
            phase=self.phase,
            since=self._since_instant,
            restart_count=max(self._start_count - 1, 0),
            stop_signal=self.process.stop_signal,
            log=str(self._log),
        )

    def _start(self) -> None:
        self._start_count += 1
        try:
            self._child = Child(self.process, self._log)
        except (OSError, CannotRun) as error:
            self._bury(f"cannot be started: {error}")
            return
        self._born = born(self._child.pid)
        self._enter(Phase.STARTING)

    def _look_whether_ready(self, child: Child) -> None:
        if self.process.is_ready(child.pid):
            self._was_ready = True
            self._report(f"{self.process.name}: ready after {self._in_phase_s:.1f} s")
            self._enter(Phase.RUNNING)
        elif self._in_phase_s > self.process.ready_within_s:
            child.kill()
            self._bury(f"was not ready within {self.process.ready_within_s:.0f} s")

    def _bury(self, words: str) -> None:
        self._child = None
        self._failure_count += 1
        self._report(f"{self.process.name}: {words}")
        if not self._was_ready and self._failure_count >= _FAILED_FIRST_STARTS:
            self._enter(Phase.STOPPED)
            raise CannotRun(f"{self.process.name} {words}. The end of {self._log}:\n{tail(self._log)}")
        self._enter(Phase.RESTARTING)

    @property
    def _is_due(self) -> bool:
        if self._failure_count == 0:
            return True
        pause_s = _FIRST_PAUSE_S * 2.0 ** (self._failure_count - 1)
        return self._in_phase_s >= min(pause_s, _LONGEST_PAUSE_S)

    @property
    def _in_phase_s(self) -> float:
        return time.monotonic() - self._since

    def _enter(self, phase: Phase) -> None:
        self.phase = phase
        self._since = time.monotonic()
        self._since_instant = datetime.now(UTC)
