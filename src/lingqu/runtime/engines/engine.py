"""What both engines are to those above: installed once, described for a supervisor, or started alone for a while."""

from abc import ABC, abstractmethod

import psutil

from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.process import Child, Process


class Engine(ABC):
    """An embedded server that keeps its data in a home."""

    name: str

    def __init__(self, home: Home) -> None:
        self.home = home
        self._child: Child | None = None

    @property
    @abstractmethod
    def url(self) -> str:
        """Give the address the product uses."""

    @property
    @abstractmethod
    def pid(self) -> int | None:
        """Give the pid of the server that runs on this home, whoever started it."""

    @abstractmethod
    def install(self) -> None:
        """Make what the server needs; does nothing where it is."""

    @abstractmethod
    def process(self) -> Process:
        """Describe the server process for whoever runs it."""

    @property
    def is_running(self) -> bool:
        """Tell whether the server runs, whoever started it."""
        return self.pid is not None

    def start(self) -> str:
        """Start the server unless it runs, wait until it serves, and give its address.

        Raises: CannotRun with the end of its log.
        """
        if not self.is_running:
            if self._child is not None:
                self._child.stop()  # it has ended; this takes its last status
            self._child = Child(self.process(), self.home.log / f"{self.name}.log")
            self._child.wait_until_ready()
        return self.url

    def stop(self) -> None:
        """Stop the server, whoever started it; returns when it has ended.

        Raises: CannotRun if another's server does not stop.
        """
        if self._child is not None:
            self._child.stop()
            self._child = None
        elif self.pid is not None:
            process = self.process()
            server = psutil.Process(self.pid)
            server.send_signal(process.stop_signal)
            try:
                server.wait(process.grace_s)
            except psutil.TimeoutExpired:
                raise CannotRun(f"{self.name} (pid {server.pid}) does not stop. See {self.home.log}.") from None
