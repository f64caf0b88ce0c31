"""Invitations: a link lets somebody new in, once."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.identity.api import (
    Invited,
    LoginTaken,
    WeakPassword,
    find_built_in_roles,
    find_session,
    invite,
)
from lingqu.modules.identity.invitations import (
    InvitationVoid,
    accept_as_new,
    accept_as_oneself,
    list_invitations,
    revoke_invitation,
)
from lingqu.modules.identity.switch_organization import switch_organization
from lingqu.modules.network.api import Kind, NewOrganization, add_organizations, scope_of_party
from lingqu.runtime.db import Database
from lingqu.runtime.paging import ListQuery
from lingqu.runtime.tx import Tx

PASSWORD = "a phrase of her own"


async def invited(tx: Tx, wang: SimpleNamespace) -> Invited:
    role = wang.roles["distributor", "sales"]
    return await invite(
        tx,
        scope=wang.scope,
        party_id=wang.organization.party_id,
        role_ids=[role],
        name="刘强",
        email="liu@example.org",
    )


async def join(tx: Tx, token: str, login: str = "liu") -> int:
    signed_in = await accept_as_new(tx, token=token, login=login, password=PASSWORD, name=None, phone=None)
    return signed_in.user_id


async def test_a_link_lets_somebody_in_with_its_roles(tx: Tx, wang: SimpleNamespace) -> None:
    invitation = await invited(tx, wang)
    assert invitation.path == f"/invitation?token={invitation.token}"
    assert invitation.token not in repr(tx.changes)
    signed_in = await accept_as_new(tx, token=invitation.token, login="liu", password=PASSWORD, name=None, phone="138")
    session = await find_session(tx, token=signed_in.token)
    assert session is not None
    assert (session.user_name, session.party_id) == ("刘强", wang.organization.party_id)
    assert "network.apply" in session.permissions
    page = await list_invitations(tx, scope=wang.scope, query=ListQuery())
    assert [line.state for line in page.items] == ["accepted"]


async def test_a_link_is_good_once_and_for_a_week(tx: Tx, wang: SimpleNamespace) -> None:
    invitation = await invited(tx, wang)
    await join(tx, invitation.token)
    with pytest.raises(InvitationVoid):
        await join(tx, invitation.token, "second")
    late = await invited(tx, wang)
    tx.now += timedelta(days=7)
    with pytest.raises(InvitationVoid):
        await join(tx, late.token, "third")
    for token in ("", "2.guess", "nonsense"):
        with pytest.raises(InvitationVoid):
            await join(tx, token, "fourth")


async def test_a_revoked_link_is_void(tx: Tx, wang: SimpleNamespace) -> None:
    invitation = await invited(tx, wang)
    await revoke_invitation(tx, scope=wang.scope, invitation_id=invitation.id)
    with pytest.raises(InvitationVoid):
        await join(tx, invitation.token)
    with pytest.raises(NotFound):
        await revoke_invitation(tx, scope=wang.scope, invitation_id=invitation.id)


async def test_login_and_password_are_checked(tx: Tx, wang: SimpleNamespace) -> None:
    invitation = await invited(tx, wang)
    with pytest.raises(WeakPassword):
        await accept_as_new(tx, token=invitation.token, login="liu", password="liu", name=None, phone=None)
    with pytest.raises(LoginTaken):
        await join(tx, invitation.token, "wang")


async def test_one_login_works_for_two_organizations(tx: Tx, wang: SimpleNamespace) -> None:
    dealer = await invite(
        tx,
        scope=wang.scope,
        party_id=wang.other.party_id,
        role_ids=[wang.roles["dealer", "sales"]],
        name="王芳",
        email=None,
    )
    with pytest.raises(NotFound):
        await switch_organization(tx, scope=wang.scope, party_id=wang.other.party_id)
    assert await accept_as_oneself(tx, scope=wang.scope, token=dealer.token) == wang.other.party_id
    switched = await switch_organization(tx, scope=wang.scope, party_id=wang.other.party_id)
    session = await find_session(tx, token=switched.token)
    assert session is not None
    assert (session.user_id, session.party_id) == (wang.id, wang.other.party_id)


async def test_of_two_at_once_one_gets_in(fresh_database: Callable[[], str]) -> None:
    database = Database(fresh_database(), size=3)
    await database.open()
    async with database.begin() as tx:
        (added,) = await add_organizations(
            tx, organizations=[NewOrganization(kind=Kind.DEALER, code="S", name="店", home_cell=1)]
        )
        role = (await find_built_in_roles(tx))["dealer", "sales"]
        scope = await scope_of_party(tx, actor=Actor(added.party_id), permissions=frozenset())
        assert isinstance(scope, Scope)
        tokens = [
            (await invite(tx, scope=scope, party_id=added.party_id, role_ids=[role], name="新人", email=None)).token
            for _ in range(5)
        ]

    async def attempt(token: str, login: str) -> bool:
        try:
            await database.run(lambda tx: join(tx, token, login))
        except InvitationVoid:
            return False
        return True

    for number, token in enumerate(tokens):
        came = await asyncio.gather(attempt(token, f"one-{number}"), attempt(token, f"two-{number}"))
        assert sorted(came) == [False, True]
    async with database.begin() as tx:
        row = await (await tx.connection.execute("select count(*) from identity.user")).fetchone()
    await database.close()
    assert row == (len(tokens),)
