"""One organization with one user whose password is known."""

from types import SimpleNamespace

import pytest

from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.identity.api import NewUser, add_users, find_built_in_roles, hash_password
from lingqu.modules.network.api import Kind, NewOrganization, add_organizations
from lingqu.runtime.tx import Tx

PASSWORD = "correct horse battery"


@pytest.fixture(scope="session")
async def password_hash() -> str:
    return await hash_password(PASSWORD)


@pytest.fixture
async def wang(tx: Tx, password_hash: str) -> SimpleNamespace:
    """Wang, who keeps the books of a distributor and sells for a dealer."""
    first, second = await add_organizations(
        tx,
        organizations=[
            NewOrganization(kind=Kind.DISTRIBUTOR, code="D", name="杭州经销", home_cell=2),
            NewOrganization(kind=Kind.DEALER, code="S", name="西湖便利", home_cell=3),
        ],
    )
    roles = await find_built_in_roles(tx)
    (user_id,) = await add_users(
        tx,
        users=[
            NewUser(
                login="Wang",
                name="王芳",
                party_id=first.party_id,
                role_ids=(roles["distributor", "accountant"],),
                password_hash=password_hash,
            )
        ],
    )
    scope = Scope(
        actor=Actor(first.party_id, user_id, "王芳"),
        organization_id=first.id,
        party_id=first.party_id,
        cell_id=2,
        organization_ids=(first.id,),
        party_ids=(first.party_id,),
        cell_ids=(2,),
        kind="distributor",
    )
    return SimpleNamespace(
        id=user_id, login="wang", password=PASSWORD, scope=scope, organization=first, other=second, roles=roles
    )
