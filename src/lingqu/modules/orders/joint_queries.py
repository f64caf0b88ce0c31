"""Read returns over many orders, as their two sides may see them."""

from typing import Any, Literal
from uuid import UUID

from msgspec import Struct
from msgspec.structs import asdict

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.orders.joint_types import JointLine, JointReturn, JointSummary
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"requested_at": "requested_at"}, default="-requested_at")
_DECIDE, _READ = "orders.accept-return", frozenset({"cell_id", "asked_by"})


class JointQuery(ListQuery, frozen=True, kw_only=True):
    """One side, one status; ``q`` finds by number or the partner's name."""

    side: Literal["buying", "selling"] | None = None
    status: Literal["requested", "accepted", "part", "rejected"] | None = None


class JointHead(Struct, frozen=True, kw_only=True):
    """A request without its lines."""

    cell_id: int
    id: UUID
    number: str
    side: Literal["buyer", "seller"]
    status: Literal["requested", "accepted", "part", "rejected"]
    currency: str
    reason: str
    shown_minor: int
    refund_minor: int
    seller_id: int
    seller_name: str
    buyer_id: int
    buyer_name: str
    asked_by: int | None
    asked_by_name: str
    requested_at: Any
    decided_by_name: str
    decided_at: Any
    decision_reason: str


async def list_joint(tx: Tx, *, scope: Scope, query: JointQuery) -> Listed[JointSummary]:
    """List the requests of the caller's organizations, the newest first."""
    return await list_page(
        tx,
        SQL["list_joint"],
        JointSummary,
        query=query,
        sorts=_SORTS,
        side=query.side,
        status=query.status,
        own_id=scope.organization_id,
        q=None if query.q is None else f"%{query.q}%",
        **_visible(scope),
    )


async def find_joint(tx: Tx, *, scope: Scope, joint_id: UUID) -> JointHead:
    """Read the head of a request.

    Raises: NotFound.
    """
    head = await tx.first(SQL["find_joint"], JointHead, id=joint_id, **_visible(scope))
    if head is None:
        raise NotFound(kind="return", id=str(joint_id))
    return head


async def read_joint(tx: Tx, *, scope: Scope, joint_id: UUID) -> JointReturn:
    """Read one request with its lines and what the caller may do with it.

    Raises: NotFound.
    """
    head = await find_joint(tx, scope=scope, joint_id=joint_id)
    lines = await tx.all(SQL["read_joint_lines"], JointLine, cell_id=head.cell_id, joint_id=joint_id)
    is_own = head.asked_by is not None and head.asked_by == scope.actor.user_id
    is_seller = scope.organization_id == head.seller_id
    decides = head.status == "requested" and is_seller and scope.allows(_DECIDE) and not is_own
    return JointReturn(
        **{name: value for name, value in asdict(head).items() if name not in _READ},
        order_count=len({line.order_id for line in lines}),
        lines=lines,
        actions=["decide-return"] if decides else [],
    )


def _visible(scope: Scope) -> dict[str, Any]:
    return {"is_whole": scope.is_whole, "organization_ids": list(scope.organization_ids)}
