"""The engines of one installation: embedded, or somebody else's where an address was given."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from lingqu.runtime.engines.archive import archive_process
from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.engines.engine import Engine
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.lock import AlreadyRunning, home_lock
from lingqu.runtime.engines.nats import NatsEngine
from lingqu.runtime.engines.postgres import PostgresEngine
from lingqu.runtime.engines.process import Process

_STARTS_WITHIN_S = 60.0


class Engines:
    """Decide per engine: the address given by the operator, or one of ours."""

    def __init__(self, home: Home, *, database_url: str = "", nats_url: str = "", archive: str = "") -> None:
        self.home = home
        self._archive = archive
        self._database_url = database_url
        self._nats_url = nats_url
        self.postgres = None if database_url else PostgresEngine(home)
        self.nats = None if nats_url else NatsEngine(home)

    @property
    def embedded(self) -> list[Engine]:
        """List the engines that are ours to run."""
        return [engine for engine in (self.postgres, self.nats) if engine is not None]

    @property
    def database_url(self) -> str:
        """Give the address of the application's database."""
        return self._database_url if self.postgres is None else self.postgres.url

    @property
    def nats_url(self) -> str:
        """Give the address of the broker."""
        return self._nats_url if self.nats is None else self.nats.url

    def install(self) -> None:
        """Make what the embedded engines need; does nothing where it is.

        Raises: CannotRun with what to do.
        """
        self.home.create()
        for engine in self.embedded:
            engine.install()

    def processes(self) -> list[Process]:
        """Describe the processes to supervise."""
        found = [engine.process() for engine in self.embedded]
        if self._archive and self.postgres is not None:
            found.append(archive_process(self.postgres, Path(self._archive)))
        return found

    @contextmanager
    def database(self) -> Iterator[str]:
        """Lend the database's address to one command: the running server's, or one started for this while.

        Raises: CannotRun if it cannot be had.
        """
        if self.postgres is None:
            yield self._database_url
            return
        with ExitStack() as stack:
            try:
                stack.enter_context(home_lock(self.home))
            except AlreadyRunning:
                _wait_for(self.postgres)
            else:
                stack.callback(self.postgres.stop)
                self.postgres.start()
            yield self.postgres.url


def _wait_for(engine: Engine) -> None:
    """Wait for an engine that a supervisor is just starting."""
    deadline = time.monotonic() + _STARTS_WITHIN_S
    while not engine.is_running:
        if time.monotonic() > deadline:
            raise CannotRun(f"{engine.name} does not run although Lingqu is up. See {engine.home.log}.")
        time.sleep(0.2)
