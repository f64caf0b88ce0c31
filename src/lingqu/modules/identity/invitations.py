"""Invitations: a link lets somebody new in, once, for a week."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar, Literal
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import NotFound, Refusal, Words
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.identity.add_users import add_users
from lingqu.modules.identity.events import UserJoined
from lingqu.modules.identity.manage_user import assign
from lingqu.modules.identity.open_session import open_session
from lingqu.modules.identity.password import check_password, hash_password
from lingqu.modules.identity.types import NewUser, SignedIn
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.token import new_token, parse_token
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
VALID = timedelta(days=7)
_SORTS = Sorts({"invited_at": "invited_at"}, default="-invited_at")


class InvitationVoid(Refusal):
    """The link was used, revoked, has expired, or never was one."""

    code = "identity.invitation-void"
    status: ClassVar[int] = 410
    title = Words("This invitation is not valid any more", "邀请已失效")
    detail = Words("Ask for a new one.", "请向邀请人索取新的邀请。")


class Invited(Struct, frozen=True, kw_only=True):
    """A new invitation; ``token`` is shown this once. The console takes it at ``path``."""

    id: UUID
    token: str
    path: str
    organization_name: str
    expires_at: datetime


class InvitationLine(Struct, frozen=True, kw_only=True):
    """An invitation in a list."""

    id: UUID
    party_id: UUID
    organization_name: str
    role_ids: list[int]
    name: str
    email: str | None
    invited_at: datetime
    expires_at: datetime
    state: Literal["open", "accepted", "revoked", "expired"]


class _Party(Struct, frozen=True):
    id: UUID
    name: str
    home_cell: int


class _Accepted(Struct, frozen=True):
    id: UUID
    party_id: UUID
    role_ids: list[int]
    name: str
    email: str | None


async def invite(
    tx: Tx, *, scope: Scope, party_id: UUID, role_ids: Sequence[int], name: str, email: str | None
) -> Invited:
    """Make an invitation; that the caller may give these roles there, its owner has checked.

    Raises: NotFound for a closed party.
    """
    party = await tx.first(SQL["find_party"], _Party, party_id=party_id)
    if party is None:
        raise NotFound(kind="organization", id=str(party_id))
    token, invitation_id, expires_at = new_token(party.home_cell), uuid7(at=tx.now), tx.now + VALID
    await tx.run(
        SQL["add_invitation"],
        cell_id=token.cell_id,
        id=invitation_id,
        token_hash=token.hash,
        party_id=party_id,
        role_ids=list(role_ids),
        name=name,
        email=email,
        invited_by=scope.actor.user_id,
        now=tx.now,
        expires_at=expires_at,
    )
    after = {"party_id": party_id, "role_ids": list(role_ids), "name": name, "email": email}
    tx.record("invitation", invitation_id, after=after, cell_id=party.home_cell)
    return Invited(
        id=invitation_id,
        token=str(token),
        path=f"/invitation?token={token}",
        organization_name=party.name,
        expires_at=expires_at,
    )


async def accept_as_new(
    tx: Tx, *, token: str, login: str, password: str, name: str | None, phone: str | None
) -> SignedIn:
    """Become a user by an invitation and sign in.

    Raises: InvitationVoid, LoginTaken, WeakPassword.
    """
    check_password(password, login=login)
    cell_id, accepted = await _accept(tx, token)
    new = NewUser(
        login=login,
        name=name or accepted.name,
        phone=phone,
        email=accepted.email,
        party_id=accepted.party_id,
        role_ids=tuple(accepted.role_ids),
        password_hash=await hash_password(password),
    )
    (user_id,) = await add_users(tx, users=[new])
    await _note(tx, cell_id, accepted, user_id)
    return await open_session(tx, user_id=user_id, party_id=accepted.party_id)


async def accept_as_oneself(tx: Tx, *, scope: Scope, token: str) -> UUID:
    """Take an invitation as the signed-in user, who then works for one more organization; give its party.

    Raises: InvitationVoid.
    """
    assert scope.actor.user_id is not None, "a session has a user"  # noqa: S101 - a bug, not a "no"
    cell_id, accepted = await _accept(tx, token)
    await assign(tx, user_id=scope.actor.user_id, party_id=accepted.party_id, role_ids=accepted.role_ids)
    tx.record("user", scope.actor.user_id, after={"party_id": accepted.party_id, "role_ids": accepted.role_ids})
    await _note(tx, cell_id, accepted, scope.actor.user_id)
    return accepted.party_id


async def list_invitations(tx: Tx, *, scope: Scope, query: ListQuery) -> Listed[InvitationLine]:
    """List the invitations into the caller's organization and those below it."""
    return await list_page(
        tx,
        SQL["list_invitations"],
        InvitationLine,
        query=query,
        sorts=_SORTS,
        now=tx.now,
        cell_ids=list(scope.cell_ids),
        is_whole=scope.is_whole,
        party_ids=list(scope.party_ids),
    )


async def revoke_invitation(tx: Tx, *, scope: Scope, invitation_id: UUID) -> None:
    """Make the link of an open invitation worthless.

    Raises: NotFound for one that is not the caller's, or not open.
    """
    cells = await tx.values(
        SQL["revoke_invitation"],
        int,
        id=invitation_id,
        now=tx.now,
        cell_ids=list(scope.cell_ids),
        is_whole=scope.is_whole,
        party_ids=list(scope.party_ids),
    )
    if not cells:
        raise NotFound(kind="invitation", id=str(invitation_id))
    tx.record("invitation", invitation_id, before={"state": "open"}, after={"state": "revoked"}, cell_id=cells[0])


async def _accept(tx: Tx, token: str) -> tuple[int, _Accepted]:
    parsed = parse_token(token)
    if parsed is None:
        raise InvitationVoid
    accepted = await tx.first(
        SQL["accept_invitation"], _Accepted, cell_id=parsed.cell_id, token_hash=parsed.hash, now=tx.now
    )
    if accepted is None:
        raise InvitationVoid
    return parsed.cell_id, accepted


async def _note(tx: Tx, cell_id: int, accepted: _Accepted, user_id: int) -> None:
    await tx.run(SQL["note_accepted_by"], cell_id=cell_id, id=accepted.id, user_id=user_id)
    tx.emit(UserJoined(user_id=user_id, party_id=accepted.party_id), cell_id=cell_id)
