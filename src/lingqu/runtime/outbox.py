"""The outbox: events are written with the change that caused them, in one transaction."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import msgspec
from psycopg import AsyncConnection
from psycopg.types.json import Jsonb

from lingqu.kernel.event import Event
from lingqu.kernel.ids import uuid7
from lingqu.runtime.sql import statements

SQL = statements(__package__)


async def write_events(connection: AsyncConnection, events: Sequence[tuple[int, Event]], *, now: datetime) -> None:
    """Write the events of one transaction, one outbox row per cell.

    Shapes: ``events`` are (cell, event) pairs in the order they happened; each gets an id of its own.
    """
    by_cell: dict[int, list[dict[str, object]]] = defaultdict(list)
    for cell_id, event in events:
        by_cell[cell_id].append(
            {"id": str(uuid7(at=now)), "subject": event.subject, "data": msgspec.to_builtins(event)}
        )
    for cell_id in sorted(by_cell):
        await connection.execute(
            SQL["write_outbox"].text,
            {"cell_id": cell_id, "id": uuid7(at=now), "events": Jsonb(by_cell[cell_id]), "now": now},
        )
