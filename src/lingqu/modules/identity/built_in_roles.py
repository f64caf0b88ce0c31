"""Built-in roles: what every organization of a kind has from the start, kept in step with the modules' rights."""

from collections.abc import Mapping, Sequence

from lingqu.kernel.errors import Words
from lingqu.modules.identity.rights import renew_rights
from lingqu.modules.identity.types import BuiltInRole
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def set_built_in_roles(tx: Tx, *, roles: Sequence[BuiltInRole]) -> int:
    """Bring the built-in roles to this state and count those that changed; users keep their assignments."""
    await renew_rights(tx)
    return await tx.run(
        SQL["set_built_in_roles"],
        organization_kind=[role.organization_kind for role in roles],
        code=[role.code for role in roles],
        name_zh=[role.name_zh for role in roles],
        name_en=[role.name_en for role in roles],
        permissions=[" ".join(sorted(role.permissions)) for role in roles],
    )


async def set_permissions(tx: Tx, *, permissions: Mapping[str, Words]) -> int:
    """Bring the words of the rights to this state and count those that changed."""
    return await tx.run(
        SQL["set_permissions"],
        code=list(permissions),
        name_zh=[words.zh for words in permissions.values()],
        name_en=[words.en for words in permissions.values()],
    )


async def find_built_in_roles(tx: Tx) -> Mapping[tuple[str, str], int]:
    """Read the ids of the built-in roles by (kind of organization, code)."""
    rows = await tx.tuples(SQL["find_built_in_roles"])
    return {(kind, code): role_id for role_id, kind, code in rows}
