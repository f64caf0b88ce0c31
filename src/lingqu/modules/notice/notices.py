"""A user's own notices."""

from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.notice.types import Notice
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"told_at": "told_at"}, default="-told_at")


class NoticeQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    is_unread: bool = False


class Unread(Struct, frozen=True):
    """How many notices wait."""

    count: int


async def list_notices(tx: Tx, *, scope: Scope, query: NoticeQuery) -> Listed[Notice]:
    """List what the caller was told in the organization it acts for, the newest first."""
    return await list_page(
        tx, SQL["list_notices"], Notice, query=query, sorts=_SORTS, is_unread=query.is_unread, **_own(scope)
    )


async def count_unread(tx: Tx, *, scope: Scope) -> Unread:
    """Count what the caller has not read."""
    return Unread(await tx.value(SQL["count_unread"], int, **_own(scope)))


async def read_notice(tx: Tx, *, scope: Scope, notice_id: UUID) -> None:
    """Mark one notice as read.

    Raises: NotFound for one that is not the caller's.
    """
    if not await tx.run(SQL["read_notice"], id=notice_id, now=tx.now, **_own(scope)):
        raise NotFound(kind="notice", id=str(notice_id))


async def read_notices(tx: Tx, *, scope: Scope) -> None:
    """Mark all as read."""
    await tx.run(SQL["read_notices"], now=tx.now, **_own(scope))


def _own(scope: Scope) -> dict[str, object]:
    return {"cell_id": scope.cell_id, "user_id": scope.actor.user_id, "party_id": scope.party_id}
