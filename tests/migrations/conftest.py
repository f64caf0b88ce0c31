import secrets
from collections.abc import Callable, Iterator

import pytest

from lingqu.runtime.engines.postgres import PostgresEngine


@pytest.fixture(scope="session")
def empty_database(postgres_server: PostgresEngine) -> Iterator[Callable[[], str]]:
    """Give a function that makes a database without a schema."""
    made: list[str] = []

    def make() -> str:
        made.append(f"lingqu_test_{secrets.token_hex(4)}")
        return postgres_server.create_database(made[-1])

    yield make
    for name in made:
        postgres_server.drop_database(name)
