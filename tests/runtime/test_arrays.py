"""Packed arrays arrive as what they were."""

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import DataError

from lingqu.runtime import arrays
from lingqu.runtime.tx import Tx

_TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=20)
_INSTANT = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive by Hypothesis's rule
KINDS: dict[str, tuple[Any, st.SearchStrategy[Any]]] = {
    "smallint[]": (arrays.int2s, st.lists(st.integers(-(2**15), 2**15 - 1))),
    "int[]": (arrays.int4s, st.lists(st.none() | st.integers(-(2**31), 2**31 - 1))),
    "bigint[]": (arrays.int8s, st.lists(st.integers(-(2**63), 2**63 - 1))),
    "boolean[]": (arrays.bools, st.lists(st.booleans())),
    "date[]": (arrays.dates, st.lists(st.none() | st.dates(date(1900, 1, 1), date(2200, 1, 1)))),
    "timestamptz[]": (arrays.instants, st.lists(st.none() | _INSTANT)),
    "text[]": (arrays.texts, st.lists(st.none() | _TEXT)),
    "bytea[]": (arrays.hashes, st.lists(st.binary(max_size=40))),
    "uuid[]": (arrays.uuids, st.lists(st.uuids())),
}


@pytest.mark.parametrize("kind", KINDS)
async def test_an_array_arrives_as_it_was(tx: Tx, kind: str) -> None:
    pack, some = KINDS[kind]

    for values in _examples(some):
        cursor = await tx.connection.execute(f"select %s::{kind}", (pack(values),))
        assert await cursor.fetchone() == (values,)


def _examples(some: st.SearchStrategy[Any]) -> list[Any]:
    """Draw examples outside of Hypothesis's own loop, which cannot wait for a database on our loop."""
    drawn: list[Any] = [[]]

    @settings(max_examples=60, database=None, suppress_health_check=list(HealthCheck))
    @given(some)
    def draw(values: list[Any]) -> None:
        drawn.append(values)

    draw()
    return drawn


async def test_documents_arrive_as_json(tx: Tx) -> None:
    one = {"id": UUID(int=7), "words": ['"', "\\", "中"]}
    cursor = await tx.connection.execute(
        "select %s::jsonb, %s::jsonb[]", (arrays.document(one), arrays.documents([b"1", json.dumps([2]).encode()]))
    )
    assert await cursor.fetchone() == ({"id": str(UUID(int=7)), "words": ['"', "\\", "中"]}, [1, [2]])


def test_what_a_column_cannot_hold_is_the_callers_mistake() -> None:
    with pytest.raises(DataError, match="NUL"):
        arrays.texts(["a\0b"])
    for pack, number in ((arrays.int2s, 2**15), (arrays.int4s, 2**31), (arrays.int8s, 2**63)):
        with pytest.raises(DataError, match="larger"):
            pack([number])
    with pytest.raises(DataError, match="larger"):
        arrays.int4s([None, 2**31])
