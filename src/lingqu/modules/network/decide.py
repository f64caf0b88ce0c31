"""Decide on an application, one level at a time."""

from lingqu.kernel.scope import Scope
from lingqu.modules.approval import api as approval
from lingqu.modules.network.ask import APPROVAL, answer, ask
from lingqu.modules.network.organizations import Organization, read_organization
from lingqu.modules.network.take_step import move
from lingqu.runtime.tx import Tx

_STEP_OF = {approval.State.APPROVED: "approve", approval.State.REJECTED: "reject"}


async def decide(tx: Tx, *, scope: Scope, organization_id: int, is_approved: bool, reason: str) -> Organization:
    """Agree or refuse on the level that waits; the last agreement approves, the first refusal closes.

    Raises: NotFound, NothingWaits, NotYourLevel, RequesterCannotDecide, DecidedBefore.
    """
    found = await read_organization(tx, scope=scope, organization_id=organization_id)
    decided = await approval.decide(
        tx, scope=scope, kind=APPROVAL, object_id=organization_id, is_approved=is_approved, reason=reason
    )
    request = await approval.find_request(tx, kind=APPROVAL, object_id=organization_id)
    assert request is not None, "it was just decided"  # noqa: S101 - a bug, not a "no"
    if decided.state is approval.State.WAITING:
        waiting_for = request.level_parties[request.level - 1]
        await ask(tx, party_id=waiting_for, organization_id=organization_id, name=found.name)
        return found
    await answer(tx, request=request, organization_id=organization_id, name=found.name)
    return await move(tx, scope=scope, organization=found, step=_STEP_OF[decided.state], reason=reason)
