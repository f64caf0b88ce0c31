"""The real PostgreSQL below every test: one server a session, one fresh database a session, made from a template."""

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.postgres import PostgresEngine


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
    """Name the database that fresh ones are copied from."""
    postgres_server.create_database("lingqu_template")
    return "lingqu_template"


@pytest.fixture(scope="session")
def database_url(postgres_server: PostgresEngine, template_database: str) -> Iterator[str]:
    """Give the address of a fresh database for this session."""
    name = f"lingqu_test_{secrets.token_hex(4)}"
    yield postgres_server.create_database(name, template=template_database)
    postgres_server.drop_database(name)
