"""The edge of a transaction: it commits once or not at all, repeats what may be repeated, and names what may not."""

import asyncio
from collections.abc import Callable

import pytest
from psycopg import errors

from lingqu.kernel.errors import Unavailable
from lingqu.kernel.event import Event
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx


class Happened(Event, frozen=True, kw_only=True):
    subject = "test.happened.v1"


async def count(database: Database) -> int:
    async with database.begin() as tx:
        cursor = await tx.connection.execute("select count(*) from runtime.audit")
        row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


async def raising(tx: Tx, state: str) -> None:
    await tx.connection.execute(f"do $$ begin raise exception 'x' using errcode = '{state}'; end $$")  # type: ignore[arg-type]


@pytest.mark.parametrize("state", ["40001", "40P01", "57P01", "XX000", "08006"])
async def test_a_conflict_is_run_again_whole(committing: Database, state: str) -> None:
    attempts: list[int] = []

    async def work(tx: Tx) -> str:
        attempts.append(1)
        tx.record("thing", len(attempts))
        if len(attempts) < 3:
            await raising(tx, state)
        return "done"

    assert await committing.run(work) == "done"
    assert len(attempts) == 3
    assert await count(committing) == 1, "only the attempt that committed has left something"


async def test_a_conflict_that_does_not_end_is_unavailable(
    committing: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lingqu.runtime.db._FIRST_WAIT_S", 0.0)
    attempts: list[int] = []

    async def work(tx: Tx) -> None:
        attempts.append(1)
        await raising(tx, "40001")

    with pytest.raises(Unavailable, match="away or busy"):
        await committing.run(work)
    assert len(attempts) == 5


@pytest.mark.parametrize(
    ("state", "words", "retry_after_s"),
    [("57014", "the database is busy", 1), ("55P03", "the database is busy", 1), ("53100", "the disk", 60)],
)
async def test_what_will_not_pass_by_itself_is_said_at_once(
    committing: Database, state: str, words: str, retry_after_s: int
) -> None:
    attempts: list[int] = []

    async def work(tx: Tx) -> None:
        attempts.append(1)
        await raising(tx, state)

    with pytest.raises(Unavailable, match=words) as fault:
        await committing.run(work)
    assert (len(attempts), fault.value.retry_after_s) == (1, retry_after_s)


async def test_a_bug_is_not_repeated(committing: Database) -> None:
    attempts: list[int] = []

    async def work(tx: Tx) -> None:
        attempts.append(1)
        tx.record("thing", 1)
        await tx.flush()
        await raising(tx, "23505")

    with pytest.raises(errors.UniqueViolation):
        await committing.run(work)
    assert len(attempts) == 1
    assert await count(committing) == 0


async def test_a_statement_and_a_lock_have_their_time(fresh_database: Callable[[], str]) -> None:
    database = Database(fresh_database(), statement_timeout_ms=1_000, lock_timeout_ms=100)
    await database.open()

    async def sleep(tx: Tx) -> None:
        await tx.connection.execute("select pg_sleep(5)")

    async def lock(tx: Tx) -> None:
        await tx.connection.execute("lock table runtime.audit in exclusive mode")

    with pytest.raises(Unavailable, match="busy"):
        await database.run(sleep)
    async with database.begin() as holder:
        await lock(holder)
        with pytest.raises(Unavailable, match="busy"):
            await database.run(lock)
    await database.close()


async def test_a_connection_that_the_server_ended_is_replaced(committing: Database) -> None:
    async with committing.begin() as tx:
        cursor = await tx.connection.execute("select pg_backend_pid()")
        row = await cursor.fetchone()
    assert row is not None

    async def kill(tx: Tx) -> None:
        await tx.connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'"
        )

    async def pid(tx: Tx) -> int:
        found = await (await tx.connection.execute("select pg_backend_pid()")).fetchone()
        assert found is not None
        return int(found[0])

    async with committing.begin() as other:
        await committing.run(kill)
        assert other.connection.info.transaction_status is not None
        with pytest.raises(errors.AdminShutdown):
            await other.connection.execute("select 1")
    assert await committing.run(pid) > 0


async def test_whoever_wrote_events_is_told_of_the_commit_and_only_then(committing: Database) -> None:
    told: list[int] = []
    committing.on_events = lambda: told.append(1)
    async with committing.begin() as tx:
        tx.record("thing", 1)
    assert told == []
    async with committing.begin() as tx:
        tx.emit(Happened())
        assert told == []
    assert told == [1]

    async def fail(tx: Tx) -> None:
        tx.emit(Happened())
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await committing.run(fail)
    assert told == [1]


async def test_a_database_that_is_away_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    away = Database("postgresql://127.0.0.1:1/none?connect_timeout=1")
    monkeypatch.setattr("lingqu.runtime.db._OPENS_WITHIN_S", 0.3)
    with pytest.raises(Unavailable, match="does not answer"):
        await away.open()
    await away.close()


async def test_ten_at_once_share_a_small_pool(fresh_database: Callable[[], str]) -> None:
    database = Database(fresh_database(), size=2)
    await database.open()

    async def work(tx: Tx) -> None:
        tx.record("thing", 1)

    await asyncio.gather(*(database.run(work) for _ in range(10)))
    assert await count(database) == 10
    await database.close()
