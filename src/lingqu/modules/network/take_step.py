"""Move an organization along its life: activate, suspend, resume, close."""

from enum import StrEnum
from typing import ClassVar

from lingqu.kernel.errors import Refusal, Stale, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.identity.api import close_party
from lingqu.modules.network.bump_epochs import bump_epochs
from lingqu.modules.network.events import OrganizationMoved
from lingqu.modules.network.organizations import Organization, read_organization
from lingqu.modules.network.revision import renew_revision
from lingqu.modules.network.status import STATUS_FLOW
from lingqu.modules.network.types import Status
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class Step(StrEnum):
    """A step that is taken without an approval."""

    ACTIVATE = "activate"
    SUSPEND = "suspend"
    RESUME = "resume"
    CLOSE = "close"


class OnlyFromAbove(Refusal):
    """An organization does not do this to itself."""

    code = "network.only-from-above"
    status: ClassVar[int] = 403
    title = Words("Only from above", "仅上级可操作")
    detail = Words("This is changed by the organization above or by the platform.", "该操作只能由上级组织或平台执行。")


class HasOrganizationsBelow(Refusal):
    """An organization with others below it is not closed."""

    code = "network.has-organizations-below"
    status: ClassVar[int] = 409
    title = Words("Others stand below", "仍有下级组织")
    detail = Words("Close the {below} organizations below first.", "请先关闭其下 {below} 个组织。")


async def take_step(tx: Tx, *, scope: Scope, organization_id: int, step: Step, reason: str) -> Organization:
    """Take one step, in the transaction that records who took it and why.

    Raises: NotFound, WrongState, OnlyFromAbove, HasOrganizationsBelow, Stale.
    """
    found = await read_organization(tx, scope=scope, organization_id=organization_id)
    require_above(scope, organization_id)
    return await move(tx, scope=scope, organization=found, step=step, reason=reason)


def require_above(scope: Scope, organization_id: int) -> None:
    """Refuse what an organization does not do to itself.

    Raises: OnlyFromAbove.
    """
    if organization_id == scope.organization_id and not scope.is_whole:
        raise OnlyFromAbove


async def move(tx: Tx, *, scope: Scope, organization: Organization, step: str, reason: str) -> Organization:
    """Set the status that a step reaches, if nobody else moved the organization meanwhile.

    Raises: WrongState, HasOrganizationsBelow, Stale.
    """
    target = STATUS_FLOW.target(step, organization.status, id=organization.id)
    if target is Status.CLOSED:
        await _close(tx, organization)
    touched = await tx.run(
        SQL["set_status"],
        id=organization.id,
        version=organization.version,
        from_status=organization.status,
        to_status=target,
    )
    if not touched:
        raise Stale(kind="organization")
    await renew_revision(tx)
    await tx.run(
        SQL["add_step"],
        organization_id=organization.id,
        name=step,
        from_status=organization.status,
        to_status=target,
        user_id=scope.actor.user_id,
        actor_name=scope.actor.name,
        reason=reason,
        now=tx.now,
    )
    tx.record(
        "organization",
        organization.id,
        before={"status": organization.status},
        after={"status": target, "reason": reason},
    )
    tx.emit(
        OrganizationMoved(organization_id=organization.id, step=step, from_status=organization.status, to_status=target)
    )
    await bump_epochs(tx, seller_ids=await tx.values(SQL["find_sellers_around"], int, id=organization.id))
    return await read_organization(tx, scope=scope, organization_id=organization.id)


async def _close(tx: Tx, organization: Organization) -> None:
    below = await tx.value(SQL["count_open_below"], int, id=organization.id)
    if below:
        raise HasOrganizationsBelow(below=below)
    await close_party(tx, party_id=organization.party_id)
