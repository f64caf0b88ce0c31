"""The outbox: events are written with the change that caused them, in one transaction."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from lingqu.kernel.event import Event
from lingqu.kernel.ids import uuid7s
from lingqu.runtime.rows import field, instant, row_of, stream

_ROW = row_of("int4 uuid", columns=4)


class _Written(Struct, frozen=True, gc=False):
    """An event as it stands in the outbox."""

    id: UUID
    subject: str
    data: Event


def outbox_rows(events: Sequence[tuple[int, Event]], *, now: datetime) -> bytes:
    """Pack the events of one transaction, one outbox row per cell.

    Shapes: ``events`` are (cell, event) pairs in the order they happened; each gets an id of its own.
    """
    by_cell: dict[int, list[_Written]] = defaultdict(list)
    ids = uuid7s(len(events), at=now)
    for one_id, (cell_id, event) in zip(ids, events, strict=True):
        by_cell[cell_id].append(_Written(one_id, event.subject, event))
    row_ids = uuid7s(len(by_cell), at=now)
    return stream(
        _ROW(cell_id, row_id.bytes) + field(msgspec.json.encode(by_cell[cell_id])) + instant(now)
        for row_id, cell_id in zip(row_ids, sorted(by_cell), strict=True)
    )
