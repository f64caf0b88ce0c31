"""The parent of all processes of one home: starts them in order, heals what dies, stops them in order."""

import os
import select
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType

from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.lock import home_lock
from lingqu.runtime.engines.process import Process
from lingqu.runtime.engines.state import Entry, Phase, State, born, end_orphans, write_state
from lingqu.runtime.engines.watch import Watch

_CALM_TICK_S, _BUSY_TICK_S = 1.0, 0.05


def _silent(_: str) -> None:
    return


def _nothing() -> None:
    return


class Supervisor:
    """Runs processes until it is told to stop. It has one thread: a child's life is tied to its parent's thread."""

    def __init__(
        self,
        home: Home,
        processes: Sequence[Process],
        *,
        address: str = "",
        report: Callable[[str], None] = _silent,
        on_ready: Callable[[], None] = _nothing,
    ) -> None:
        _check_needs(processes)
        self.home = home
        self._watches = [Watch(process, home, report) for process in processes]
        self._address = address
        self._report = report
        self._on_ready = on_ready
        self._since = datetime.now(UTC)
        self._is_stopping = False
        self._told: State | None = None

    def run(self) -> None:
        """Run until SIGINT or SIGTERM; everything is stopped when it returns or raises.

        ``on_ready`` is called once, when everything runs.

        Raises: AlreadyRunning if another supervisor has this home; CannotRun if a process fails again and again
                before it was ready once.
        """
        with home_lock(self.home), self._signals() as wait:
            for name in end_orphans(self.home):
                self._report(f"{name}: left from a killed supervisor, ended")
            try:
                self._keep_running(wait)
            finally:
                self._is_stopping = True
                self._stop_all(wait)

    def _keep_running(self, wait: Callable[[float], None]) -> None:
        was_ready = False
        while not self._is_stopping:
            for watch in self._watches:
                ready = {other.process.name for other in self._watches if other.phase is Phase.RUNNING}
                watch.step(ready)
            self._tell()
            if not was_ready and all(watch.phase is Phase.RUNNING for watch in self._watches):
                was_ready = True
                self._on_ready()
            wait(_CALM_TICK_S if all(watch.is_settled for watch in self._watches) else _BUSY_TICK_S)

    def _stop_all(self, wait: Callable[[float], None]) -> None:
        """Stop whoever nobody needs any more, again and again: roles drain first, engines go last."""
        while running := [watch for watch in self._watches if watch.phase is not Phase.STOPPED]:
            needed = {name for watch in running for name in watch.process.needs}
            for watch in running:
                if watch.process.name not in needed:
                    watch.ask_to_stop()
                watch.look_whether_stopped()
            self._tell()
            wait(_BUSY_TICK_S)
        self._tell()

    def _tell(self) -> None:
        pid = os.getpid()
        supervisor = Entry(
            name="supervisor",
            pid=pid,
            born=born(pid),
            phase=Phase.STOPPING if self._is_stopping else Phase.RUNNING,
            since=self._since,
            restart_count=0,
            stop_signal=signal.SIGTERM,
            log=str(self.home.log / "supervisor.log"),
        )
        state = State(
            supervisor=supervisor,
            address=self._address,
            processes=tuple(watch.entry() for watch in self._watches),
        )
        if state != self._told:
            try:
                write_state(self.home, state)
            except OSError as error:  # a full disk stops no process
                self._report(f"the state cannot be written: {error}")
            self._told = state

    @contextmanager
    def _signals(self) -> Iterator[Callable[[float], None]]:
        """Take the signals, and lend a wait that ends early when one comes."""
        inside, outside = socket.socketpair()
        inside.setblocking(False)
        outside.setblocking(False)

        def wait(longest_s: float) -> None:
            if select.select([outside], [], [], longest_s)[0]:
                outside.recv(4096)

        def note(number: int, _: FrameType | None) -> None:
            if number != signal.SIGCHLD and not self._is_stopping:
                self._is_stopping = True
                self._report("stopping")

        taken = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD)
        before = [signal.signal(number, note) for number in taken]
        wakeup = signal.set_wakeup_fd(inside.fileno(), warn_on_full_buffer=False)
        try:
            yield wait
        finally:
            signal.set_wakeup_fd(wakeup)
            for number, handler in zip(taken, before, strict=True):
                signal.signal(number, handler)
            inside.close()
            outside.close()


def _check_needs(processes: Sequence[Process]) -> None:
    """Refuse a need that comes later in the list or never: it would wait for ever."""
    known: set[str] = set()
    for process in processes:
        if missing := set(process.needs) - known:
            raise ValueError(f"{process.name} needs {', '.join(sorted(missing))}, which is not listed before it")
        known.add(process.name)
