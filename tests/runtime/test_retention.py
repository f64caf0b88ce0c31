"""What is kept only for a while goes; what is younger or unpublished stays."""

from datetime import timedelta
from uuid import uuid4

import pytest

from lingqu.runtime.retention import drop_old
from lingqu.runtime.tx import Tx
from tests.conftest import NOW


async def fill(tx: Tx, age: timedelta) -> None:
    at = NOW - age
    async with tx.connection.cursor() as cursor:
        await cursor.execute(
            "insert into runtime.outbox (cell_id, id, events, recorded_at, published_at) values (1, %s, '[]', %s, %s)",
            [uuid4(), at, at],
        )
        await cursor.execute(
            "insert into runtime.inbox (cell_id, consumer, event_id, handled_at) values (2, 'test', %s, %s)",
            [uuid4(), at],
        )
        await cursor.execute(
            "insert into runtime.idempotency (cell_id, actor, key, body_hash, status, answer, recorded_at)"
            " values (3, %s, 'k', '', 201, '', %s)",
            [uuid4(), at],
        )


async def counts(tx: Tx) -> list[int]:
    found = []
    async with tx.connection.cursor() as cursor:
        for table in ("outbox", "inbox", "idempotency"):
            await cursor.execute(f"select count(*) from runtime.{table}")  # type: ignore[arg-type]
            row = await cursor.fetchone()
            assert row is not None
            found.append(row[0])
    return found


async def test_each_kind_is_dropped_after_its_own_time(tx: Tx, monkeypatch: pytest.MonkeyPatch) -> None:
    for days in (0, 6, 8, 13, 15, 29, 31):
        await fill(tx, timedelta(days=days))
    async with tx.connection.cursor() as cursor:
        await cursor.execute(
            "insert into runtime.outbox (cell_id, id, events, recorded_at) values (1, %s, '[]', %s)",
            [uuid4(), NOW - timedelta(days=400)],
        )
    monkeypatch.setattr("lingqu.runtime.retention._ROWS_A_ROUND", 2)
    rounds = 1
    while await drop_old(tx):
        rounds += 1
    assert rounds == 3
    assert await counts(tx) == [2 + 1, 4, 6], "the event that was never published stays whatever its age"
