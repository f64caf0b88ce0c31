"""The relay: takes committed outbox rows to the broker, each at least once; ids make it once for whoever listens.

A transaction that commits late is not skipped, because nothing remembers a position: unpublished rows are found by
being unpublished. Events of one row with one subject travel as one message, a CloudEvents batch, so that a batch of
200 orders costs one message and not 200 (ADR 0005).
"""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

import msgspec
from msgspec import Struct

from lingqu.runtime.bus import STREAM, Bus, Message, keep_trying, until
from lingqu.runtime.db import Database
from lingqu.runtime.metrics import RELAY_EVENTS, RELAY_LAG_SECONDS
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements("lingqu.runtime")

_POLL_S = 0.2  # whoever writes calls; this is for those who write beside the broker
_ROUND_S = 0.06  # so often at most: under load, what came meanwhile goes together
_ROWS_A_ROUND = 200
_EVENTS_A_MESSAGE = 500
_REPEATED = timedelta(seconds=10)  # what the broker's disk may have lost in a power cut (ADR 0004)
_EVER = datetime(1970, 1, 1, tzinfo=UTC)

_LOG = logging.getLogger(__name__)


class CloudEvent(Struct, frozen=True, kw_only=True):
    """The envelope of every event outside the database.

    Source: CloudEvents 1.0, JSON format; ``cellid`` is our extension attribute.
    """

    specversion: str = "1.0"
    id: UUID
    source: str
    type: str
    time: datetime
    cellid: int
    data: msgspec.Raw


class _Stored(Struct, frozen=True):
    id: UUID
    subject: str
    data: msgspec.Raw


class OutboxRow(Struct, frozen=True):
    """One row as the relay reads it."""

    id: UUID
    events: str
    recorded_at: datetime


class Relay:
    """Publishes what the outbox holds. Several may run: they skip what another one has in hand."""

    def __init__(self, database: Database, bus: Bus) -> None:
        self._database = database
        self._bus = bus
        self._woken = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Publish until ``stop``; faults of the broker or the database are waited out."""
        await keep_trying(stop, "relay", lambda: self._session(stop))

    async def publish_new(self) -> int:
        """Publish every row that is committed and unpublished now, and count them.

        Raises: Unavailable; what was acknowledged and not marked is published again later under the same id.
        """
        count = 0
        cells: list[int] | None = None
        while cells is None or cells:
            # Repeated where the database asks for that: the broker knows what it has by its id.
            taken, cells = await self._database.run(partial(self._publish_some, cells=cells))
            count += taken
        return count

    async def repeat(self) -> None:
        """Publish again what the broker may have lost: the last seconds, or everything where its stream is new.

        Raises: Unavailable.
        """
        is_filled = await self._bus.ensure_stream()
        again = await self.publish_again(self._database.clock() - _REPEATED if is_filled else _EVER)
        if not is_filled:
            await self._bus.note_filled()
        _LOG.info("relay: %d rows published again", again)

    async def publish_again(self, since: datetime) -> int:
        """Publish once more what was marked published at or after ``since``, and count the rows.

        Raises: Unavailable.
        """
        count = 0
        for cell_id in await self._database.run(_cells):
            after = UUID(int=0)
            while rows := await self._database.run(
                lambda tx, cell_id=cell_id, after=after: _published(tx, cell_id=cell_id, since=since, after=after)  # type: ignore[misc]
            ):
                await self._bus.publish(messages(cell_id, rows))
                after = rows[-1].id
                count += len(rows)
        return count

    async def _session(self, stop: asyncio.Event) -> None:
        await self._bus.open()
        await self.repeat()
        await self._bus.on_wake(self._woken.set)
        while not stop.is_set():
            self._woken.clear()
            began = time.monotonic()
            if await self.publish_new():
                await until(stop, began + _ROUND_S - time.monotonic())
            await _first_of(self._woken, stop, _POLL_S)

    async def _publish_some(self, tx: Tx, *, cells: Sequence[int] | None) -> tuple[int, list[int]]:
        """Publish rows of these cells, or of all that have some, in one transaction and few trips.

        Gives how many rows that were, and the cells that may have more.
        """
        if cells is None:
            cells = await tx.values(SQL["cells_with_unpublished"], int)
            if not cells:
                return 0, []
        most = max(_ROWS_A_ROUND // len(cells), 1)
        # A mark that a crash loses is set again, for the broker knows the ids: no commit here waits for the disk.
        await tx.run(SQL["do_not_wait_for_disk"])
        found = await tx.tuples_each(SQL["take_unpublished"], [{"cell_id": one, "limit": most} for one in cells])
        by_cell = {
            cell_id: [OutboxRow(*row) for row in rows] for cell_id, rows in zip(cells, found, strict=True) if rows
        }
        sent = [message for cell_id, rows in by_cell.items() for message in messages(cell_id, rows)]
        if sent:
            await self._bus.publish(sent)
            now = self._database.clock()
            marks = [
                {"cell_id": cell_id, "ids": [row.id for row in rows], "now": now} for cell_id, rows in by_cell.items()
            ]
            await tx.run_each(SQL["mark_published"], marks)
            for row in (row for rows in by_cell.values() for row in rows):
                RELAY_LAG_SECONDS.observe(max((now - row.recorded_at).total_seconds(), 0.0))
            RELAY_EVENTS.inc(len(sent))
        more = [cell_id for cell_id, rows in zip(cells, found, strict=True) if len(rows) == most]
        return sum(len(rows) for rows in found), more


def messages(cell_id: int, rows: Sequence[OutboxRow]) -> list[Message]:
    """Turn outbox rows into messages: one per row and subject, with the id of its first event.

    Shapes: events keep their order inside a message; a message holds at most 500.
    """
    return [message for row in rows for message in _messages_of(cell_id, row)]


def _messages_of(cell_id: int, row: OutboxRow) -> Iterable[Message]:
    by_subject: dict[str, list[CloudEvent]] = defaultdict(list)
    for event in msgspec.json.decode(row.events, type=list[_Stored]):
        by_subject[event.subject].append(
            CloudEvent(
                id=event.id,
                source=f"/lingqu/cells/{cell_id}",
                type=event.subject,
                time=row.recorded_at,
                cellid=cell_id,
                data=event.data,
            )
        )
    for subject, events in by_subject.items():
        for start in range(0, len(events), _EVENTS_A_MESSAGE):
            part = events[start : start + _EVENTS_A_MESSAGE]
            yield Message(f"{STREAM}.{subject}.{cell_id}", str(part[0].id), msgspec.json.encode(part))


async def _cells(tx: Tx) -> list[int]:
    return await tx.values(SQL["list_cells"], int)


async def _published(tx: Tx, *, cell_id: int, since: datetime, after: UUID) -> list[OutboxRow]:
    return await tx.all(
        SQL["list_published_since"], OutboxRow, cell_id=cell_id, since=since, after=after, limit=_ROWS_A_ROUND
    )


async def _first_of(woken: asyncio.Event, stop: asyncio.Event, seconds: float) -> None:
    """Wait for a call, the end, or the time to look anyway."""
    if not stop.is_set():
        await until(woken, seconds)
