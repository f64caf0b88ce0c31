"""Routes of approval: what waits for one, and who decides for whom. Deciding itself is a route of what is decided."""

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.approval import delegate as delegating
from lingqu.modules.approval import to_do
from lingqu.modules.approval.delegate import AlreadyRevoked, Colleagues, NewDelegation
from lingqu.modules.approval.to_do import ToDoCount, ToDoQuery
from lingqu.modules.approval.types import Delegation, ToDo
from lingqu.runtime.http.route import SIGNED_IN, get, post
from lingqu.runtime.paging import Listed, ListQuery
from lingqu.runtime.tx import Tx


class DelegationQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """No filters of its own."""


@get("/approvals", permission=SIGNED_IN, summary="Everything that waits for one's decision")
async def list_approvals(tx: Tx, *, scope: Scope, query: ToDoQuery) -> Listed[ToDo]:
    return await to_do.list_to_do(tx, scope=scope, query=query)


@get("/approvals/count", permission=SIGNED_IN, summary="How much waits for one's decision")
async def count_approvals(tx: Tx, *, scope: Scope) -> ToDoCount:
    return await to_do.count_to_do(tx, scope=scope)


@get("/delegations", permission=SIGNED_IN, summary="Who decides for one, and for whom one decides")
async def list_delegations(tx: Tx, *, scope: Scope, query: DelegationQuery) -> Listed[Delegation]:
    return await delegating.list_delegations(tx, scope=scope, query=query)


@get("/delegations/colleagues", permission=SIGNED_IN, summary="To whom one may hand decisions")
async def list_colleagues(tx: Tx, *, scope: Scope) -> Colleagues:
    return await delegating.list_colleagues(tx, scope=scope)


@post("/delegations", permission=SIGNED_IN, summary="Let a colleague decide for one", refusals=[NotFound])
async def delegate(tx: Tx, *, scope: Scope, body: NewDelegation) -> Delegation:
    return await delegating.delegate(tx, scope=scope, new=body)


@post(
    "/delegations/{delegation_id:int}/revocation",
    permission=SIGNED_IN,
    summary="Take one's decisions back",
    status=200,
    refusals=[NotFound, AlreadyRevoked],
)
async def revoke_delegation(tx: Tx, *, scope: Scope, delegation_id: int) -> Delegation:
    return await delegating.revoke(tx, scope=scope, delegation_id=delegation_id)


ROUTES = (list_approvals, count_approvals, list_delegations, list_colleagues, delegate, revoke_delegation)
