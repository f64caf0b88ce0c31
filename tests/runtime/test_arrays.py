"""Packed arrays arrive as what they were."""

from typing import Any

import pytest
from hypothesis import strategies as st
from psycopg import DataError

from lingqu.runtime import arrays
from lingqu.runtime.tx import Tx
from tests.runtime.examples import examples

KINDS: dict[str, tuple[Any, st.SearchStrategy[Any]]] = {
    "int[]": (arrays.int4s, st.lists(st.integers(-(2**31), 2**31 - 1))),
    "bigint[]": (arrays.int8s, st.lists(st.integers(-(2**63), 2**63 - 1))),
    "uuid[]": (arrays.uuids, st.lists(st.uuids())),
}


@pytest.mark.parametrize("kind", KINDS)
async def test_an_array_arrives_as_it_was(tx: Tx, kind: str) -> None:
    pack, some = KINDS[kind]

    for values in [[], *examples(some)]:
        cursor = await tx.connection.execute(f"select %s::{kind}", (pack(values),))
        assert await cursor.fetchone() == (values,)


def test_what_a_column_cannot_hold_is_the_callers_mistake() -> None:
    for pack, number in ((arrays.int4s, 2**31), (arrays.int8s, 2**63)):
        with pytest.raises(DataError, match="larger"):
            pack([number])
