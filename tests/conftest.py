"""The real PostgreSQL below every test: one server a session, fresh databases copied from a migrated template."""

import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lingqu.roles.install import initialise
from lingqu.runtime.db import Database
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.postgres import PostgresEngine
from lingqu.runtime.tx import Tx

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""The present of every test that does not bring its own: a Monday, nine in the morning in Shanghai."""


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresEngine]:
    """Start a server that forgets on a crash, in a folder of its own that goes with the session."""
    # Not pytest's own folder: as root the server runs under another account, which may not pass through that one.
    home = Home(Path(tempfile.gettempdir()) / f"lingqu-test-{secrets.token_hex(4)}")
    engine = PostgresEngine(home, is_durable=False)
    engine.install()
    engine.start()
    yield engine
    engine.stop()
    shutil.rmtree(home.postgres.resolve())
    shutil.rmtree(home.path)


@pytest.fixture(scope="session")
def template_database(postgres_server: PostgresEngine) -> str:
    """Name the database at head that fresh ones are copied from."""
    url = postgres_server.create_database("lingqu_template")
    initialise(url, cells=4, report=lambda _: None)
    return "lingqu_template"


@pytest.fixture(scope="session")
def fresh_database(postgres_server: PostgresEngine, template_database: str) -> Callable[[], str]:
    """Give a function that makes another database at head, for tests that commit or corrupt.

    None is dropped: they go with the server's folder, and dropping a thousand takes most of a minute.
    """

    def make() -> str:
        return postgres_server.create_database(f"lingqu_test_{secrets.token_hex(4)}", template=template_database)

    return make


@pytest.fixture(scope="session")
def database_url(fresh_database: Callable[[], str]) -> str:
    """Give the address of the session's shared database; nothing in it is ever committed by a test that uses `tx`."""
    return fresh_database()


@pytest.fixture(scope="session")
async def database(database_url: str) -> AsyncIterator[Database]:
    """Give the session's shared database with an open pool."""
    database = Database(database_url, clock=lambda: NOW)
    await database.open()
    yield database
    await database.close()


class _RollBack(Exception):
    """Ends a test's transaction."""


@pytest.fixture
async def tx(database: Database) -> AsyncIterator[Tx]:
    """Give a transaction that is rolled back when the test ends."""
    with suppress(_RollBack):
        async with database.begin(now=NOW) as tx:
            yield tx
            raise _RollBack
