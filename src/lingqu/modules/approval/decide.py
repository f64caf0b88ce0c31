"""Decide on one level of a request."""

from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.approval.types import State
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


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
    detail = Words("Level {level} is decided elsewhere.", "第 {level} 级由其他组织审批。")


class NothingWaits(Refusal):
    """The request was decided, or there is none."""

    code = "approval.nothing-waits"
    status: ClassVar[int] = 409
    title = Words("Nothing waits for a decision", "没有待审批的申请")


class _Waiting(Struct, frozen=True):
    id: int
    state: State
    level: int
    level_parties: list[UUID]
    requested_by: int | None


async def decide(tx: Tx, *, scope: Scope, kind: str, object_id: int, is_approved: bool, reason: str) -> State:
    """Decide on the level that waits and tell how the request stands then.

    Whoever acts for the level's party, or stands above it, may decide.

    Raises: NothingWaits, NotYourLevel, RequesterCannotDecide, DecidedBefore.
    """
    request = await tx.first(SQL["lock_request"], _Waiting, kind=kind, object_id=object_id)
    if request is None or request.state is not State.WAITING:
        raise NothingWaits
    await _check(tx, scope, request)
    await tx.run(
        SQL["add_decision"],
        request_id=request.id,
        level=request.level,
        is_approved=is_approved,
        user_id=scope.actor.user_id,
        party_id=scope.party_id,
        reason=reason,
        now=tx.now,
    )
    is_last = request.level == len(request.level_parties)
    state = State.REJECTED if not is_approved else State.APPROVED if is_last else State.WAITING
    level = request.level + 1 if state is State.WAITING else request.level
    await tx.run(SQL["move_request"], id=request.id, state=state, level=level)
    tx.record(
        "approval",
        request.id,
        before={"state": request.state, "level": request.level},
        after={"state": state, "level": level, "is_approved": is_approved, "reason": reason},
    )
    return state


async def _check(tx: Tx, scope: Scope, request: _Waiting) -> None:
    if not scope.is_whole and request.level_parties[request.level - 1] not in scope.party_ids:
        raise NotYourLevel(level=request.level)
    if scope.actor.user_id == request.requested_by:
        raise RequesterCannotDecide
    if scope.actor.user_id in await tx.values(SQL["find_deciders"], int, request_id=request.id):
        raise DecidedBefore
