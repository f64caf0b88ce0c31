"""End requests that need no decision any more."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from lingqu.modules.approval.types import State
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def withdraw(
    tx: Tx, *, kind: str, object_ids: Sequence[UUID], state: Literal[State.WITHDRAWN, State.EXPIRED] = State.WITHDRAWN
) -> int:
    """End what waits about some objects, which the caller has locked, and count it."""
    return await tx.run(SQL["end_requests"], kind=kind, object_uuids=sorted(object_ids), state=state)
