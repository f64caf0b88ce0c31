"""The embedded PostgreSQL 18: installed, started and stopped by its own programs, as root and as a user.

Source: ADR 0004.
"""

import signal
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql

from lingqu.runtime.engines.account import engine_account
from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.engines.cluster import ADMIN, APPLICATION, ENVIRONMENT, make_cluster
from lingqu.runtime.engines.engine import Engine
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.place import settle, socket_folder
from lingqu.runtime.engines.ports import is_free, remembered_port
from lingqu.runtime.engines.postmaster import clear_remains, is_accepting, postmaster_pid
from lingqu.runtime.engines.process import Process
from lingqu.runtime.engines.software import postgres_programs, runnable_by
from lingqu.runtime.engines.tuning import settings, write_settings

_READY_WITHIN_S = 300.0  # crash recovery reads up to 2 GB of log
_GRACE_S = 60.0  # a fast shutdown writes one checkpoint


class PostgresEngine(Engine):
    """One PostgreSQL server in one home. ``is_durable=False`` is for databases of tests alone."""

    name = "postgres"

    def __init__(self, home: Home, *, is_durable: bool = True) -> None:
        super().__init__(home)
        self.programs = postgres_programs()
        self._is_durable = is_durable
        self.account = engine_account()

    @property
    def is_installed(self) -> bool:
        """Tell whether the data folder is there."""
        return (self.home.postgres / "data" / "PG_VERSION").exists()

    @property
    def pid(self) -> int | None:
        """Give the pid of the postmaster of this home, whoever started it."""
        return postmaster_pid(self._data) if self.is_installed else None

    @property
    def url(self) -> str:
        """Give the address of the application's database, over the private socket."""
        return self.url_of(APPLICATION)

    @property
    def admin_url(self) -> str:
        """Give the superuser's address: backup and tests of damage need it, the product does not."""
        return self._address(ADMIN, ADMIN)

    def url_of(self, database: str) -> str:
        """Give the address of a database of the application's role."""
        return self._address(APPLICATION, database)

    def install(self) -> None:
        """Make the data folder with its role and database; does nothing where it is.

        Raises: CannotRun with what to do.
        """
        self.home.create()
        place = settle(self.home.postgres, self.account)
        if self.is_installed:
            return
        make_cluster(
            runnable_by(self.programs, self.account, place / "software"),
            place / "data",
            account=self.account,
            admin_password=self.home.secret("postgres.admin"),
            application_password=self.home.secret("postgres.application"),
            is_durable=self._is_durable,
        )

    def process(self) -> Process:
        """Describe the server process for whoever supervises it.

        Raises: CannotRun if nothing is installed or the place cannot be used.
        """
        if not self.is_installed:
            raise CannotRun(f"There is no database in {self.home.path}. Run `lingqu init` first.")
        place = settle(self.home.postgres, self.account)
        programs = runnable_by(self.programs, self.account, place / "software")
        sockets = socket_folder(place / "socket", self.account)
        if not self.is_running:
            remembered_port(self._port_note)
        return Process(
            name=self.name,
            argv=(
                str(programs / "postgres"),
                *("-D", str(self._data), "-p", str(self.port), "-k", str(sockets)),
                # Beside the data folder, not in it: as root we write nothing where another account could lay a link.
                *("-c", f"config_file={self._settings_file}"),
            ),
            env=ENVIRONMENT,
            folder=place,
            account=self.account,
            stop_signal=signal.SIGINT,  # a fast shutdown: open transactions are undone, a checkpoint is written
            grace_s=_GRACE_S,
            ready_within_s=_READY_WITHIN_S,
            prepare=self._prepare,
            is_ready=lambda pid: is_accepting(self._data, pid),
        )

    def create_database(self, name: str, *, template: str = "template1") -> str:
        """Make a database of the application's role, a copy of the template, and give its address."""
        with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
            connection.execute(
                sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template))
            )
        return self.url_of(name)

    def drop_database(self, name: str) -> None:
        """Remove a database, ending its sessions."""
        with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))

    @property
    def port(self) -> int:
        """Give the port on the loopback interface, which also names the socket."""
        if not self._port_note.exists():
            return remembered_port(self._port_note)
        return int(self._port_note.read_text())

    @property
    def tcp_url(self) -> str:
        """Give the application's address over the loopback interface, for tools that know no sockets."""
        password = quote(self.home.secret("postgres.application"))
        return f"postgresql://{APPLICATION}:{password}@127.0.0.1:{self.port}/{APPLICATION}"

    @property
    def _data(self) -> Path:
        return (self.home.postgres / "data").resolve()

    @property
    def _settings_file(self) -> Path:
        return self.home.postgres.resolve() / "lingqu.conf"

    @property
    def _port_note(self) -> Path:
        return self.home.run / "postgres.port"

    def _address(self, role: str, database: str) -> str:
        password = self.home.secret("postgres.admin" if role == ADMIN else "postgres.application")
        sockets = socket_folder(self.home.postgres.resolve() / "socket", self.account)
        where = urlencode({"host": str(sockets), "port": self.port})
        return f"postgresql://{role}:{quote(password)}@/{quote(database)}?{where}"

    def _prepare(self) -> None:
        if self.is_running:  # left by a killed supervisor where its death could not be tied to this server's
            self.stop()
        clear_remains(self._data)
        if not is_free(self.port):
            raise CannotRun(f"Port {self.port} is used by another program. Free it, or stop and start Lingqu again.")
        write_settings(self._settings_file, settings(is_durable=self._is_durable))
