"""Decide on one level of a request."""

from typing import Any, ClassVar
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.approval.find_request import about
from lingqu.modules.approval.types import Decided, ObjectId, State
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
UserId: Any = int | None


class RequesterCannotDecide(Refusal):
    """Who asked does not decide."""

    code = "approval.requester-cannot-decide"
    status: ClassVar[int] = 409
    title = Words("Somebody else must decide", "须由他人审批")
    detail = Words("You asked for this; another person decides.", "申请由您提交，须由其他人员审批。")


class DecidedBefore(Refusal):
    """The same person decided on a lower level."""

    code = "approval.decided-before"
    status: ClassVar[int] = 409
    title = Words("Another person must decide on this level", "本级须由另一人审批")
    detail = Words("You decided on a lower level already.", "您已在前一级做出审批。")


class NotYourLevel(Refusal):
    """The level that waits belongs to others."""

    code = "approval.not-your-level"
    status: ClassVar[int] = 403
    title = Words("Not yours to decide", "不在您的审批级别")
    detail = Words("Level {level} is decided by others.", "第 {level} 级由其他人员审批。")


class NothingWaits(Refusal):
    """The request was decided, or there is none."""

    code = "approval.nothing-waits"
    status: ClassVar[int] = 409
    title = Words("Nothing waits for a decision", "没有待审批的申请")


class Waiting(Struct, frozen=True):
    """A request as whoever decides must know it."""

    id: int
    state: State
    level: int
    level_parties: list[UUID]
    level_permissions: list[str]
    level_roles: list[int | None]
    requested_by: int | None

    @property
    def permission(self) -> str:
        """The right that the waiting level asks for."""
        return self.level_permissions[self.level - 1]

    @property
    def role_id(self) -> int | None:
        """The role that must be held on the waiting level, if it names one."""
        return self.level_roles[self.level - 1] if self.level <= len(self.level_roles) else None


class Lender(Struct, frozen=True):
    """Somebody whose right is used by another."""

    id: int
    name: str


async def decide(tx: Tx, *, scope: Scope, kind: str, object_id: ObjectId, is_approved: bool, reason: str) -> Decided:
    """Decide on the level that waits and tell how the request stands then.

    Whoever acts for the level's party, or stands above it, may decide with the level's right; or for a colleague who
    has it and handed it over.

    Raises: NothingWaits, NotYourLevel, RequesterCannotDecide, DecidedBefore.
    """
    request = await tx.first(SQL["lock_request"], Waiting, **about(kind, object_id))
    if request is None or request.state is not State.WAITING:
        raise NothingWaits
    lender = await find_right(tx, scope=scope, request=request)
    await tx.run(
        SQL["add_decision"],
        request_id=request.id,
        level=request.level,
        is_approved=is_approved,
        user_id=scope.actor.user_id,
        actor_name=scope.actor.name,
        for_user_id=None if lender is None else lender.id,
        party_id=scope.party_id,
        reason=reason,
        now=tx.now,
    )
    is_last = request.level == len(request.level_parties)
    state = State.REJECTED if not is_approved else State.APPROVED if is_last else State.WAITING
    level = request.level + 1 if state is State.WAITING else request.level
    await tx.run(SQL["move_request"], id=request.id, state=state, level=level)
    after = {"state": state, "level": level, "is_approved": is_approved, "reason": reason}
    if lender is not None:
        after["decided_by"] = f"{scope.actor.name} for {lender.name}"
    tx.record("approval", request.id, before={"state": request.state, "level": request.level}, after=after)
    return Decided(
        state=state,
        level=request.level,
        level_count=len(request.level_parties),
        for_name=None if lender is None else lender.name,
    )


async def may_decide(tx: Tx, *, scope: Scope, kind: str, object_id: ObjectId) -> bool:
    """Tell whether the caller could decide on what waits about an object, for a page that shows it."""
    request = await tx.first(SQL["find_waiting"], Waiting, **about(kind, object_id))
    if request is None:
        return False
    try:
        await find_right(tx, scope=scope, request=request)
    except (NotYourLevel, RequesterCannotDecide, DecidedBefore):
        return False
    return True


async def find_right(tx: Tx, *, scope: Scope, request: Waiting) -> Lender | None:
    """Find whose right the caller decides with: None for its own.

    Raises: NotYourLevel, RequesterCannotDecide, DecidedBefore.
    """
    if not scope.is_whole and request.level_parties[request.level - 1] not in scope.party_ids:
        raise NotYourLevel(level=request.level)
    user_id = scope.actor.user_id
    if user_id is not None and user_id == request.requested_by:
        raise RequesterCannotDecide
    # A system without a user is one decider too.
    used = set(await tx.values(SQL["find_deciders"], UserId, request_id=request.id))
    if user_id in used:
        raise DecidedBefore
    if await _holds(tx, scope, request):
        return None
    lenders = await tx.all(
        SQL["find_delegators"],
        Lender,
        user_id=user_id,
        party_id=scope.party_id,
        permission=request.permission,
        role_id=request.role_id,
        now=tx.now,
    )
    for lender in lenders:
        if lender.id not in used and lender.id != request.requested_by:
            return lender
    raise NotYourLevel(level=request.level)


async def _holds(tx: Tx, scope: Scope, request: Waiting) -> bool:
    if request.role_id is None:
        return scope.allows(request.permission)
    user_id = scope.actor.user_id
    return await tx.value(SQL["holds_role"], bool, user_id=user_id, party_id=scope.party_id, role_id=request.role_id)
