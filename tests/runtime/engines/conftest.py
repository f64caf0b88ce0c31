import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.nats import NatsEngine
from lingqu.runtime.engines.postgres import PostgresEngine


@pytest.fixture
def make_home() -> Iterator[Callable[..., Home]]:
    """Name new homes, and remove them with whatever still runs on them."""
    made: list[Home] = []
    base = Path(tempfile.gettempdir())

    def make(below: str = "") -> Home:
        made.append(Home(base / f"lingqu-test-{secrets.token_hex(4)}" / below))
        return made[-1]

    yield make
    for home in made:
        PostgresEngine(home).stop()
        NatsEngine(home).stop()
        place = home.postgres.resolve()
        if (note := place / "socket.path").exists():
            shutil.rmtree(note.read_text(), ignore_errors=True)
        shutil.rmtree(place, ignore_errors=True)
        root = next(folder for folder in (home.path, *home.path.parents) if folder.parent == base)
        shutil.rmtree(root, ignore_errors=True)


@pytest.fixture
def home(make_home: Callable[..., Home]) -> Home:
    return make_home()


@pytest.fixture
def make_postgres() -> Iterator[Callable[[Home], PostgresEngine]]:
    """Install durable servers, and stop them."""
    made: list[PostgresEngine] = []

    def make(home: Home) -> PostgresEngine:
        PostgresEngine(home, is_durable=False).install()  # the same folder, not waited for until it is on disk
        made.append(PostgresEngine(home))
        return made[-1]

    yield make
    for engine in made:
        engine.stop()


@pytest.fixture
def postgres(home: Home, make_postgres: Callable[[Home], PostgresEngine]) -> PostgresEngine:
    """Install a durable server of its own for this test."""
    return make_postgres(home)
