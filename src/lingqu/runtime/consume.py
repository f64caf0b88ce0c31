"""Consumers at work: what was fetched together is handled in one transaction together with its inbox rows."""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

import msgspec
from msgspec import Struct
from nats.aio.msg import Msg

from lingqu.kernel.errors import Unavailable
from lingqu.runtime.arrays import uuids
from lingqu.runtime.bus import STREAM, Bus, Pull, keep_trying, until
from lingqu.runtime.db import Database
from lingqu.runtime.inbox import Consumer, Delivered
from lingqu.runtime.metrics import CONSUME_SECONDS, DEAD_LETTERS
from lingqu.runtime.relay import CloudEvent
from lingqu.runtime.sql import statements
from lingqu.runtime.telemetry import new_trace_id, span
from lingqu.runtime.tx import Tx

SQL = statements("lingqu.runtime")

_FETCH = 32
_ROUND_S = 0.3  # so often at most: under load, what came meanwhile is handled together
_FETCH_WITHIN_S = 2.0
_FIRST_PAUSE_S = 1.0
_LONGEST_PAUSE_S = 300.0
_ATTEMPTS = 10
_ERROR_LENGTH = 2_000

_LOG = logging.getLogger(__name__)


class _Fresh(Struct, frozen=True):
    """Events that were not handled before; None: all of them."""

    event_ids: list[UUID] | None


class _Message(Struct, frozen=True):
    sent: Msg
    events: list[CloudEvent]

    @property
    def attempt(self) -> int:
        return self.sent.metadata.num_delivered or 1


class Listener:
    """Runs one consumer. Several may run: the broker gives a message to one of them at a time."""

    def __init__(self, consumer: Consumer, database: Database, bus: Bus, *, attempts: int = _ATTEMPTS) -> None:
        self._consumer = consumer
        self._database = database
        self._bus = bus
        self._attempts = attempts

    async def run(self, stop: asyncio.Event) -> None:
        """Handle messages until ``stop``; faults of the broker or the database are waited out."""
        await keep_trying(stop, f"consumer {self._consumer.name}", lambda: self._session(stop))

    async def open(self) -> Pull:
        """Open the durable subscription.

        Raises: Unavailable, also while no relay has made the stream.
        """
        await self._bus.open()
        durable = self._consumer.name.replace(".", "_")  # the broker takes no dot in a name
        return await self._bus.pull(durable, f"{STREAM}.{self._consumer.event.subject}.*")

    async def take(self, pull: Pull, *, within_s: float = _FETCH_WITHIN_S) -> int:
        """Fetch once, handle what came and count the messages.

        Raises: Unavailable.
        """
        fetched = await pull.fetch(_FETCH, within_s=within_s)
        messages = [_Message(sent, msgspec.json.decode(sent.data, type=list[CloudEvent])) for sent in fetched]
        if messages:
            with span(f"consume {self._consumer.name}", trace=new_trace_id()):
                await self._handle_together(messages)
        return len(fetched)

    async def _session(self, stop: asyncio.Event) -> None:
        pull = await self.open()
        try:
            while not stop.is_set():
                began = time.monotonic()
                if 0 < await self.take(pull) < _FETCH:
                    await until(stop, began + _ROUND_S - time.monotonic())
        finally:
            await pull.close()

    async def _handle_together(self, messages: Sequence[_Message]) -> None:
        """Handle messages in one transaction; if that fails, each by itself."""
        if len(messages) == 1:
            await self._handle_alone(messages[0])
            return
        started = time.perf_counter()
        try:
            await self._database.run(lambda tx: self._handle_all(tx, _once(messages)))
        except Unavailable:
            for message in messages:
                await message.sent.nak(delay=_pause_s(message.attempt))
            raise
        except Exception:  # noqa: BLE001 - whoever is at fault is found, told and logged alone
            for message in messages:
                await self._handle_alone(message)
        else:
            for message in messages:
                await message.sent.ack()
            CONSUME_SECONDS.labels(self._consumer.name, "done").observe(time.perf_counter() - started)

    async def _handle_alone(self, message: _Message) -> None:
        sent, events, attempt = message.sent, _once([message]), message.attempt
        started = time.perf_counter()
        try:
            failed = await self._failures(events)
        except Unavailable:
            await sent.nak(delay=_pause_s(attempt))
            raise
        if not failed:
            await sent.ack()
        elif attempt < self._attempts:
            await sent.nak(delay=_pause_s(attempt))
        else:
            await self._bury(failed, attempt)
            await sent.ack()
        outcome = "done" if not failed else "retry" if attempt < self._attempts else "dead"
        CONSUME_SECONDS.labels(self._consumer.name, outcome).observe(time.perf_counter() - started)

    async def _failures(self, events: Sequence[CloudEvent]) -> list[tuple[CloudEvent, Exception]]:
        """Handle the events together; if that fails, each alone, so that one cannot hold up the others."""
        try:
            await self._database.run(lambda tx: self._handle_all(tx, events))
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a consumer raises is retried, then kept as a dead letter
            _LOG.exception("consumer %s failed", self._consumer.name)
            if len(events) == 1:
                return [(events[0], error)]
        else:
            return []
        return [failure for event in events for failure in await self._failures([event])]

    async def _handle_all(self, tx: Tx, events: Sequence[CloudEvent]) -> None:
        """Claim events cell by cell, in one trip, and handle those that are new."""
        by_cell: dict[int, list[CloudEvent]] = defaultdict(list)
        for event in events:
            by_cell[event.cellid].append(event)
        claims = [
            {
                "cell_id": cell_id,
                "consumer": self._consumer.name,
                "event_ids": uuids([event.id for event in by_cell[cell_id]]),
                "now": tx.now,
            }
            for cell_id in sorted(by_cell)
        ]
        delivered: list[Delivered] = []
        for cell_id, fresh in zip(sorted(by_cell), await tx.each(SQL["claim_events"], _Fresh, claims), strict=True):
            is_fresh = None if fresh is None or fresh.event_ids is None else set(fresh.event_ids)
            delivered += [
                Delivered(cell_id, event.id, msgspec.json.decode(event.data, type=self._consumer.event))
                for event in by_cell[cell_id]
                if is_fresh is None or event.id in is_fresh
            ]
        await self._consumer.take(tx, delivered)

    async def _bury(self, failed: Sequence[tuple[CloudEvent, Exception]], attempt: int) -> None:
        async def write(tx: Tx) -> None:
            for event, error in failed:
                await tx.run(
                    SQL["write_dead_letter"],
                    cell_id=event.cellid,
                    consumer=self._consumer.name,
                    event_id=event.id,
                    subject=event.type,
                    event=msgspec.json.encode(event).decode(),
                    error=f"{type(error).__name__}: {error}"[:_ERROR_LENGTH],
                    attempts=attempt,
                    now=tx.now,
                )

        await self._database.run(write)
        DEAD_LETTERS.labels(self._consumer.name).inc(len(failed))
        _LOG.error("consumer %s gave up %d events", self._consumer.name, len(failed))


def _once(messages: Sequence[_Message]) -> list[CloudEvent]:
    """List the events of some messages, each once even where its message was sent twice."""
    return list({event.id.int: event for message in messages for event in message.events}.values())


def _pause_s(attempt: int) -> float:
    return min(_FIRST_PAUSE_S * 2.0 ** (attempt - 1), _LONGEST_PAUSE_S)
