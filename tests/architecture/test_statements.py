"""Every named statement fits the schema: PostgreSQL plans each of them as it stands."""

import re
from collections.abc import Iterator

import psycopg
import pytest

from lingqu.roles.modules import MODULES as BUILT
from lingqu.runtime.sql import Statement, statements
from tests.architecture.house import PACKAGE

_PARAMETER = re.compile(r"%\((\w+)\)s")
_COPY = re.compile(r"^copy\s+(?P<table>[\w.]+)\s*\((?P<columns>[^)]*)\)\s+from\s+stdin", re.IGNORECASE)


def numbered(text: str) -> str:
    """Write named parameters as $1, $2 …, the same name the same number."""
    names = list(dict.fromkeys(_PARAMETER.findall(text)))
    return _PARAMETER.sub(lambda match: f"${names.index(match[1]) + 1}", text).replace("%%", "%")


def plan(connection: psycopg.Connection, text: str) -> None:
    """Have PostgreSQL plan a statement; a COPY, which has no plan, is planned as a read of its columns."""
    copy = _COPY.match(_without_comments(text))
    body = f"select {copy['columns']} from {copy['table']}" if copy else numbered(text)
    with connection.cursor() as cursor:
        cursor.execute(f"explain (generic_plan) {body}")


def _without_comments(text: str) -> str:
    return re.sub(r"^--.*$", "", text, flags=re.MULTILINE).strip()


def _all() -> Iterator[Statement]:
    for package in ["lingqu.runtime", *(module.package for module in BUILT)]:
        folder = PACKAGE.joinpath(*package.split(".")[1:]) / "sql"
        if folder.is_dir():
            yield from statements(package).values()


@pytest.mark.parametrize("statement", list(_all()), ids=lambda found: f"{found.package.split('.')[-1]}.{found.name}")
def test_a_named_statement_fits_the_schema(connection: psycopg.Connection, statement: Statement) -> None:
    plan(connection, statement.text)


@pytest.mark.parametrize(
    "text",
    [
        "select no_such_column from stock.balance where cell_id = %(cell_id)s",
        "insert into stock.balance (cell_id, colour) values (%(cell_id)s, %(colour)s)",
        "-- many rows\ncopy stock.balance (cell_id, colour) from stdin",
        "select stock.no_such_function_v1(%(cell_id)s)",
    ],
)
def test_planted_statements_do_not_fit(connection: psycopg.Connection, text: str) -> None:
    with pytest.raises(psycopg.errors.ProgrammingError):
        plan(connection, text)
