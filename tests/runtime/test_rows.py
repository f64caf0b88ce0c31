"""Rows packed for `copy` arrive as they were meant, and what no column holds is refused before it is sent."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import strategies as st

from lingqu.runtime.rows import day, document, field, instant, int4, part_of, row_of, stream, text
from tests.runtime.examples import examples

_ID = UUID("01890000-0000-7000-8000-000000000001")
_TABLE = """
    create temporary table thing (
        a smallint, b int, c bigint, d boolean, e uuid,
        f text, g int, h date, i timestamptz, j jsonb, k bytea)
"""
_ROW = row_of("int2 int4 int8 bool uuid", columns=11)


def _sent(url: str, rows: list[bytes]) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(_TABLE)
        with cursor.copy("copy thing from stdin (format binary)") as copy:
            copy.write(stream(rows))
        return cursor.execute("select * from thing").fetchall()


def test_every_kind_arrives(database_url: str) -> None:
    at = datetime(2026, 2, 3, 4, 5, 6, 789_123, tzinfo=UTC)
    full = b"".join([
        _ROW(-7, 2**31 - 1, -(2**63), True, _ID.bytes),
        text("货物 ✓"), int4(5), day(date(1999, 12, 31)), instant(at), document({"一": [1, None]}), field(b"\0\1"),
    ])  # fmt: skip
    empty = b"".join([
        _ROW(0, 0, 0, False, _ID.bytes),
        text(None), int4(None), day(None), instant(None), document(None), field(b""),
    ])  # fmt: skip
    assert _sent(database_url, [full, empty]) == [
        (-7, 2**31 - 1, -(2**63), True, _ID, "货物 ✓", 5, date(1999, 12, 31), at, {"一": [1, None]}, b"\0\1"),
        (0, 0, 0, False, _ID, None, None, None, None, None, b""),
    ]


_TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=20)
_INSTANT = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive by Hypothesis's rule
FIELDS: dict[str, tuple[Callable[[Any], bytes], st.SearchStrategy[Any]]] = {
    "text": (text, st.none() | _TEXT),
    "int": (int4, st.none() | st.integers(-(2**31), 2**31 - 1)),
    "date": (day, st.none() | st.dates(date(1900, 1, 1), date(2200, 1, 1))),
    "timestamptz": (instant, st.none() | _INSTANT),
    "bytea": (field, st.binary(max_size=40)),
    "jsonb": (document, st.recursive(st.none() | st.booleans() | _TEXT, st.lists, max_leaves=5)),
}


@pytest.mark.parametrize("kind", FIELDS)
def test_a_field_arrives_as_it_was(database_url: str, kind: str) -> None:
    pack, some = FIELDS[kind]
    begin, values = row_of("int4", columns=2), examples(some)
    with psycopg.connect(database_url) as connection, connection.cursor() as cursor:
        cursor.execute(f"create temporary table thing (number int, value {kind})")
        with cursor.copy("copy thing from stdin (format binary)") as copy:
            copy.write(stream(begin(number) + pack(value) for number, value in enumerate(values)))
        found = cursor.execute("select value from thing order by number").fetchall()
    assert [value for (value,) in found] == values


def test_no_rows_are_a_whole_stream(database_url: str) -> None:
    assert _sent(database_url, []) == []


@pytest.mark.parametrize("fixed", [(2**15, 0, 0), (0, 2**31, 0), (0, 0, 2**63)])
def test_a_number_larger_than_its_column_is_refused(fixed: tuple[int, ...]) -> None:
    with pytest.raises(psycopg.DataError):
        _ROW(*fixed, True, _ID.bytes)


def test_a_row_may_be_packed_in_parts(database_url: str) -> None:
    begin, rest = row_of("int2 int4", columns=11), part_of("int8 bool uuid")
    loose = text("x") + int4(1) + day(None) + instant(None) + document(None) + field(b"")
    whole = _ROW(1, 2, 3, True, _ID.bytes) + loose
    assert begin(1, 2) + rest(3, True, _ID.bytes) + loose == whole
    assert _sent(database_url, [whole])[0][:5] == (1, 2, 3, True, _ID)


def test_what_no_column_holds_is_refused() -> None:
    with pytest.raises(psycopg.DataError):
        text("a\0b")
    with pytest.raises(psycopg.DataError):
        int4(2**31)
