"""Rows packed for `copy` arrive as they were meant, and what no column holds is refused before it is sent."""

from datetime import UTC, date, datetime
from uuid import UUID

import psycopg
import pytest

from lingqu.runtime.rows import Shape, day, document, field, instant, int4, stream, text, uuid

_ID = UUID("01890000-0000-7000-8000-000000000001")
_TABLE = """
    create temporary table thing (
        a smallint, b int, c bigint, d boolean, e uuid,
        f text, g int, h date, i timestamptz, j jsonb, k bytea, l uuid)
"""
_SHAPE = Shape("int2 int4 int8 bool uuid", loose=7)


def _sent(url: str, rows: list[bytes]) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(_TABLE)
        with cursor.copy("copy thing from stdin (format binary)") as copy:
            copy.write(stream(rows))
        return cursor.execute("select * from thing").fetchall()


def test_every_kind_arrives(database_url: str) -> None:
    at = datetime(2026, 2, 3, 4, 5, 6, 789_123, tzinfo=UTC)
    full = _SHAPE.row(
        (-7, 2**31 - 1, -(2**63), True, _ID.bytes),
        text("货物 ✓"), int4(5), day(date(1999, 12, 31)), instant(at), document({"一": [1, None]}), field(b"\0\1"),
        uuid(_ID),
    )  # fmt: skip
    empty = _SHAPE.row(
        (0, 0, 0, False, _ID.bytes),
        text(None), int4(None), day(None), instant(None), document(None), field(b""), uuid(None),
    )  # fmt: skip
    assert _sent(database_url, [full, empty]) == [
        (-7, 2**31 - 1, -(2**63), True, _ID, "货物 ✓", 5, date(1999, 12, 31), at, {"一": [1, None]}, b"\0\1", _ID),
        (0, 0, 0, False, _ID, None, None, None, None, None, b"", None),
    ]


def test_no_rows_are_a_whole_stream(database_url: str) -> None:
    assert _sent(database_url, []) == []


@pytest.mark.parametrize("fixed", [(2**15, 0, 0), (0, 2**31, 0), (0, 0, 2**63)])
def test_a_number_larger_than_its_column_is_refused(fixed: tuple[int, ...]) -> None:
    with pytest.raises(psycopg.DataError):
        _SHAPE.row((*fixed, True, _ID.bytes))


def test_what_no_column_holds_is_refused() -> None:
    with pytest.raises(psycopg.DataError):
        text("a\0b")
    with pytest.raises(psycopg.DataError):
        int4(2**31)
