from datetime import timedelta
from types import SimpleNamespace

import pytest

from lingqu.modules.identity.api import ResetVoid, WeakPassword, find_session, finish_reset, sign_in, start_reset
from lingqu.runtime.tx import Tx

NEW = "quite another phrase"


@pytest.fixture
async def reachable(tx: Tx, wang: SimpleNamespace) -> SimpleNamespace:
    await tx.connection.execute("update identity.user set email = 'wang@example.org' where id = %s", [wang.id])
    return wang


async def asked(tx: Tx) -> str:
    reset = await start_reset(tx, login="Wang")
    assert reset is not None
    assert reset.email == "wang@example.org"
    return reset.path.partition("=")[2]


async def test_the_link_sets_a_new_password_once_and_ends_sessions(tx: Tx, reachable: SimpleNamespace) -> None:
    session = await sign_in(tx, login="wang", password=reachable.password)
    token = await asked(tx)
    assert token not in repr(tx.changes)
    await finish_reset(tx, token=token, password=NEW)
    assert await find_session(tx, token=session.token) is None
    assert await sign_in(tx, login="wang", password=NEW)
    with pytest.raises(ResetVoid):
        await finish_reset(tx, token=token, password="and another phrase")


@pytest.mark.usefixtures("reachable")
async def test_the_link_is_good_for_an_hour(tx: Tx) -> None:
    token = await asked(tx)
    tx.now += timedelta(hours=1)
    with pytest.raises(ResetVoid):
        await finish_reset(tx, token=token, password=NEW)


@pytest.mark.usefixtures("reachable")
async def test_a_weak_password_is_refused(tx: Tx) -> None:
    token = await asked(tx)
    with pytest.raises(WeakPassword):
        await finish_reset(tx, token=token, password="short")


@pytest.mark.usefixtures("reachable")
async def test_nobody_is_flooded(tx: Tx) -> None:
    await asked(tx)
    assert await start_reset(tx, login="wang") is None
    tx.now += timedelta(minutes=2, seconds=1)
    await asked(tx)


@pytest.mark.usefixtures("wang")
async def test_without_an_address_nothing_is_sent(tx: Tx) -> None:
    assert await start_reset(tx, login="wang") is None
    assert await start_reset(tx, login="nobody") is None
