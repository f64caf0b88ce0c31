"""From a commit to a consumer: nothing lost, nothing handled twice, whenever a transaction commits and whoever dies."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import msgspec
import pytest

from lingqu.kernel.errors import Unavailable
from lingqu.kernel.event import Event
from lingqu.roles.commands.events import send_again
from lingqu.runtime.bus import STREAM, Bus
from lingqu.runtime.consume import Listener
from lingqu.runtime.db import Database
from lingqu.runtime.engines.nats import NatsEngine
from lingqu.runtime.inbox import Consumer, Delivered
from lingqu.runtime.relay import CloudEvent, OutboxRow, Relay, messages
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements("lingqu.runtime")


class CounterMoved(Event, frozen=True, kw_only=True):
    subject = "test.counter-moved.v1"
    by: int


class Sum:
    """A consumer that records each event as a change of its own transaction, so that a rollback takes it back."""

    def __init__(self) -> None:
        self.seen: list[int] = []
        self.poison: set[int] = set()

    async def __call__(self, tx: Tx, delivered: Delivered) -> None:
        self.seen.append(delivered.data.by)
        if delivered.data.by in self.poison:
            raise ZeroDivisionError(f"{delivered.data.by} is poison")
        tx.record("counter", delivered.event_id, after={"by": delivered.data.by})


async def emit(database: Database, *numbers: int, cell_id: int = 0) -> None:
    async with database.begin() as tx:
        for number in numbers:
            tx.emit(CounterMoved(by=number), cell_id=cell_id)


async def handled(database: Database) -> list[int]:
    """Read what consumers have committed."""
    async with database.begin() as tx, tx.connection.cursor() as cursor:
        await cursor.execute("select (after ->> 'by')::int from runtime.audit where kind = 'counter' order by 1")
        return [row[0] for row in await cursor.fetchall()]


async def drain(listener: Listener) -> None:
    pull = await listener.open()
    while await listener.take(pull, within_s=0.3):
        continue
    await pull.close()


def consumer(handle: Sum, name: str = "test.sum") -> Consumer:
    return Consumer(name, CounterMoved, handle)


async def test_events_reach_a_consumer_in_order_with_their_cell(committing: Database, bus: Bus) -> None:
    await bus.ensure_stream()
    handle = Sum()
    listener = Listener(consumer(handle), committing, bus)
    await emit(committing, 1, 2, 3, cell_id=2)
    await emit(committing, 4, cell_id=3)
    relay = Relay(committing, bus)
    assert await relay.publish_new() == 2
    assert await relay.publish_new() == 0
    await drain(listener)
    assert sorted(handle.seen) == [1, 2, 3, 4]
    assert [n for n in handle.seen if n < 4] == [1, 2, 3]
    assert await handled(committing) == [1, 2, 3, 4]
    async with committing.begin() as tx, tx.connection.cursor() as cursor:
        await cursor.execute("select cell_id, count(*) from runtime.inbox group by 1 order by 1")
        assert await cursor.fetchall() == [(2, 3), (3, 1)]


async def test_a_transaction_that_commits_late_is_published_late_but_published(committing: Database, bus: Bus) -> None:
    await bus.ensure_stream()
    relay = Relay(committing, bus)
    handle = Sum()
    async with committing.begin() as late:
        late.emit(CounterMoved(by=1))
        await late.flush()
        late.events.clear()
        await emit(committing, 2)
        await emit(committing, 3)
        assert await relay.publish_new() == 2
    await relay.publish_new()
    await drain(Listener(consumer(handle), committing, bus))
    assert (sorted(handle.seen), handle.seen[-1]) == ([1, 2, 3], 1)


async def test_what_is_rolled_back_is_never_published(committing: Database, bus: Bus) -> None:
    await bus.ensure_stream()

    async def fail(tx: Tx) -> None:
        tx.emit(CounterMoved(by=1))
        await tx.flush()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await committing.run(fail)
    assert await Relay(committing, bus).publish_new() == 0


async def test_a_repeated_message_is_handled_once(committing: Database, bus: Bus) -> None:
    await bus.ensure_stream()
    relay = Relay(committing, bus)
    handle = Sum()
    listener = Listener(consumer(handle), committing, bus)
    await emit(committing, 1, 2)
    await relay.publish_new()
    assert await relay.publish_again(datetime.now(UTC) - timedelta(seconds=10)) == 1
    await drain(listener)
    assert handle.seen == [1, 2]
    assert await handled(committing) == [1, 2]


async def test_a_broker_that_lost_everything_is_filled_again_even_if_the_relay_dies_meanwhile(
    committing: Database, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    relay = Relay(committing, bus)
    handle, late = Sum(), Sum()
    await relay.repeat()
    await emit(committing, 1)
    await emit(committing, 2)
    await relay.publish_new()
    await drain(Listener(consumer(handle), committing, bus))
    async with committing.begin() as tx:  # long ago: the last seconds alone would not find them
        await tx.connection.execute("update runtime.outbox set published_at = now() - interval '1 day'")
    await bus.delete_stream()
    with pytest.raises(Unavailable):
        await Listener(consumer(handle), committing, bus).open()

    async def die(_: object) -> None:
        raise Unavailable("killed")

    with monkeypatch.context() as dying:
        dying.setattr(bus, "publish", die)
        with pytest.raises(Unavailable, match="killed"):
            await relay.repeat()
    assert await bus.ensure_stream() is False, "the stream is there, and not filled"
    await relay.repeat()
    assert await bus.ensure_stream() is True
    for listener in (consumer(handle), consumer(late, "test.late")):
        await drain(Listener(listener, committing, bus))
    assert (sorted(handle.seen), sorted(late.seen)) == ([1, 2], [1, 2]), (
        "nothing is lost, and the inbox keeps the first one quiet"
    )


async def test_two_workers_with_the_same_event_handle_it_once(committing: Database, bus: Bus) -> None:
    await bus.ensure_stream()
    slow = Sum()
    entered = asyncio.Event()

    async def wait(tx: Tx, delivered: Delivered) -> None:
        entered.set()
        await asyncio.sleep(0.2)
        await slow(tx, delivered)

    await emit(committing, 7)
    async with committing.begin() as tx:
        row = await tx.one(SQL["take_unpublished"], OutboxRow, cell_id=0, limit=1)
    events = msgspec.json.decode(messages(0, [row])[0].body, type=list[CloudEvent])
    pair = [Listener(Consumer("test-pair", CounterMoved, wait), committing, bus) for _ in range(2)]
    await asyncio.gather(*(one._failures(events) for one in pair))  # noqa: SLF001 - what two workers do at one moment
    assert slow.seen == [7]
    assert await handled(committing) == [7]


async def test_messages_that_come_together_are_handled_in_one_transaction(
    committing: Database, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lingqu.runtime.consume._FIRST_PAUSE_S", 0.05)
    await bus.ensure_stream()
    transactions: list[int] = []
    seen: list[int] = []

    async def handle_all(tx: Tx, delivered: Sequence[Delivered]) -> None:
        transactions.append(len(delivered))
        numbers = [one.data.by for one in delivered]
        if 5 in numbers:
            raise ZeroDivisionError("5 is poison")
        seen.extend(numbers)
        for one in delivered:
            tx.record("counter", one.event_id, after={"by": one.data.by})

    listener = Listener(Consumer("test.all", CounterMoved, handle_all=handle_all), committing, bus, attempts=2)
    for number in (1, 2, 3):
        await emit(committing, number)
    await emit(committing, 4, cell_id=1)
    await Relay(committing, bus).publish_new()
    pull = await listener.open()
    assert await listener.take(pull) == 4
    await pull.close()
    assert transactions == [4]
    for number in (5, 6):
        await emit(committing, number)
    await Relay(committing, bus).publish_new()
    await drain(listener)
    assert sorted(seen) == [1, 2, 3, 4, 6]
    assert await handled(committing) == [1, 2, 3, 4, 6]


async def test_what_came_and_was_not_fetched_is_given_back(committing: Database, bus: Bus) -> None:
    await bus.ensure_stream()
    listener = Listener(consumer(Sum()), committing, bus)
    pull = await listener.open()
    assert await pull.fetch(3, within_s=0.1) == []
    for number in (1, 2, 3):
        await emit(committing, number)
    await Relay(committing, bus).publish_new()
    (first,) = await pull.fetch(1, within_s=1)  # the request for three still stands, and all three come
    await first.ack()
    await pull.close()
    again = await listener.open()
    given_back = await again.fetch(3, within_s=1)
    assert [
        bytes(event.data) for one in given_back for event in msgspec.json.decode(one.data, type=list[CloudEvent])
    ] == [
        b'{"by":2}',
        b'{"by":3}',
    ]
    await again.close()


async def test_a_failing_event_holds_up_none_of_its_neighbours_and_ends_as_a_dead_letter(
    committing: Database, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lingqu.runtime.consume._FIRST_PAUSE_S", 0.05)
    await bus.ensure_stream()
    handle = Sum()
    handle.poison = {2}
    listener = Listener(consumer(handle), committing, bus, attempts=3)
    await emit(committing, 1, 2, 3)
    await Relay(committing, bus).publish_new()
    await drain(listener)
    assert await handled(committing) == [1, 3]
    assert handle.seen.count(2) == 6, "three attempts, each together and then alone"
    assert (handle.seen.count(1), handle.seen.count(3)) == (2, 1), "1 was undone once by its neighbour, then done"
    async with committing.begin() as tx, tx.connection.cursor() as cursor:
        await cursor.execute("select consumer, subject, event -> 'data', error, attempts from runtime.dead_letter")
        assert await cursor.fetchall() == [
            ("test.sum", "test.counter-moved.v1", {"by": 2}, "ZeroDivisionError: 2 is poison", 3)
        ]


async def test_a_consumer_that_recovers_leaves_no_dead_letter(
    committing: Database, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lingqu.runtime.consume._FIRST_PAUSE_S", 0.05)
    await bus.ensure_stream()
    handle = Sum()
    handle.poison = {1}
    listener = Listener(consumer(handle), committing, bus)
    await emit(committing, 1)
    await Relay(committing, bus).publish_new()
    pull = await listener.open()
    assert await listener.take(pull) == 1
    assert await handled(committing) == []
    handle.poison = set()
    assert await listener.take(pull) == 1
    assert await handled(committing) == [1]


async def test_a_dead_letter_sent_again_reaches_its_consumer_and_no_other_twice(committing: Database, bus: Bus) -> None:
    await bus.ensure_stream()
    broken, fine = Sum(), Sum()
    broken.poison = {1}
    listeners = [
        Listener(consumer(broken, "test-broken"), committing, bus, attempts=1),
        Listener(consumer(fine, "test-fine"), committing, bus),
    ]
    await emit(committing, 1)
    await Relay(committing, bus).publish_new()
    for listener in listeners:
        await drain(listener)
    broken.poison = set()
    assert await send_again(committing, bus, event_id=uuid4()) == 0
    assert await send_again(committing, bus, event_id=None) == 1
    for listener in listeners:
        await drain(listener)
    assert (broken.seen, fine.seen) == ([1, 1], [1])
    assert await handled(committing) == [1, 1], "once for each of the two"
    assert await send_again(committing, bus, event_id=None) == 0


async def test_the_relay_runs_wakes_and_stops(committing: Database, bus: Bus, broker: NatsEngine) -> None:
    await bus.ensure_stream()
    relay_bus = Bus(broker.url, name="relay")
    committing.on_events = bus.wake
    stop = asyncio.Event()
    running = asyncio.create_task(Relay(committing, relay_bus).run(stop))
    handle = Sum()
    listener = Listener(consumer(handle), committing, bus)
    pull = await listener.open()
    await emit(committing, 1)
    assert await listener.take(pull) == 1
    assert handle.seen == [1]
    stop.set()
    await asyncio.wait_for(running, 2)
    await relay_bus.close()


async def test_a_broker_that_is_away_is_said_and_leaves_no_socket_open(committing: Database) -> None:
    away = Bus("nats://127.0.0.1:1", name="test")
    with pytest.raises(Unavailable, match="does not answer"):
        await away.open()
    with pytest.raises(Unavailable):
        await Relay(committing, away)._bus.publish([])  # noqa: SLF001 - the bus it was given
    away.wake()
    await away.close()


DYING = """
import asyncio, os, signal, sys
from lingqu.runtime.bus import Bus
from lingqu.runtime.db import Database
from lingqu.runtime.relay import Relay

class Dying(Bus):
    async def publish(self, messages):
        await super().publish(messages)
        os.kill(os.getpid(), signal.SIGKILL)

async def main():
    database, bus = Database(sys.argv[1]), Dying(sys.argv[2], name="dying")
    await database.open()
    await bus.open()
    await Relay(database, bus).publish_new()

asyncio.run(main())
"""


async def test_kill_between_publishing_and_marking_loses_and_doubles_nothing(
    committing: Database, committing_url: str, bus: Bus, broker: NatsEngine
) -> None:
    await bus.ensure_stream()
    for number in range(20):
        await emit(committing, number, cell_id=number % 4)
    for _ in range(3):
        command = [sys.executable, "-c", DYING, committing_url, broker.url]
        died = await asyncio.to_thread(subprocess.run, command, check=False, capture_output=True)
        assert died.returncode == -signal.SIGKILL, died.stderr
    async with committing.begin() as tx, tx.connection.cursor() as cursor:
        await cursor.execute("select count(*) from runtime.outbox where published_at is not null")
        assert await cursor.fetchone() == (0,), "it died before it could mark"
    await Relay(committing, bus).publish_new()
    handle = Sum()
    await drain(Listener(consumer(handle), committing, bus))
    assert sorted(handle.seen) == list(range(20))
    assert await handled(committing) == list(range(20))


def test_a_large_row_becomes_several_messages_of_one_subject_each() -> None:
    events = [{"id": str(uuid4()), "subject": f"test.s{n % 2}.v1", "data": {"n": n}} for n in range(1_100)]
    row = OutboxRow(uuid4(), msgspec.json.encode(events).decode(), datetime(2026, 3, 2, tzinfo=UTC))
    made = messages(3, [row])
    assert [(m.subject, len(msgspec.json.decode(m.body))) for m in made] == [
        (f"{STREAM}.test.s0.v1.3", 500),
        (f"{STREAM}.test.s0.v1.3", 50),
        (f"{STREAM}.test.s1.v1.3", 500),
        (f"{STREAM}.test.s1.v1.3", 50),
    ]
    assert made[0].id == events[0]["id"]
    assert msgspec.json.decode(made[0].body)[0] == {
        "specversion": "1.0",
        "id": events[0]["id"],
        "source": "/lingqu/cells/3",
        "type": "test.s0.v1",
        "time": "2026-03-02T00:00:00Z",
        "cellid": 3,
        "data": {"n": 0},
    }
