"""Decide on an application, one level at a time."""

from lingqu.kernel.scope import Scope
from lingqu.modules.approval import api as approval
from lingqu.modules.network.apply import APPROVAL
from lingqu.modules.network.organizations import Organization, read_organization
from lingqu.modules.network.take_step import move
from lingqu.runtime.tx import Tx

_STEP_OF = {approval.State.APPROVED: "approve", approval.State.REJECTED: "reject"}


async def decide(tx: Tx, *, scope: Scope, organization_id: int, is_approved: bool, reason: str) -> Organization:
    """Agree or refuse on the level that waits; the last agreement approves, the first refusal closes.

    Raises: NotFound, NothingWaits, NotYourLevel, RequesterCannotDecide, DecidedBefore.
    """
    found = await read_organization(tx, scope=scope, organization_id=organization_id)
    state = await approval.decide(
        tx, scope=scope, kind=APPROVAL, object_id=organization_id, is_approved=is_approved, reason=reason
    )
    if state is approval.State.WAITING:
        return found
    return await move(tx, scope=scope, organization=found, step=_STEP_OF[state], reason=reason)
