"""Take goods out of bins."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from lingqu.modules.stock.exchange import exchange
from lingqu.modules.stock.types import Issue, IssuedLot, MoveKind
from lingqu.runtime.tx import Tx


async def issue(
    tx: Tx,
    *,
    cell_id: int,
    document_kind: str,
    issues: Sequence[Issue],
    kind: str = MoveKind.ISSUE,
    business_on: date,
    user_id: int | None,
    users: Mapping[UUID, int | None] | None = None,
    reason: str | None = None,
) -> list[IssuedLot]:
    """Take goods out, first expired first, and with them the lines' own reservations. All lines or none.

    Shapes: one or more results per line, in order: one for each lot it was served from.
    Raises: OutOfStock naming each line that falls short, with what it could get.
    """
    if not issues:
        return []
    return await exchange(
        tx,
        cell_id=cell_id,
        document_kind=document_kind,
        kind=kind,
        issues=issues,
        business_on=business_on,
        user_id=user_id,
        users=users,
        reason=reason,
    )
