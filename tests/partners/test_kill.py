"""`kill -9` of the worker while a receiver has a delivery in hand: nothing is lost, and the ids are the same."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.partners.conftest import Desk
from tests.partners.sink import Answer, Received, well


@pytest.fixture
def workers(desk: Desk, tmp_path: Path) -> Iterator["Workers"]:
    (tmp_path / "run").mkdir()
    workers = Workers(desk, tmp_path)
    yield workers
    workers.kill()


class Workers:
    """Real worker processes that do nothing but tell."""

    def __init__(self, desk: Desk, home: Path) -> None:
        self._environment = os.environ | {
            "LINGQU_HOME": str(home),
            "LINGQU_DATABASE_URL": desk.database._pool.conninfo,  # noqa: SLF001 - the test's own database
            "LINGQU_MAY_CALL_PRIVATE": "true",
        }
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._running = subprocess.Popen(
            [sys.executable, "-m", "lingqu.roles.worker", "webhooks"], env=self._environment
        )

    def kill(self) -> None:
        if self._running is not None:
            self._running.send_signal(signal.SIGKILL)
            self._running.wait()
            self._running = None


async def test_three_kills_lose_nothing(desk: Desk, workers: Workers) -> None:
    """The wall's clock runs in the workers, so nothing here may lie in its future."""
    is_answering = asyncio.Event()

    async def answer_or_wait(_: Received) -> Answer:
        await is_answering.wait()
        return 200, {}

    made = await desk.subscribe(desk.seller)
    await desk.happen(*(desk.confirmed() for _ in range(12)))
    await desk.set("update partners.delivery set give_up_at = now() + interval '3 days'")
    desk.sink.answer = answer_or_wait
    in_hand: list[set[str]] = []
    for _ in range(3):
        before = len(desk.sink.received)
        workers.start()
        await desk.sink.until(before + 4)
        in_hand.append(set(desk.sink.ids[before:]))
        workers.kill()
        # As if the lease had run out: a minute is long for a test.
        await desk.set("update partners.lane set lease_until = now() - interval '1 second'")
    assert in_hand[0] == in_hand[1] == in_hand[2], "what was in hand comes first, under the same ids"
    is_answering.set()
    desk.sink.answer = well
    workers.start()
    while await desk.rows("select 1 from partners.delivery where state <> 'delivered'"):
        await desk.sink.until(len(desk.sink.received) + 1, at_most_s=0.2)
    ids = await desk.rows("select event_id::text from partners.delivery")
    assert set(desk.sink.ids) == {row[0] for row in ids}
    assert len(ids) == 12
    assert all(one.is_signed(made.secret) for one in desk.sink.received)
