"""Decide about a user of one's own organization: its roles, a lock, and its leaving."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.identity.events import UserLeft
from lingqu.modules.identity.rights import renew_rights
from lingqu.modules.identity.roles import check_roles
from lingqu.modules.identity.sessions import end_user_sessions
from lingqu.modules.identity.users import User, read_own_user
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class NotYourself(Refusal):
    """Nobody changes his own roles or locks himself out."""

    code = "identity.not-yourself"
    status: ClassVar[int] = 409
    title = Words("Somebody else must do this", "须由他人操作")
    detail = Words("You cannot do this to yourself.", "不能对自己执行该操作。")


class LastManager(Refusal):
    """An organization keeps at least one manager."""

    code = "identity.last-manager"
    status: ClassVar[int] = 409
    title = Words("The last manager", "最后一名管理员")
    detail = Words("Make somebody else a manager first.", "请先指定另一名管理员。")


class WorksElsewhere(Refusal):
    """The user works for other organizations too; a lock would shut those out."""

    code = "identity.works-elsewhere"
    status: ClassVar[int] = 409
    title = Words("Works elsewhere too", "该用户还任职于其他组织")
    detail = Words("Remove the user from your organization instead.", "请改为将该用户移出贵组织。")


async def set_roles(tx: Tx, *, scope: Scope, user_id: int, role_ids: Sequence[int]) -> User:
    """Give a user exactly these roles in the caller's organization; they hold at its next request.

    Raises: NotFound, NotYourself, Invalid, MoreThanYourOwn, LastManager.
    """
    before = await _other(tx, scope, user_id)
    await check_roles(tx, scope=scope, party_id=scope.party_id, kind=scope.kind, role_ids=role_ids)
    await renew_rights(tx)
    await tx.run(SQL["remove_assignments"], user_id=user_id, party_id=scope.party_id)
    await assign(tx, user_id=user_id, party_id=scope.party_id, role_ids=role_ids)
    await _require_manager(tx, scope.party_id)
    tx.record("user", user_id, before={"role_ids": _ids(before)}, after={"role_ids": sorted(role_ids)})
    return await read_own_user(tx, scope=scope, user_id=user_id)


async def set_lock(tx: Tx, *, scope: Scope, user_id: int, is_locked: bool) -> User:
    """Lock a user out, ending its sessions, or let it in again.

    Raises: NotFound, NotYourself, WorksElsewhere, LastManager.
    """
    before = await _other(tx, scope, user_id)
    if await tx.value(SQL["count_parties"], int, user_id=user_id) > 1:
        raise WorksElsewhere
    status = "locked" if is_locked else "active"
    await renew_rights(tx)
    await tx.run(SQL["set_user_status"], user_id=user_id, status=status)
    if is_locked:
        await end_user_sessions(tx, user_id=user_id)
        await _require_manager(tx, scope.party_id)
    tx.record("user", user_id, before={"status": before.status}, after={"status": status})
    return await read_own_user(tx, scope=scope, user_id=user_id)


async def remove_user(tx: Tx, *, scope: Scope, user_id: int) -> None:
    """Let a user leave the caller's organization: its roles there and its sessions for it end now.

    Who works nowhere any more cannot sign in.

    Raises: NotFound, NotYourself, LastManager.
    """
    before = await _other(tx, scope, user_id)
    await renew_rights(tx)
    await tx.run(SQL["remove_assignments"], user_id=user_id, party_id=scope.party_id)
    await _require_manager(tx, scope.party_id)
    await end_user_sessions(tx, user_id=user_id, party_id=scope.party_id)
    if not await tx.value(SQL["count_parties"], int, user_id=user_id):
        await renew_rights(tx)
        await tx.run(SQL["set_user_status"], user_id=user_id, status="closed")
    tx.record("user", user_id, before={"role_ids": _ids(before)}, after={"role_ids": []})
    tx.emit(UserLeft(user_id=user_id, party_id=scope.party_id))


async def assign(tx: Tx, *, user_id: int, party_id: UUID, role_ids: Sequence[int]) -> None:
    """Add roles of a party to a user."""
    await renew_rights(tx)
    await tx.run(
        SQL["add_assignments"],
        user_id=[user_id] * len(role_ids),
        party_id=[party_id] * len(role_ids),
        role_id=list(role_ids),
        now=tx.now,
    )


async def _other(tx: Tx, scope: Scope, user_id: int) -> User:
    await tx.tuples(SQL["lock_assignments"], party_id=scope.party_id)
    found = await read_own_user(tx, scope=scope, user_id=user_id)
    if user_id == scope.actor.user_id:
        raise NotYourself
    return found


async def _require_manager(tx: Tx, party_id: UUID) -> None:
    if not await tx.value(SQL["count_managers"], int, party_id=party_id):
        raise LastManager


def _ids(user: User) -> list[int]:
    return sorted(role.role_id for role in user.roles)
