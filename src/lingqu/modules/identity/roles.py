"""Roles: the built-in ones, and those that an organization makes from the rights of its kind."""

from collections.abc import Sequence
from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.errors import FieldError, Invalid, NotFound, Refusal, Stale, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.identity.rights import renew_rights
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"id": "id", "code": "code", "holders": "holder_count"}, default="id")
_NO_RIGHT = Words("Your organization has no right {code}.", "贵组织没有权限 {code}。")
_NO_ROLE = Words("Role {role_id} is not one of this organization's.", "角色 {role_id} 不属于该组织。")

Name = Annotated[str, Meta(min_length=1, max_length=60)]


class RoleCodeTaken(Refusal):
    """The organization has a role with this code already."""

    code = "identity.role-code-taken"
    status: ClassVar[int] = 409
    title = Words("Code taken", "角色编码已存在")


class RoleInUse(Refusal):
    """Somebody still has the role."""

    code = "identity.role-in-use"
    status: ClassVar[int] = 409
    title = Words("Role in use", "角色正在使用")
    detail = Words(
        "{holders} users have this role. Give them another one first.", "{holders} 名用户拥有该角色，请先改派。"
    )


class MoreThanYourOwn(Refusal):
    """Nobody gives a right that he lacks."""

    code = "identity.more-than-your-own"
    status: ClassVar[int] = 403
    title = Words("More than your own rights", "超出您自身的权限")
    detail = Words("You lack {missing} yourself.", "您自身缺少权限 {missing}。")


class Role(Struct, frozen=True, kw_only=True):
    """A set of rights, and how many of the caller's organization have it; a built-in one cannot be changed."""

    id: int
    is_built_in: bool
    code: str
    name_zh: str
    name_en: str
    permissions: list[str]
    holder_count: int
    version: int


class RoleQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``q`` finds names and codes."""

    is_built_in: bool | None = None


class PermissionLine(Struct, frozen=True):
    """A right that the caller's kind of organization can have."""

    code: str
    name_zh: str
    name_en: str


class RoleBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    code: Annotated[str, Meta(pattern="^[a-z][a-z0-9-]{1,29}$")]
    name_zh: Name
    name_en: Name
    permissions: list[str]


class RoleEdit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name_zh: Name
    name_en: Name
    permissions: list[str]


class _Rights(Struct, frozen=True):
    id: int
    permissions: frozenset[str]


async def list_roles(tx: Tx, *, scope: Scope, query: RoleQuery) -> Listed[Role]:
    """List the roles that the caller's organization can give."""
    return await list_page(
        tx,
        SQL["list_roles"],
        Role,
        query=query,
        sorts=_SORTS,
        kind=scope.kind,
        party_id=scope.party_id,
        is_built_in=query.is_built_in,
        text=query.q,
    )


async def show_role(tx: Tx, *, scope: Scope, role_id: int) -> Role:
    """Read a role that the caller's organization can give, a built-in one too.

    Raises: NotFound.
    """
    found = await tx.first(SQL["show_role"], Role, id=role_id, kind=scope.kind, party_id=scope.party_id)
    if found is None:
        raise NotFound(kind="role", id=role_id)
    return found


async def list_permissions(tx: Tx, *, scope: Scope, query: ListQuery) -> Listed[PermissionLine]:
    """List the rights from which the caller's organization can make roles."""
    sorts = Sorts({"code": "code"}, default="code", tie="code")
    return await list_page(tx, SQL["list_permissions"], PermissionLine, query=query, sorts=sorts, kind=scope.kind)


async def add_role(tx: Tx, *, scope: Scope, body: RoleBody) -> Role:
    """Make a role of the caller's organization.

    Raises: Invalid for a right that its kind does not have, MoreThanYourOwn, RoleCodeTaken.
    """
    await _check_rights(tx, scope, body.permissions)
    ids = await tx.values(
        SQL["add_role"],
        int,
        party_id=scope.party_id,
        kind=scope.kind,
        code=body.code,
        name_zh=body.name_zh,
        name_en=body.name_en,
        permissions=sorted(set(body.permissions)),
    )
    if not ids:
        raise RoleCodeTaken
    tx.record("role", ids[0], after=body)
    return await read_role(tx, scope=scope, role_id=ids[0])


async def edit_role(tx: Tx, *, scope: Scope, role_id: int, version: int, edit: RoleEdit) -> Role:
    """Change a role; whoever has it has the new rights at the next request.

    Raises: NotFound, Invalid, MoreThanYourOwn, Stale.
    """
    before = await read_role(tx, scope=scope, role_id=role_id)
    await _check_rights(tx, scope, edit.permissions)
    await renew_rights(tx)
    touched = await tx.run(
        SQL["edit_role"],
        id=role_id,
        version=version,
        name_zh=edit.name_zh,
        name_en=edit.name_en,
        permissions=sorted(set(edit.permissions)),
    )
    if not touched:
        raise Stale(kind="role")
    tx.record("role", role_id, before=before, after=edit)
    return await read_role(tx, scope=scope, role_id=role_id)


async def delete_role(tx: Tx, *, scope: Scope, role_id: int) -> None:
    """Delete a role that nobody has.

    Raises: NotFound, RoleInUse.
    """
    before = await read_role(tx, scope=scope, role_id=role_id)
    holders = await tx.value(SQL["count_role_holders"], int, id=role_id)
    if holders:
        raise RoleInUse(holders=holders)
    await renew_rights(tx)
    await tx.run(SQL["delete_role"], id=role_id)
    tx.record("role", role_id, before=before)


async def read_role(tx: Tx, *, scope: Scope, role_id: int) -> Role:
    """Read one of the organization's own roles.

    Raises: NotFound, for a built-in one too.
    """
    found = await tx.first(SQL["read_own_role"], Role, id=role_id, party_id=scope.party_id)
    if found is None:
        raise NotFound(kind="role", id=role_id)
    return found


async def check_roles(tx: Tx, *, scope: Scope, party_id: UUID, kind: str, role_ids: Sequence[int]) -> None:
    """Make sure that these roles can be given to somebody of a party, by this caller.

    In one's own organization nobody gives a right that he lacks; in one below there is nothing to compare, because
    another kind has other rights.

    Raises: Invalid for a role of another organization or kind, MoreThanYourOwn.
    """
    found = await tx.all(SQL["find_roles_of"], _Rights, ids=list(role_ids), kind=kind, party_id=party_id)
    known = {role.id for role in found}
    unknown = [role_id for role_id in role_ids if role_id not in known]
    if unknown:
        raise Invalid(errors=[FieldError("/role_ids", "unknown-role", _NO_ROLE, {"role_id": id_}) for id_ in unknown])
    if party_id == scope.party_id:
        _require_own(scope, frozenset().union(*(role.permissions for role in found)))


async def _check_rights(tx: Tx, scope: Scope, wanted: Sequence[str]) -> None:
    known = {line.code for line in await tx.all(SQL["list_permissions"], PermissionLine, kind=scope.kind)}
    errors = [
        FieldError(f"/permissions/{index}", "unknown-right", _NO_RIGHT, {"code": code})
        for index, code in enumerate(wanted)
        if code not in known
    ]
    if errors:
        raise Invalid(errors=errors)
    _require_own(scope, frozenset(wanted))


def _require_own(scope: Scope, wanted: frozenset[str]) -> None:
    missing = wanted - scope.permissions
    if missing:
        raise MoreThanYourOwn(missing=", ".join(sorted(missing)))
