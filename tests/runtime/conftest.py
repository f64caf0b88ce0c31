"""A real broker, and databases whose transactions commit."""

import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from lingqu.runtime.bus import Bus
from lingqu.runtime.db import Database
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.nats import NatsEngine


@pytest.fixture(scope="session")
def broker() -> Iterator[NatsEngine]:
    """Start a broker of the session's own."""
    home = Home(Path(tempfile.gettempdir()) / f"lingqu-test-{secrets.token_hex(4)}")
    engine = NatsEngine(home)
    engine.start()
    yield engine
    engine.stop()
    shutil.rmtree(home.path)


@pytest.fixture
async def bus(broker: NatsEngine) -> AsyncIterator[Bus]:
    """Give a connection to a broker without a stream."""
    bus = Bus(broker.url, name="test")
    await bus.open()
    await bus.delete_stream()
    yield bus
    await bus.close()


@pytest.fixture
def committing_url(fresh_database: Callable[[], str]) -> str:
    """Give the address of a database of the test's own."""
    return fresh_database()


@pytest.fixture
async def committing(committing_url: str) -> AsyncIterator[Database]:
    """Give a database of the test's own, on the real clock."""
    database = Database(committing_url)
    await database.open()
    yield database
    await database.close()
