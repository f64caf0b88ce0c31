"""Compare what the clients were told with what stands in the database, and prove the books."""

import asyncio
import time
from collections import Counter
from uuid import UUID

from msgspec import Struct

from lingqu.roles.bench.crash.record import Record
from lingqu.roles.modules import ALL
from lingqu.runtime.check import run_checks
from lingqu.runtime.db import Database
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_DELIVERED_WITHIN_S = 300.0
_LOOK_EVERY_S = 0.5


class Proof(Struct, frozen=True, kw_only=True):
    """What was found. Every count but the first three must be zero.

    ``orders`` stand in the database, ``nameless`` of them were never answered, ``events`` were committed.
    """

    orders: int
    nameless: int
    events: int
    lost: int
    doubled: int
    half: int
    steps_wrong: int
    transfers_wrong: int
    events_undelivered: int
    events_handled_twice: int
    books_wrong: dict[str, int]

    @property
    def is_good(self) -> bool:
        """Tell whether nothing is lost, doubled, half done or wrong."""
        wrong = (
            self.lost,
            self.doubled,
            self.half,
            self.steps_wrong,
            self.transfers_wrong,
            self.events_undelivered,
            self.events_handled_twice,
            len(self.books_wrong),
        )
        return not any(wrong)


async def prove(database: Database, record: Record) -> Proof:
    """Wait until every event was handled, or for five minutes, and look at everything."""
    undelivered = await _wait_for_delivery(database)
    async with database.begin() as tx:
        orders = {row[0]: row[1:] for row in await tx.tuples(SQL["orders_stored"])}
        placed = dict(await tx.tuples(SQL["placed_events"]))
        expected = set(record.sent.values())
        told = Counter(record.acknowledged.values())
        return Proof(
            orders=len(orders),
            nameless=sum(record.sent[key] in orders for key in record.unanswered),
            events=await _count(tx, "count_events"),
            lost=len(told.keys() - orders.keys()),
            doubled=sum(copies != 1 for copies, *_ in orders.values())
            + len(orders.keys() - expected)
            + sum(times - 1 for times in told.values())
            + sum(record.sent[key] != order_id for key, order_id in record.acknowledged.items()),
            half=sum(not (lines and payment and placed.get(id_) == 1) for id_, (_, lines, payment) in orders.items())
            + len(placed.keys() - orders.keys())
            + sum(record.sent[key] in orders for key in record.refused),
            steps_wrong=await _steps_wrong(tx, record),
            transfers_wrong=await _transfers_wrong(tx, record),
            events_undelivered=undelivered,
            events_handled_twice=await _count(tx, "notices_doubled")
            + abs(await _count(tx, "notices_of_placing") - len(orders)),
            books_wrong=await _books_wrong(tx),
        )


async def _wait_for_delivery(database: Database) -> int:
    """Count what was committed and is not handled by each of its consumers; gives 0 as soon as there is none."""
    deadline = time.monotonic() + _DELIVERED_WITHIN_S
    while True:
        async with database.begin() as tx:
            left = await _count(tx, "count_unpublished") + await _count(tx, "count_dead_letters")
            for consumer in (one for module in ALL for one in module.consumers):
                row = await tx.tuples(SQL["events_unhandled"], subject=consumer.event.subject, consumer=consumer.name)
                left += row[0][0]
        if not left or time.monotonic() > deadline:
            return left
        await asyncio.sleep(_LOOK_EVERY_S)


async def _steps_wrong(tx: Tx, record: Record) -> int:
    """Count answered steps that do not stand exactly once, and steps that stand more than once."""
    found: dict[tuple[UUID, str], int] = {(a, b): copies for a, b, copies in await tx.tuples(SQL["steps_taken"])}
    return sum(found.get(step) != 1 for step in record.steps) + sum(copies > 1 for copies in found.values())


async def _transfers_wrong(tx: Tx, record: Record) -> int:
    """Count transfers that were answered and do not stand once, stand unasked, or have not arrived whole."""
    found: dict[UUID, tuple[str, int, int]] = {
        id_: (status, copies, left) for id_, status, copies, left in await tx.tuples(SQL["transfers_stored"])
    }
    arrived = set(record.arrived)
    return (
        len(set(record.transfers) ^ found.keys())
        + sum(copies != 1 for _, copies, _ in found.values())
        + sum(found.get(one, ("", 0, 1))[0] != "closed" for one in arrived)
        + sum(in_transit != 0 for id_, (_, _, in_transit) in found.items() if id_ in arrived)
    )


async def _books_wrong(tx: Tx) -> dict[str, int]:
    findings = await run_checks(tx, [check for module in ALL for check in module.checks])
    return {finding.check.name: finding.violation_count for finding in findings if finding.by_cell}


async def _count(tx: Tx, name: str) -> int:
    ((count,),) = await tx.tuples(SQL[name])
    return int(count)
