"""A member's points for people: what came and went."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.scope import Scope
from lingqu.modules.membership.members import read_member
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"recorded_at": "recorded_at"}, default="-recorded_at")


class PointsLine(Struct, frozen=True, kw_only=True):
    """Points that were given or taken."""

    id: str
    points: int
    document_kind: str
    document_id: UUID
    memo: str
    business_on: date
    recorded_at: datetime
    user_name: str | None


async def list_points(tx: Tx, *, scope: Scope, member_id: UUID, query: ListQuery) -> Listed[PointsLine]:
    """List what a member got and gave, the newest first.

    Raises: NotFound for a member who is not enrolled in the caller's tree.
    """
    member = await read_member(tx, scope=scope, member_id=member_id)
    return await list_page(
        tx, SQL["list_points"], PointsLine, query=query, sorts=_SORTS, cell_id=member.cell_id, member_id=member_id
    )
