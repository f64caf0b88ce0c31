"""One process below Lingqu: what to run, and the running child."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from lingqu.runtime.engines.account import Account
from lingqu.runtime.engines.cannot_run import CannotRun

_TAIL_BYTES = 2_000
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class Process(Struct, frozen=True, kw_only=True):
    """What to run. ``env`` is the whole environment; ``needs`` names the processes that must be ready before it.

    Units: ``grace_s`` is how long it may take to stop by itself after ``stop_signal``.
    """

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str]
    needs: tuple[str, ...] = ()
    folder: Path = Path("/")
    account: Account | None = None
    stop_signal: int = signal.SIGTERM
    grace_s: float = 15.0
    ready_within_s: float = 60.0
    prepare: Callable[[], None] = lambda: None
    is_ready: Callable[[int], bool] = lambda pid: pid > 0


class Child:
    """A process that runs. It leads a group of its own, so that Ctrl-C reaches only who stops it in order."""

    def __init__(self, process: Process, log: Path) -> None:
        self.process = process
        self.log = log
        process.prepare()
        account = process.account
        with log.open("ab") as output:
            self._popen = subprocess.Popen(
                process.argv,
                env=dict(process.env),
                cwd=process.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=None if account is None else account.uid,
                group=None if account is None else account.gid,
                extra_groups=None if account is None else [],
                preexec_fn=_die_with(os.getpid(), process.stop_signal),  # noqa: PLW1509  who starts children has one thread
            )
        self.pid = self._popen.pid

    def has_exited(self) -> bool:
        """Tell whether it has ended; what it left behind in its group ends with it."""
        if self._popen.poll() is None:
            return False
        self._signal_group(signal.SIGKILL)
        return True

    @property
    def exit_code(self) -> int | None:
        """Give its exit status, negative for a signal; None while it runs."""
        return self._popen.returncode

    def ask_to_stop(self) -> None:
        """Send its stop signal, once."""
        if self._popen.poll() is None:
            self._popen.send_signal(self.process.stop_signal)

    def kill(self) -> None:
        """End it and its group at once."""
        self._signal_group(signal.SIGKILL)
        self._popen.wait()

    def stop(self) -> None:
        """Ask it to stop and end it when its grace is over."""
        self.ask_to_stop()
        try:
            self._popen.wait(self.process.grace_s)
        except subprocess.TimeoutExpired:
            self.kill()

    def wait_until_ready(self) -> None:
        """Wait until it serves.

        Raises: CannotRun with the end of its log if it exits or takes too long; it does not run on.
        """
        deadline = time.monotonic() + self.process.ready_within_s
        while not self.process.is_ready(self.pid):
            if self.has_exited():
                raise CannotRun(f"{self.process.name} ended with status {self.exit_code}:\n{tail(self.log)}")
            if time.monotonic() > deadline:
                self.kill()
                raise CannotRun(
                    f"{self.process.name} was not ready within {self.process.ready_within_s:.0f} s:\n{tail(self.log)}"
                )
            time.sleep(0.02)

    def _signal_group(self, number: int) -> None:
        try:
            os.killpg(self.pid, number)
        except (ProcessLookupError, PermissionError):
            return  # nobody is left in it (macOS says so by the second)


def tail(log: Path) -> str:
    """Give the last lines of a log, for words about a failure."""
    if not log.exists():
        return ""
    with log.open("rb") as stream:
        stream.seek(max(0, log.stat().st_size - _TAIL_BYTES))
        return stream.read().decode("utf-8", "replace").strip()


def _die_with(parent: int, number: int) -> Callable[[], None] | None:
    """Make the step that ties a child's life to its parent's, where the system can (Linux)."""
    if _LIBC is None:
        return None
    libc = _LIBC

    def tie() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:  # it died before the tie held
            os._exit(1)

    return tie
