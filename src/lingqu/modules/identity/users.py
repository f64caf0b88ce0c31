"""Users of an organization for people: who they are and what they may do."""

from typing import Literal
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"name": "sort_key", "login": "login"}, default="name")

UserStatus = Literal["active", "locked", "closed"]


class UserQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``q`` finds names, their pinyin and logins; ``role_id`` those who have a role in an organization."""

    party_id: UUID | None = None
    role_id: int | None = None
    status: UserStatus | None = None


class HeldRole(Struct, frozen=True, kw_only=True):
    """A role that a user has in an organization."""

    party_id: UUID
    organization_name: str
    role_id: int
    code: str
    name_zh: str
    name_en: str


class User(Struct, frozen=True, kw_only=True):
    """A user with the roles that the caller may see."""

    id: int
    login: str
    name: str
    phone: str | None
    email: str | None
    status: UserStatus
    roles: list[HeldRole]


async def list_users(tx: Tx, *, scope: Scope, query: UserQuery) -> Listed[User]:
    """List the users of the caller's organization and of those below it."""
    return await list_page(
        tx,
        SQL["list_users"],
        User,
        query=query,
        sorts=_SORTS,
        party_id=query.party_id,
        role_id=query.role_id,
        status=query.status,
        text=query.q,
        is_whole=scope.is_whole,
        party_ids=list(scope.party_ids),
    )


async def read_own_user(tx: Tx, *, scope: Scope, user_id: int) -> User:
    """Read a user of the caller's own organization, which alone decides about its people.

    Raises: NotFound.
    """
    found = await tx.first(SQL["read_own_user"], User, id=user_id, party_id=scope.party_id)
    if found is None:
        raise NotFound(kind="user", id=user_id)
    return found
