"""Routes of identity: the users of an organization, their roles, and invitations."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.scope import Scope
from lingqu.modules.identity import invitations, manage_user, roles, users
from lingqu.modules.identity.add_users import LoginTaken
from lingqu.modules.identity.cookie import session_cookie
from lingqu.modules.identity.invitations import InvitationLine, InvitationVoid
from lingqu.modules.identity.manage_user import LastManager, NotYourself, WorksElsewhere
from lingqu.modules.identity.password import WeakPassword
from lingqu.modules.identity.roles import (
    MoreThanYourOwn,
    PermissionLine,
    Role,
    RoleBody,
    RoleCodeTaken,
    RoleEdit,
    RoleInUse,
    RoleQuery,
)
from lingqu.modules.identity.types import SignedIn
from lingqu.modules.identity.users import User, UserQuery
from lingqu.runtime.http.route import PUBLIC, SIGNED_IN, Answer, Connection, delete, get, patch, post, put
from lingqu.runtime.paging import Listed, ListQuery
from lingqu.runtime.tx import Tx

Login = Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9._@+-]{2,63}$")]
Token = Annotated[str, Meta(min_length=1, max_length=200)]


class RolesBody(Struct, forbid_unknown_fields=True):
    role_ids: Annotated[list[int], Meta(min_length=1, max_length=20)]


class LockBody(Struct, forbid_unknown_fields=True):
    is_locked: bool


class AcceptanceBody(Struct, forbid_unknown_fields=True):
    """Who comes in by an invitation."""

    token: Token
    login: Login
    password: Annotated[str, Meta(min_length=1, max_length=1000)]
    name: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    phone: Annotated[str, Meta(max_length=40)] | None = None


class JoinBody(Struct, forbid_unknown_fields=True):
    token: Token


class Joined(Struct, frozen=True):
    """The organization that the user may now act for, after signing in for it."""

    party_id: UUID


@get("/users", permission="identity.read", summary="Users of one's own organization and of those below it")
async def list_users(tx: Tx, *, scope: Scope, query: UserQuery) -> Listed[User]:
    return await users.list_users(tx, scope=scope, query=query)


@get("/users/{user_id:int}", permission="identity.read", summary="A user of one's own organization")
async def read_user(tx: Tx, *, scope: Scope, user_id: int) -> User:
    return await users.read_own_user(tx, scope=scope, user_id=user_id)


@put(
    "/users/{user_id:int}/roles",
    permission="identity.edit",
    summary="Give a user exactly these roles",
    refusals=[NotYourself, MoreThanYourOwn, LastManager],
)
async def set_user_roles(tx: Tx, *, scope: Scope, user_id: int, body: RolesBody) -> User:
    return await manage_user.set_roles(tx, scope=scope, user_id=user_id, role_ids=body.role_ids)


@put(
    "/users/{user_id:int}/lock",
    permission="identity.edit",
    summary="Lock a user out, or let it in again",
    refusals=[NotYourself, WorksElsewhere, LastManager],
)
async def set_user_lock(tx: Tx, *, scope: Scope, user_id: int, body: LockBody) -> User:
    return await manage_user.set_lock(tx, scope=scope, user_id=user_id, is_locked=body.is_locked)


@delete(
    "/users/{user_id:int}",
    permission="identity.edit",
    summary="Let a user leave one's own organization; its sessions end",
    refusals=[NotYourself, LastManager],
)
async def remove_user(tx: Tx, *, scope: Scope, user_id: int) -> None:
    await manage_user.remove_user(tx, scope=scope, user_id=user_id)


@get("/roles", permission="identity.read", summary="Built-in roles and one's own organization's")
async def list_roles(tx: Tx, *, scope: Scope, query: RoleQuery) -> Listed[Role]:
    return await roles.list_roles(tx, scope=scope, query=query)


@get("/roles/{role_id:int}", permission="identity.read", summary="One role with its rights")
async def read_role(tx: Tx, *, scope: Scope, role_id: int) -> Role:
    return await roles.show_role(tx, scope=scope, role_id=role_id)


@get("/permissions", permission="identity.read", summary="Rights that one's kind of organization can have")
async def list_permissions(tx: Tx, *, scope: Scope, query: ListQuery) -> Listed[PermissionLine]:
    return await roles.list_permissions(tx, scope=scope, query=query)


@post(
    "/roles",
    permission="identity.edit",
    summary="Make a role of one's own organization",
    refusals=[MoreThanYourOwn, RoleCodeTaken],
)
async def add_role(tx: Tx, *, scope: Scope, body: RoleBody) -> Role:
    return await roles.add_role(tx, scope=scope, body=body)


@patch("/roles/{role_id:int}", permission="identity.edit", summary="Change a role", refusals=[MoreThanYourOwn])
async def edit_role(tx: Tx, *, scope: Scope, role_id: int, body: RoleEdit, if_match: int) -> Role:
    return await roles.edit_role(tx, scope=scope, role_id=role_id, version=if_match, edit=body)


@delete(
    "/roles/{role_id:int}", permission="identity.edit", summary="Delete a role that nobody has", refusals=[RoleInUse]
)
async def delete_role(tx: Tx, *, scope: Scope, role_id: int) -> None:
    await roles.delete_role(tx, scope=scope, role_id=role_id)


@get("/invitations", permission="identity.read", summary="Invitations into one's own organization and those below")
async def list_invitations(tx: Tx, *, scope: Scope, query: ListQuery) -> Listed[InvitationLine]:
    return await invitations.list_invitations(tx, scope=scope, query=query)


@delete("/invitations/{invitation_id:uuid}", permission="identity.edit", summary="Revoke an open invitation")
async def revoke_invitation(tx: Tx, *, scope: Scope, invitation_id: UUID) -> None:
    await invitations.revoke_invitation(tx, scope=scope, invitation_id=invitation_id)


@post(
    "/invitations/acceptance",
    permission=PUBLIC,
    summary="Become a user by an invitation and sign in",
    refusals=[InvitationVoid, LoginTaken, WeakPassword],
)
async def accept_invitation(tx: Tx, *, body: AcceptanceBody, request: Connection) -> Answer[SignedIn]:
    signed_in = await invitations.accept_as_new(
        tx, token=body.token, login=body.login, password=body.password, name=body.name, phone=body.phone
    )
    return Answer(signed_in, session_cookie(signed_in.token, request=request))


@post(
    "/me/memberships",
    permission=SIGNED_IN,
    summary="Take an invitation as the signed-in user",
    refusals=[InvitationVoid],
)
async def join_organization(tx: Tx, *, scope: Scope, body: JoinBody) -> Joined:
    return Joined(await invitations.accept_as_oneself(tx, scope=scope, token=body.token))


ROUTES = (
    list_users,
    read_user,
    set_user_roles,
    set_user_lock,
    remove_user,
    list_roles,
    read_role,
    list_permissions,
    add_role,
    edit_role,
    delete_role,
    list_invitations,
    revoke_invitation,
    accept_invitation,
    join_organization,
)
