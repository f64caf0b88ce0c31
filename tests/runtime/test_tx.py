"""What module code has in hand: typed reads, counted writes, events and changes that come with the commit."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from msgspec import Struct, ValidationError
from psycopg.errors import UndefinedTable, UniqueViolation

from lingqu.kernel.event import Event
from lingqu.runtime.db import Database
from lingqu.runtime.rows import field, row_of, stream
from lingqu.runtime.sql import Statement
from lingqu.runtime.tx import Tx


class Pair(Struct, frozen=True):
    number: int
    day: date


class Moved(Event, frozen=True, kw_only=True):
    subject = "test.moved.v1"
    by: int


def sql(text: str) -> Statement:
    return Statement("test", "inline", text)  # type: ignore[arg-type]


PAIRS = sql("select n as number, date '2026-03-01' + n as day from generate_series(1, %(count)s) as n order by 1")


async def test_rows_are_read_as_what_they_are_declared_to_be(tx: Tx) -> None:
    assert await tx.all(PAIRS, Pair, count=2) == [Pair(1, date(2026, 3, 2)), Pair(2, date(2026, 3, 3))]
    assert await tx.all(PAIRS, Pair, count=0) == []
    assert await tx.first(PAIRS, Pair, count=2) == Pair(1, date(2026, 3, 2))
    assert await tx.first(PAIRS, Pair, count=0) is None
    assert await tx.one(PAIRS, Pair, count=1) == Pair(1, date(2026, 3, 2))
    assert await tx.value(PAIRS, int, count=1) == 1
    assert await tx.values(PAIRS, int, count=3) == [1, 2, 3]
    assert await tx.tuples(PAIRS, count=1) == [(1, date(2026, 3, 2))]


async def test_a_promised_row_that_is_missing_is_a_bug(tx: Tx) -> None:
    with pytest.raises(LookupError, match=r"test\.inline found no row"):
        await tx.one(PAIRS, Pair, count=0)
    with pytest.raises(LookupError, match=r"test\.inline found no row"):
        await tx.value(PAIRS, int, count=0)


async def test_a_column_of_another_type_is_a_bug(tx: Tx) -> None:
    with pytest.raises(ValidationError):
        await tx.all(sql("select null::int as number, current_date as day"), Pair)


async def test_writes_are_counted_and_many_rows_are_copied(tx: Tx) -> None:
    await tx.run(sql("create temporary table copied (n int, t text) on commit drop"))
    assert await tx.copy(sql("copy copied (n, t) from stdin"), [(n, f"第{n}行\t\\") for n in range(1_000)]) == 1_000
    assert await tx.run(sql("delete from copied where n < %(n)s"), n=10) == 10
    assert await tx.value(sql("select t from copied where n = 10"), str) == "第10行\t\\"


async def outbox(tx: Tx) -> list[tuple[Any, ...]]:
    cursor = await tx.connection.execute("select cell_id, body::jsonb from runtime.outbox order by cell_id")
    return await cursor.fetchall()


async def test_events_of_a_transaction_are_one_row_a_cell_in_their_order(tx: Tx) -> None:
    tx.cell_id = 1
    tx.emit(Moved(by=1))
    tx.emit(Moved(by=2), cell_id=3)
    tx.emit(Moved(by=3))
    assert await outbox(tx) == []
    await tx.flush()
    rows = await outbox(tx)
    told = [(cell, [(event["subject"], event["data"]) for event in events]) for cell, events in rows]
    assert told == [
        (1, [("test.moved.v1", {"by": 1}), ("test.moved.v1", {"by": 3})]),
        (3, [("test.moved.v1", {"by": 2})]),
    ]
    ids = [event["id"] for _, events in rows for event in events]
    assert len(set(ids)) == 3


def _loading(table: str) -> Statement:
    return sql(f"copy {table} (n, b) from stdin (format binary)")


_ROW = row_of("int4", columns=2)


def _rows(numbers: Iterable[int], size: int = 3) -> bytes:
    return stream(_ROW(number) + field(bytes(size)) for number in numbers)


async def test_rows_of_several_tables_go_in_one_request(tx: Tx) -> None:
    for table in ("one", "two", "three"):
        await tx.run(sql(f"create temporary table {table} (n int primary key, b bytea) on commit drop"))
    await tx.load_all(
        [(_loading("one"), _rows(range(5))), (_loading("two"), _rows([])), (_loading("three"), _rows([7]))]
    )
    await tx.load(_loading("two"), _rows(range(10, 13), size=2_000_000))  # in pieces
    await tx.load_all([])
    assert await tx.tuples(
        sql("select (select count(*) from one), (select sum(octet_length(b)) from two), n from three")
    ) == [(5, 6_000_000, 7)]


@pytest.mark.parametrize("bad", [0, 1, 2])
async def test_where_one_load_fails_none_stands_and_the_connection_goes_on(tx: Tx, bad: int) -> None:
    for table in ("one", "two", "three"):
        await tx.run(sql(f"create temporary table {table} (n int primary key, b bytea) on commit drop"))
    loads = [(_loading(table), _rows([1, 2], size=100_000)) for table in ("one", "two", "three")]
    loads[bad] = (loads[bad][0], _rows([*range(1_000), 5], size=1_000))
    with pytest.raises(UniqueViolation):
        async with tx.connection.transaction():
            await tx.load_all(loads)
    with pytest.raises(UndefinedTable):
        async with tx.connection.transaction():
            await tx.load_all([loads[(bad + 1) % 3], (_loading("nowhere"), _rows([1]))])
    assert await tx.tuples(sql("select n from one union all select n from two union all select n from three")) == []


async def test_what_is_loaded_last_comes_with_the_commit(committing: Database) -> None:
    create = sql("create table late (n int primary key, b bytea)")
    await committing.run(lambda tx: tx.run(create))

    async def load(tx: Tx) -> int:
        tx.load_last([(_loading("late"), _rows([1, 2]))])
        return await tx.value(sql("select count(*) from late"), int)

    assert await committing.run(load) == 0
    assert await committing.run(lambda tx: tx.value(sql("select count(*) from late"), int)) == 2
    with pytest.raises(UniqueViolation):
        await committing.run(load)
    assert await committing.run(lambda tx: tx.value(sql("select count(*) from late"), int)) == 2
