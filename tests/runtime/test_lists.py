"""Lists that statements get reach the server as they are, whatever is in them."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from psycopg.types.json import Jsonb

from lingqu.modules.stock.api import MoveKind
from lingqu.runtime.db import Database

ID = UUID("018f0000-0000-7000-8000-000000000001")
LISTS: list[tuple[str, list[Any]]] = [
    ("bigint", [1, -(2**62), None, 2**31]),
    ("smallint", [1, 2]),
    ("uuid", [ID, None]),
    ("text", ["", "null", "NULL", 'a "b" \\c\\', "{x,y}", " 漢字 ", "line\nbreak", None]),
    ("boolean", [True, None, False]),
    ("bytea", [b"", b"\x00\xff\\", None]),
    ("date", [date(2021, 3, 1), None]),
    ("timestamptz", [datetime(2021, 3, 1, 6, 30, 0, 125, tzinfo=UTC), None]),
    ("double precision", [1.5, None]),
    ("int", []),
    ("int", [None]),
]


@pytest.mark.parametrize(("kind", "values"), LISTS)
async def test_a_list_comes_back(database: Database, kind: str, values: list[Any]) -> None:
    async with database.begin() as tx:
        cursor = await tx.connection.execute(f"select %s::{kind}[]", [values])
        assert await cursor.fetchone() == (values,)


async def test_documents_and_what_is_left_to_psycopg_come_back(database: Database) -> None:
    documents = [{"a": '"\\ 漢字', "n": [1, None]}, None]
    async with database.begin() as tx:
        cursor = await tx.connection.execute(
            "select %s::jsonb[], %s::int[], %s::text[]",
            [[Jsonb(documents[0]), None], [[1], [2]], [MoveKind.RECEIPT, None]],
        )
        assert await cursor.fetchone() == (documents, [[1], [2]], ["receipt", None])


async def test_a_statement_is_prepared_once_for_small_and_large_numbers(database: Database) -> None:
    async with database.begin() as tx:
        for values in [[1], [2**40]] * 6:
            await tx.connection.execute("select %s::bigint[] as lean_lists", [values])
        cursor = await tx.connection.execute(
            "select count(*) from pg_prepared_statements where statement like '%% as lean_lists'"
        )
        assert await cursor.fetchone() == (1,)
