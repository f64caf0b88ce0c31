"""List what waits for a decision, whoever has to make it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from lingqu.modules.approval.types import ObjectId
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class WaitingRequest(Struct, frozen=True, kw_only=True):
    """A request on the level that waits since an instant for people of a party."""

    id: int
    kind: str
    object_number: int | None
    object_uuid: UUID | None
    level: int
    party_id: UUID
    subject: dict[str, Any]
    since: datetime

    @property
    def object_id(self) -> ObjectId:
        """What it is about, as those name it who asked."""
        return self.object_uuid if self.object_uuid is not None else int(self.object_number or 0)


async def list_waiting(tx: Tx, *, before: datetime, after_id: int, limit: int) -> list[WaitingRequest]:
    """List requests whose level has waited since an instant or longer, in the order of their numbers."""
    return await tx.all(SQL["list_waiting"], WaitingRequest, before=before, after_id=after_id, limit=limit, now=tx.now)
