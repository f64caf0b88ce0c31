"""The built-in roles of every kind of organization, composed from the rights that the modules declare."""

from collections.abc import Iterable

from lingqu.kernel.errors import Words
from lingqu.modules.identity.api import BuiltInRole
from lingqu.modules.network.api import Kind
from lingqu.runtime.module import Permission

MANAGER = "manager"
"""Holds every right of its kind."""

ROLES = {
    MANAGER: Words("Manager", "管理员"),
    "sales": Words("Sales", "销售"),
    "warehouse": Words("Warehouse keeper", "仓库管理员"),
    "accountant": Words("Accountant", "会计"),
    "viewer": Words("Viewer", "只读"),
}


def built_in_roles(permissions: Iterable[Permission]) -> list[BuiltInRole]:
    """Compose the roles of every kind.

    Raises: ValueError for a right given to a role or kind that does not exist.
    """
    declared = list(permissions)
    for permission in declared:
        unknown = (permission.roles - set(ROLES)) | (permission.kinds - {kind.value for kind in Kind})
        if unknown:
            raise ValueError(f"{permission.code} names {', '.join(sorted(unknown))}, which does not exist")
    return [
        BuiltInRole(
            organization_kind=kind,
            code=code,
            name_zh=words.zh,
            name_en=words.en,
            permissions=tuple(
                permission.code
                for permission in declared
                if kind in permission.kinds and (code == MANAGER or code in permission.roles)
            ),
        )
        for kind in Kind
        for code, words in ROLES.items()
    ]
