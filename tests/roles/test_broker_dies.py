"""`kill -9` of the broker and of the worker while events flow: every event arrives."""

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest

from lingqu.kernel.ids import uuid7
from lingqu.runtime.bus import STREAM, Bus
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.nats import NatsEngine
from lingqu.runtime.engines.ports import free_port
from lingqu.runtime.engines.postgres import PostgresEngine
from tests.roles.commands.operator_desk import Operator

_SECONDS = 6.0
_WRITE = (
    "insert into runtime.outbox (cell_id, id, events, recorded_at)"
    " values (%s, %s, jsonb_build_array("
    "jsonb_build_object('id', %s::text, 'subject', 'test.tick.v1', 'data', 1)), now())"
)


@pytest.fixture
def lingqu() -> Iterator[Operator]:
    operator = Operator()
    operator("init")
    up = operator("up", "--detach", "--port", str(free_port()))
    assert up.returncode == 0, up.stderr
    yield operator
    operator.leave()


def pid_of(lingqu: Operator, name: str) -> int | None:
    lines = json.loads(lingqu("status", "--json").stdout)["processes"]
    found: int | None = next(line["pid"] for line in lines if line["name"] == name)
    return found


class Writer(threading.Thread):
    """Commits an event every few milliseconds."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self.written: list[str] = []

    def run(self) -> None:
        deadline = time.monotonic() + _SECONDS
        with psycopg.connect(self._url, autocommit=True) as connection:
            while time.monotonic() < deadline:
                event = str(uuid4())
                connection.execute(_WRITE, [len(self.written) % 4, uuid7(), event])
                self.written.append(event)
                time.sleep(0.002)


def unpublished(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("select count(*) from runtime.outbox where published_at is null").fetchone()
    assert row is not None
    return int(row[0])


async def arrived(nats: NatsEngine) -> list[str]:
    """Read every event that stands in the stream."""
    bus = Bus(nats.url, name="test")
    await bus.open()
    pull = await bus.pull("test-reader", f"{STREAM}.test.tick.v1.*")
    found: list[str] = []
    while messages := await pull.fetch(500, within_s=1.0):
        for message in messages:
            found += [event["id"] for event in json.loads(message.data)]
            await message.ack()
    await bus.close()
    return found


def kill_in_turn(lingqu: Operator, url: str, *names: str) -> list[int]:
    """Kill these processes one after the other and count what waits for the relay right after each."""
    waiting = []
    for name in names:
        time.sleep(1.2)
        pid = pid_of(lingqu, name)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        time.sleep(0.1)
        waiting.append(unpublished(url))
    return waiting


def wait_until_published(url: str) -> None:
    deadline = time.monotonic() + 60
    while unpublished(url):
        assert time.monotonic() < deadline, "the relay does not come back"
        time.sleep(0.2)


async def test_every_event_arrives_though_broker_and_worker_are_killed(lingqu: Operator) -> None:
    home = Home(lingqu.home)
    url = PostgresEngine(home).url
    writer = Writer(url)
    writer.start()
    waiting = kill_in_turn(lingqu, url, "nats", "worker", "nats")
    writer.join()
    wait_until_published(url)
    assert min(waiting) > 0, "the kills met events on their way"
    assert len(writer.written) > 100
    assert set(await arrived(NatsEngine(home))) == set(writer.written)
