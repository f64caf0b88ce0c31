"""What waits for the caller's decision, over all kinds of things."""

from msgspec import Struct

from lingqu.kernel.scope import Scope
from lingqu.modules.approval.types import ToDo
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"requested_at": "requested_at"}, default="requested_at")
_MOST = 200


class ToDoQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of thing, or all."""

    kind: str | None = None


class ToDoCount(Struct, frozen=True):
    """How much waits, counted up to 200."""

    count: int


async def list_to_do(tx: Tx, *, scope: Scope, query: ToDoQuery) -> Listed[ToDo]:
    """List what the caller may decide now for the organization it acts for, the oldest first."""
    return await list_page(
        tx,
        SQL["list_to_do"],
        ToDo,
        query=query,
        sorts=_SORTS,
        kind=query.kind,
        party_id=scope.party_id,
        user_id=scope.actor.user_id,
        permissions=sorted(scope.permissions),
        now=tx.now,
    )


async def count_to_do(tx: Tx, *, scope: Scope) -> ToDoCount:
    """Count what the caller may decide now."""
    page = await list_to_do(tx, scope=scope, query=ToDoQuery(limit=_MOST))
    return ToDoCount(len(page.items))
