from datetime import timedelta
from types import SimpleNamespace

import pytest

from lingqu.modules.identity.add_parties import close_party
from lingqu.modules.identity.api import find_session, sign_in
from lingqu.modules.identity.sign_in import TooManyAttempts, WrongCredentials, forget_old_attempts, lock_s
from lingqu.runtime.tx import Tx


async def fail(tx: Tx, login: str) -> None:
    with pytest.raises(WrongCredentials):
        await sign_in(tx, login=login, password="not this one")


async def test_a_password_becomes_a_session_of_the_organizations_cell(tx: Tx, wang: SimpleNamespace) -> None:
    signed_in = await sign_in(tx, login=" WANG ", password=wang.password, address="10.0.0.1", user_agent="test")
    assert signed_in.token.startswith("2.")
    session = await find_session(tx, token=signed_in.token)
    assert session is not None
    assert (session.user_id, session.party_id, session.user_name) == (wang.id, wang.organization.party_id, "王芳")
    assert "network.read" in session.permissions
    assert "network.edit" not in session.permissions, "an accountant does not edit the network"
    change = tx.changes[-1]
    assert (change.kind, change.cell_id) == ("session", 2)
    assert signed_in.token.split(".")[1] not in repr(change.after)


@pytest.mark.parametrize("token", ["", ".", "2.", "2.wrong", "x.secret", "99999.secret", "-1.secret", "²."])
async def test_a_token_that_was_never_given_finds_nothing(tx: Tx, wang: SimpleNamespace, token: str) -> None:
    await sign_in(tx, login="wang", password=wang.password)
    assert await find_session(tx, token=token) is None


async def test_a_session_ends_with_its_time(tx: Tx, wang: SimpleNamespace) -> None:
    signed_in = await sign_in(tx, login="wang", password=wang.password)
    begin = tx.now
    for days in (2, 4, 6):
        tx.now = begin + timedelta(days=days)
        assert await find_session(tx, token=signed_in.token) is not None, "use keeps it alive"
    tx.now = begin + timedelta(days=9, seconds=1)
    assert await find_session(tx, token=signed_in.token) is None, "three idle days end it"


async def test_use_does_not_keep_a_session_for_ever(tx: Tx, wang: SimpleNamespace) -> None:
    signed_in = await sign_in(tx, login="wang", password=wang.password)
    begin = tx.now
    for days in range(1, 30):
        tx.now = begin + timedelta(days=days)
        assert await find_session(tx, token=signed_in.token) is not None
    tx.now = begin + timedelta(days=30)
    assert await find_session(tx, token=signed_in.token) is None


async def test_a_closed_party_has_no_sessions_and_gets_none(tx: Tx, wang: SimpleNamespace) -> None:
    signed_in = await sign_in(tx, login="wang", password=wang.password)
    await close_party(tx, party_id=wang.organization.party_id)
    assert await find_session(tx, token=signed_in.token) is None
    with pytest.raises(WrongCredentials):
        await sign_in(tx, login="wang", password=wang.password)


async def test_nobody_signs_in_for_an_organization_without_a_role_there(tx: Tx, wang: SimpleNamespace) -> None:
    with pytest.raises(WrongCredentials):
        await sign_in(tx, login="wang", password=wang.password, party_id=wang.other.party_id)


async def test_the_sixth_attempt_waits_whether_the_login_exists_or_not(tx: Tx, wang: SimpleNamespace) -> None:
    for login in ("wang", "nobody"):
        for _ in range(5):
            await fail(tx, login)
        with pytest.raises(TooManyAttempts) as refusal:
            await sign_in(tx, login=login, password=wang.password)
        assert refusal.value.facts == {"seconds": 31}


async def test_the_wait_ends_and_grows(tx: Tx, wang: SimpleNamespace) -> None:
    for _ in range(5):
        await fail(tx, "wang")
    tx.now += timedelta(seconds=31)
    await fail(tx, "wang")
    tx.now += timedelta(seconds=31)
    with pytest.raises(TooManyAttempts):
        await sign_in(tx, login="wang", password=wang.password)
    tx.now += timedelta(seconds=30)
    await sign_in(tx, login="wang", password=wang.password)
    await fail(tx, "wang")
    await sign_in(tx, login="wang", password=wang.password)


async def test_old_failures_are_forgotten(tx: Tx) -> None:
    for _ in range(4):
        await fail(tx, "wang")
    tx.now += timedelta(days=1, seconds=1)
    await fail(tx, "wang")
    await fail(tx, "wang")
    await fail(tx, "nobody")
    tx.now += timedelta(days=1, seconds=1)
    await forget_old_attempts(tx)
    cursor = await tx.connection.execute("select count(*) from identity.attempt")
    assert await cursor.fetchone() == (0,)


def test_the_wait_doubles_up_to_an_hour() -> None:
    assert [lock_s(count) for count in (1, 4, 5, 6, 7, 11, 12, 10_000)] == [0, 0, 30, 60, 120, 1920, 3600, 3600]
