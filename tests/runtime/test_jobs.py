"""Jobs survive whoever runs them; a step is done once; schedules run once however many watch them."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from msgspec import Struct

from lingqu.kernel.errors import NotFound, Refusal, Unavailable, Words
from lingqu.kernel.scope import Actor, Scope
from lingqu.runtime.db import Database
from lingqu.runtime.http.route import Connection
from lingqu.runtime.jobs import Job, LeaseLost, Schedule, Work, enqueue
from lingqu.runtime.routes import JobState, find_job
from lingqu.runtime.scheduler import Scheduler
from lingqu.runtime.tx import Tx
from lingqu.runtime.work import Worker

ACTOR = Actor(party_id=uuid4(), user_id=7, name="ming", trace_id="a" * 32)


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **duration: float) -> None:
        self.now += timedelta(**duration)


@pytest.fixture
def clock(committing: Database) -> Clock:
    clock = Clock()
    committing.clock = clock
    return clock


class Import(Struct, frozen=True):
    rows: int


class Imported(Struct, frozen=True):
    rows: int


class TooMany(Refusal):
    code = "common.test-too-many"
    status = 422
    title = Words("Too many rows", "行数过多")


class Importer:
    """Adds one audit row a step; fails where it is told to."""

    def __init__(self) -> None:
        self.fail_at: dict[int, BaseException] = {}
        self.entered = asyncio.Event()
        self.hang_at: int | None = None

    async def __call__(self, work: Work, order: Import) -> Imported:
        for row in range(work.done_count, order.rows):
            if row == self.hang_at:
                self.entered.set()
                await asyncio.sleep(60)
            if row in self.fail_at:
                raise self.fail_at[row]

            async def write(tx: Tx, row: int = row) -> None:
                tx.record("row", row)

            await work.step(write, done_count=row + 1, total_count=order.rows)
        return Imported(order.rows)


async def ask(database: Database, job: Job, rows: int, *, key: str | None = None, cell_id: int = 2) -> UUID:
    async with database.begin() as tx:
        tx.actor, tx.cell_id = ACTOR, cell_id
        return await enqueue(tx, job, input=Import(rows), key=key)


async def state_of(database: Database, job_id: UUID, *, actor: Actor = ACTOR, language: str = "en") -> JobState:
    scope = Scope(actor, 1, actor.party_id, 2, (1,), (actor.party_id,), (2,))
    request = Connection(address="", user_agent="", token=None, language=language)
    async with database.begin() as tx:
        found: JobState = await find_job.function(tx, scope, request, job_id)
    return found


async def rows_written(database: Database) -> list[tuple[Any, ...]]:
    async with database.begin() as tx, tx.connection.cursor() as cursor:
        await cursor.execute("select object_id::int, actor_name, channel, cell_id from runtime.audit order by 1")
        return await cursor.fetchall()


async def test_a_job_works_in_steps_in_the_name_of_who_asked(committing: Database) -> None:
    job = Job("test.import", Import, Importer())
    job_id = await ask(committing, job, 3)
    assert (await state_of(committing, job_id)).state == "queued"
    worker = Worker(committing, [job])
    assert await worker.work_one() is True
    assert await worker.work_one() is False
    state = await state_of(committing, job_id)
    assert (state.state, state.done_count, state.total_count, state.result) == ("done", 3, 3, {"rows": 3})
    assert await rows_written(committing) == [(n, "ming", "job", 2) for n in range(3)]


async def test_a_job_has_the_services_it_names_and_a_missing_one_is_found_at_the_start(committing: Database) -> None:
    seen: list[object] = []

    async def run(_: Work, given: Import, *, till: list[int]) -> None:
        seen.append((given.rows, till))

    job = Job("test.served", Import, run)
    assert job.services == ("till",)
    with pytest.raises(KeyError, match="till"):
        Worker(committing, [job], services={"shelf": []})
    await ask(committing, job, 3)
    till = [7]
    assert await Worker(committing, [job], services={"till": till, "shelf": []}).work_one() is True
    assert seen == [(3, till)]


async def test_the_same_key_asks_for_the_same_job_and_a_rollback_for_none(committing: Database) -> None:
    job = Job("test.import", Import, Importer())
    first = await ask(committing, job, 1, key="march")
    assert await ask(committing, job, 9, key="march") == first
    assert await ask(committing, job, 1, key="april") != first

    async def fail(tx: Tx) -> None:
        await enqueue(tx, job, input=Import(1))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await committing.run(fail)
    worker = Worker(committing, [job])
    assert [await worker.work_one() for _ in range(3)] == [True, True, False]


async def test_a_failed_attempt_goes_on_after_its_last_step(committing: Database, clock: Clock) -> None:
    run = Importer()
    run.fail_at = {2: Unavailable("the carrier is away")}
    job = Job("test.import", Import, run)
    job_id = await ask(committing, job, 4)
    worker = Worker(committing, [job])
    await worker.work_one()
    state = await state_of(committing, job_id)
    assert (state.state, state.done_count) == ("queued", 2)
    assert state.problem["code"] == "common.unavailable"
    assert await worker.work_one() is False, "it waits before it tries again"
    run.fail_at = {}
    clock.pass_by(seconds=2)
    await worker.work_one()
    state = await state_of(committing, job_id)
    assert (state.state, state.problem) == ("done", None)
    assert [row[0] for row in await rows_written(committing)] == [0, 1, 2, 3]


async def test_after_its_attempts_a_job_has_failed_for_good(committing: Database, clock: Clock) -> None:
    run = Importer()
    run.fail_at = {0: ZeroDivisionError()}
    job = Job("test.import", Import, run, attempts=2)
    job_id = await ask(committing, job, 1)
    worker = Worker(committing, [job])
    await worker.work_one()
    clock.pass_by(hours=1)
    await worker.work_one()
    clock.pass_by(hours=1)
    assert await worker.work_one() is False
    state = await state_of(committing, job_id, language="zh")
    assert (state.state, state.problem["title"]) == ("failed", "系统出现错误")
    assert await rows_written(committing) == []


async def test_a_refusal_is_final_and_speaks_the_readers_language(committing: Database) -> None:
    run = Importer()
    run.fail_at = {1: TooMany(limit=1)}
    job = Job("test.import", Import, run)
    job_id = await ask(committing, job, 2)
    worker = Worker(committing, [job])
    await worker.work_one()
    assert await worker.work_one() is False
    english, chinese = await state_of(committing, job_id), await state_of(committing, job_id, language="zh-CN")
    assert (english.state, english.problem["code"], english.problem["title"]) == (
        "failed",
        "common.test-too-many",
        "Too many rows",
    )
    assert chinese.problem["title"] == "行数过多"


async def test_a_silent_worker_loses_its_job_and_can_write_nothing_more(committing: Database, clock: Clock) -> None:
    late: list[Work] = []
    entered = asyncio.Event()

    async def fall_silent(work: Work, _: Import) -> None:
        late.append(work)
        entered.set()
        await asyncio.sleep(60)

    silent = Worker(committing, [Job("test.import", Import, fall_silent)])
    job = Job("test.import", Import, Importer())
    job_id = await ask(committing, job, 2)
    hanging = asyncio.create_task(silent.work_one())
    await entered.wait()
    other = Worker(committing, [job])
    assert await other.work_one() is False, "its lease still holds"
    clock.pass_by(seconds=61)
    assert await other.work_one() is True

    async def write(tx: Tx) -> None:
        tx.record("row", 99)

    with pytest.raises(LeaseLost):
        await late[0].step(write, done_count=1, total_count=2)
    hanging.cancel()
    await asyncio.wait([hanging])
    assert (await state_of(committing, job_id)).state == "done", "the end of the late one changes nothing"
    assert [row[0] for row in await rows_written(committing)] == [0, 1]


async def test_a_worker_that_stops_gives_its_job_back_at_once(committing: Database) -> None:
    run = Importer()
    run.hang_at = 1
    job = Job("test.import", Import, run)
    job_id = await ask(committing, job, 2)
    stop = asyncio.Event()
    running = asyncio.create_task(Worker(committing, [job]).run(stop))
    await run.entered.wait()
    stop.set()
    await asyncio.wait_for(running, 5)
    state = await state_of(committing, job_id)
    assert (state.state, state.done_count) == ("queued", 1)
    run.hang_at = None
    await Worker(committing, [job]).work_one()
    assert [row[0] for row in await rows_written(committing)] == [0, 1]


async def test_two_workers_never_run_one_job(committing: Database) -> None:
    job = Job("test.import", Import, Importer())
    for number in range(12):
        await ask(committing, job, 1, cell_id=number % 4)
    workers = [Worker(committing, [job]) for _ in range(3)]
    ran = await asyncio.gather(*(worker.work_one() for worker in workers for _ in range(5)))
    left = [await workers[0].work_one() for _ in range(12)]
    assert ran.count(True) + left.count(True) == 12
    assert len(await rows_written(committing)) == 12


async def test_a_job_of_an_unknown_kind_waits_for_a_worker_that_knows_it(committing: Database) -> None:
    await ask(committing, Job("test.new", Import, Importer()), 1)
    assert await Worker(committing, [Job("test.old", Import, Importer())]).work_one() is False
    assert await Worker(committing, [Job("test.new", Import, Importer())]).work_one() is True


async def test_nobody_sees_anothers_job(committing: Database) -> None:
    job_id = await ask(committing, Job("test.import", Import, Importer()), 1)
    for stranger in (
        Actor(party_id=uuid4(), user_id=7),
        Actor(party_id=ACTOR.party_id, user_id=8),
        Actor(party_id=ACTOR.party_id),
    ):
        with pytest.raises(NotFound):
            await state_of(committing, job_id, actor=stranger)


async def test_a_schedule_runs_when_due_once_for_all_who_watch(committing: Database, clock: Clock) -> None:
    ran: list[int] = []

    async def run(_: Tx) -> bool:
        ran.append(1)
        return len(ran) < 3

    watchers = [Scheduler(committing, [Schedule("test.sweep", 60, run)]) for _ in range(3)]
    counts = await asyncio.gather(*(watcher.run_due() for watcher in watchers))
    assert sorted(counts) == [0, 0, 1]
    assert len(ran) == 3, "it was called again while there was more"
    clock.pass_by(seconds=59)
    assert await watchers[0].run_due() == 0
    clock.pass_by(seconds=1)
    assert await watchers[1].run_due() == 1


async def test_a_schedule_that_fails_stops_no_other_and_comes_again(committing: Database, clock: Clock) -> None:
    ran: list[str] = []

    async def broken(tx: Tx) -> None:
        tx.record("row", 1)
        raise ZeroDivisionError("by design")

    async def fine(_: Tx) -> None:
        ran.append("fine")

    scheduler = Scheduler(committing, [Schedule("test.broken", 60, broken), Schedule("test.fine", 60, fine)])
    assert await scheduler.run_due() == 2
    assert ran == ["fine"]
    assert await rows_written(committing) == []
    async with committing.begin() as tx, tx.connection.cursor() as cursor:
        await cursor.execute("select last_error from runtime.schedule where name = 'test.broken'")
        assert await cursor.fetchone() == ("ZeroDivisionError: by design",)
    clock.pass_by(seconds=60)
    assert await scheduler.run_due() == 2


def test_a_job_state_is_plain_json() -> None:
    assert msgspec.json.schema(JobState)["$defs"]["JobState"]["properties"]["state"]["enum"] == [
        "done",
        "failed",
        "queued",
        "running",
    ]
