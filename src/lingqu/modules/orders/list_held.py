"""List the orders on hold: nobody can send what they are owed."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.scope import Scope
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"held_at": "held_at"}, default="held_at")


class HeldQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``q`` finds a part of the number, the buyer or the reason."""


class HeldOrder(Struct, frozen=True, kw_only=True):
    """An order on hold. ``owed`` in base units, over ``line_count`` lines."""

    id: UUID
    number: str | None
    buyer_id: int
    buyer_name: str
    seller_id: int
    seller_name: str
    status: str
    cause: Literal["rejected", "timed-out"]
    reason: str
    held_at: datetime
    tried_at: datetime
    try_count: int
    line_count: int
    owed: int


async def list_held(tx: Tx, *, scope: Scope, query: HeldQuery) -> Listed[HeldOrder]:
    """List what the caller's organizations have on hold as sellers, the oldest first."""
    return await list_page(
        tx,
        SQL["list_held"],
        HeldOrder,
        query=query,
        sorts=_SORTS,
        q=None if query.q is None else f"%{query.q}%",
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
