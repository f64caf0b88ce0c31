"""Migrations: forward-only ``.sql`` files per module, run in module order, safe while the old version serves.

Each file begins with ``-- phase: expand`` (run before the new version starts) or ``-- phase: contract`` (run when
no old version is left). Every file is one transaction under a lock timeout, so that a busy table makes the migration
wait and try again instead of making the shop wait.
"""

import hashlib
import re
import time
from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import LiteralString

import psycopg
from msgspec import Struct

_PHASE = re.compile(r"^-- phase: (expand|contract)\s*$", re.MULTILINE)
_FILE = re.compile(r"^(?P<number>\d{4})_[a-z0-9_]+\.sql$")
_LOCK_TIMEOUT = "3s"
_ATTEMPTS = 20


class Migration(Struct, frozen=True):
    """One file: ``module`` is also the schema it belongs to."""

    module: str
    number: int
    name: str
    phase: str
    text: LiteralString

    @property
    def checksum(self) -> str:
        """Hash of the text: a released migration is never edited."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class Edited(Exception):
    """A migration that ran before has another text now."""


def load(packages: Sequence[tuple[str, str]]) -> list[Migration]:
    """Load the migrations of (module, package) pairs, given in module order, the lowest first.

    Raises: ValueError for a file without a phase or with a name that is not NNNN_title.sql.
    """
    found: list[Migration] = []
    for module, package in packages:
        folder = files(package) / "migrations"
        for file in sorted(folder.iterdir(), key=lambda f: f.name) if folder.is_dir() else ():
            match = _FILE.match(file.name)
            if match is None:
                raise ValueError(f"{package}/migrations/{file.name} is not named NNNN_title.sql")
            text = file.read_text(encoding="utf-8")
            phase = _PHASE.match(text)
            if phase is None:
                raise ValueError(f"{package}/migrations/{file.name} does not begin with its phase")
            name = file.name.removesuffix(".sql")
            found.append(Migration(module, int(match["number"]), name, phase[1], text))
    return found


def migrate(
    url: str,
    migrations: Sequence[Migration],
    *,
    phases: Sequence[str] = ("expand", "contract"),
    report: Callable[[Migration], None] = lambda _: None,
) -> list[Migration]:
    """Run what has not run yet and return it.

    Raises: Edited if a migration that ran has changed since; psycopg.Error if one fails (its transaction is undone,
            those before it stay).
    """
    done: list[Migration] = []
    with psycopg.connect(url, autocommit=True) as connection:
        known = _prepare(connection)
        for migration in migrations:
            key = (migration.module, migration.name)
            if key in known:
                if known[key] != migration.checksum:
                    raise Edited(f"{migration.module}/{migration.name} was edited after it ran; write a new one")
                continue
            if migration.phase in phases:
                _run(connection, migration)
                report(migration)
                done.append(migration)
    return done


def _prepare(connection: psycopg.Connection) -> dict[tuple[str, str], str]:
    # Two migrators at once: the second waits here until the first has ended, and then finds nothing left to do.
    connection.execute("select pg_advisory_lock(hashtext('lingqu.runtime.migrate'))")
    connection.execute("create schema if not exists runtime")
    connection.execute(
        """
        create table if not exists runtime.migration (
            module text not null,
            name text not null,
            checksum text not null,
            ran_at timestamptz not null default now(),
            primary key (module, name)
        )
        """
    )
    rows = connection.execute("select module, name, checksum from runtime.migration").fetchall()
    return {(module, name): checksum for module, name, checksum in rows}


def _run(connection: psycopg.Connection, migration: Migration) -> None:
    for attempt in range(_ATTEMPTS):
        try:
            with connection.transaction():
                connection.execute(f"set local lock_timeout = '{_LOCK_TIMEOUT}'")
                connection.execute(
                    psycopg.sql.SQL("create schema if not exists {}").format(psycopg.sql.Identifier(migration.module))
                )
                connection.execute(migration.text)
                connection.execute(
                    "insert into runtime.migration (module, name, checksum) values (%s, %s, %s)",
                    (migration.module, migration.name, migration.checksum),
                )
        except psycopg.errors.LockNotAvailable:
            if attempt == _ATTEMPTS - 1:
                raise
            time.sleep(0.5)
        else:
            return
