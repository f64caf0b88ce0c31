"""The first administrator: without one nobody could let anybody in."""

import secrets

from lingqu.modules.identity.api import NewUser, add_users, check_password, find_built_in_roles, hash_password
from lingqu.modules.network.api import Kind, NewOrganization, add_organizations, find_platform
from lingqu.roles.built_in_roles import MANAGER
from lingqu.runtime.tx import Tx

_PLATFORM_CODE = "PLATFORM"
_PASSWORD_BYTES = 12


def new_password() -> str:
    """Make a password that nobody guesses and a person can still type once."""
    return secrets.token_urlsafe(_PASSWORD_BYTES)


async def add_first_administrator(tx: Tx, *, login: str, password: str) -> bool:
    """Make the platform's own organization and its first user; False, changing nothing, if it stands already.

    Raises: WeakPassword.
    """
    if await find_platform(tx) is not None:
        return False
    check_password(password, login=login)
    platform = NewOrganization(
        kind=Kind.PLATFORM, code=_PLATFORM_CODE, name="平台运营", name_en="Platform operator", home_cell=0
    )
    added = (await add_organizations(tx, organizations=[platform]))[0]
    roles = await find_built_in_roles(tx)
    user = NewUser(
        login=login,
        name="管理员",
        party_id=added.party_id,
        role_ids=(roles[Kind.PLATFORM, MANAGER],),
        password_hash=await hash_password(password),
    )
    await add_users(tx, users=[user])
    return True
