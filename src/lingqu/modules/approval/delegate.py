"""Hand one's decisions to a colleague for a while, and take them back."""

from datetime import datetime
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from lingqu.kernel.errors import FieldError, Invalid, NotFound, Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.approval.types import Delegation
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"made_at": "made_at"}, default="-made_at")
_ORDER = Words("The end lies after the beginning and in the future.", "结束时间须晚于开始时间，且晚于当前时间。")
_SELF = Words("Choose somebody else.", "不能委托给自己。")


class AlreadyRevoked(Refusal):
    """The delegation is not the caller's, or was revoked before."""

    code = "approval.already-revoked"
    status: ClassVar[int] = 409
    title = Words("Nothing to take back", "没有可撤销的代批")
    detail = Words("This was taken back already, or only its giver may.", "该代批已撤销，或只能由委托人撤销。")


class NewDelegation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who decides instead, from when until before when, and why."""

    to_user_id: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    valid_from: datetime
    valid_until: datetime
    reason: Annotated[str, Meta(min_length=1, max_length=500)]


class Colleague(Struct, frozen=True, kw_only=True):
    """Somebody who acts for the same organization."""

    id: int
    name: str


class Colleagues(Struct, frozen=True):
    """Everybody to whom one may hand decisions."""

    items: list[Colleague]


async def list_delegations(tx: Tx, *, scope: Scope, query: ListQuery) -> Listed[Delegation]:
    """List what the caller has handed over and was handed, the latest first."""
    return await list_page(tx, SQL["list_delegations"], Delegation, query=query, sorts=_SORTS, id=None, **_own(scope))


async def list_colleagues(tx: Tx, *, scope: Scope) -> Colleagues:
    """List who acts for the caller's organization beside it."""
    return Colleagues(await tx.all(SQL["list_colleagues"], Colleague, id=None, **_own(scope)))


async def delegate(tx: Tx, *, scope: Scope, new: NewDelegation) -> Delegation:
    """Let a colleague decide for the caller. Nothing that was handed to the caller goes along.

    Raises: Invalid for a period that is none or is over, or oneself; NotFound for who is no colleague.
    """
    if new.to_user_id == scope.actor.user_id:
        raise Invalid(errors=[FieldError("/to_user_id", "same", _SELF)])
    if new.valid_until <= max(new.valid_from, tx.now):
        raise Invalid(errors=[FieldError("/valid_until", "order", _ORDER)])
    if not await tx.all(SQL["list_colleagues"], Colleague, id=new.to_user_id, **_own(scope)):
        raise NotFound(kind="user", id=new.to_user_id)
    made = await tx.value(
        SQL["add_delegation"],
        int,
        to_user_id=new.to_user_id,
        valid_from=new.valid_from,
        valid_until=new.valid_until,
        reason=new.reason,
        now=tx.now,
        **_own(scope),
    )
    found = await _read(tx, scope, made)
    tx.record("delegation", made, after=found)
    return found


async def revoke(tx: Tx, *, scope: Scope, delegation_id: int) -> Delegation:
    """Take one's decisions back, at once.

    Raises: NotFound for what the caller has no part in; AlreadyRevoked, to who received it too.
    """
    before = await _read(tx, scope, delegation_id)
    if not await tx.run(SQL["revoke_delegation"], id=delegation_id, now=tx.now, **_own(scope)):
        raise AlreadyRevoked
    after = await _read(tx, scope, delegation_id)
    tx.record("delegation", delegation_id, before=before, after=after)
    return after


async def _read(tx: Tx, scope: Scope, delegation_id: int) -> Delegation:
    found = await tx.first(SQL["list_delegations"], Delegation, id=delegation_id, **_own(scope))
    if found is None:
        raise NotFound(kind="delegation", id=delegation_id)
    return found


def _own(scope: Scope) -> dict[str, object]:
    return {"party_id": scope.party_id, "user_id": scope.actor.user_id}
