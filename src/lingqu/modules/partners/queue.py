"""Queue what has to be told: one delivery per webhook and event, in the transaction that learns of it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from lingqu.kernel.event import Event
from lingqu.kernel.ids import uuid7
from lingqu.modules.partners.backoff import KEEP_TRYING
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class ToTell(Struct, frozen=True, kw_only=True):
    """One event for one webhook."""

    cell_id: int
    webhook_id: int
    event_id: UUID
    object: str
    body: str


def body_of(event: Event, *, event_id: UUID, cell_id: int, at: datetime) -> str:
    """Write the body that is signed and sent.

    Source: CloudEvents 1.0, JSON format, the same envelope as on the bus.
    """
    envelope: dict[str, Any] = {
        "specversion": "1.0",
        "id": event_id,
        "source": f"/lingqu/cells/{cell_id}",
        "type": event.subject,
        "time": at,
        "datacontenttype": "application/json",
        "data": event,
    }
    return msgspec.json.encode(envelope).decode()


async def queue(tx: Tx, *, subject: str, told: Sequence[ToTell], due_at: datetime) -> None:
    """Queue deliveries of one subject and wake their lanes; what is queued already stays as it is."""
    by_cell: dict[int, list[ToTell]] = defaultdict(list)
    for one in told:
        by_cell[one.cell_id].append(one)
    for cell_id in sorted(by_cell):
        ones = by_cell[cell_id]
        await tx.run(
            SQL["add_deliveries"],
            cell_id=cell_id,
            id=[uuid7(at=tx.now) for _ in ones],
            webhook_id=[one.webhook_id for one in ones],
            event_id=[one.event_id for one in ones],
            object=[one.object for one in ones],
            body=[one.body for one in ones],
            subject=subject,
            due_at=due_at,
            now=tx.now,
            give_up_at=tx.now + KEEP_TRYING,
        )
        await wake(tx, cell_id=cell_id, webhook_ids=sorted({one.webhook_id for one in ones}), due_at=due_at)


async def wake(tx: Tx, *, cell_id: int, webhook_ids: Sequence[int], due_at: datetime) -> None:
    """Have lanes looked at by ``due_at``. The lock comes first: a lane that is being released sees us or is seen."""
    await tx.values(SQL["lock_lanes"], int, cell_id=cell_id, webhook_ids=list(webhook_ids))
    await tx.run(SQL["wake_lanes"], cell_id=cell_id, webhook_ids=list(webhook_ids), due_at=due_at)
