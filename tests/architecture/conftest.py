"""A database at head on a plain connection: what a test plants in it is undone."""

from collections.abc import Iterator

import psycopg
import pytest


@pytest.fixture
def connection(database_url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database_url) as connection:
        yield connection
        connection.rollback()
