from types import SimpleNamespace

import pytest

from lingqu.kernel.errors import NotFound, Stale
from lingqu.modules.identity.api import WeakPassword, find_session, sign_in
from lingqu.modules.identity.change_password import WrongPassword, change_password
from lingqu.modules.identity.me import edit_me, read_me
from lingqu.modules.identity.sessions import end_session, list_sessions, sign_out
from lingqu.runtime.paging import ListQuery
from lingqu.runtime.tx import Tx


async def test_me_tells_who_and_for_whom(tx: Tx, wang: SimpleNamespace) -> None:
    me = await read_me(tx, scope=wang.scope)
    assert (me.login, me.name, me.organization_name, me.kind) == ("wang", "王芳", "杭州经销", "distributor")
    assert [one.name for one in me.memberships] == ["杭州经销"]


async def test_only_what_is_given_changes(tx: Tx, wang: SimpleNamespace) -> None:
    me = await edit_me(tx, scope=wang.scope, version=1, language="en", phone="13812345678")
    assert (me.name, me.language, me.phone, me.version) == ("王芳", "en", "13812345678", 2)
    assert tx.changes[-1].before == {"name": "王芳", "phone": None, "email": None, "language": "zh"}
    with pytest.raises(Stale):
        await edit_me(tx, scope=wang.scope, version=1, name="王方")
    assert (await read_me(tx, scope=wang.scope)).name == "王芳"


async def test_a_new_password_ends_the_other_sessions(tx: Tx, wang: SimpleNamespace) -> None:
    here = await sign_in(tx, login="wang", password=wang.password)
    there = await sign_in(tx, login="wang", password=wang.password)
    new = "quite another phrase"
    await change_password(tx, scope=wang.scope, present=wang.password, new=new, token=here.token)
    assert await find_session(tx, token=here.token) is not None
    assert await find_session(tx, token=there.token) is None
    assert await sign_in(tx, login="wang", password=new)
    assert new not in repr(tx.changes)


@pytest.mark.parametrize("weak", ["short", "aaaaaaaaaaaaaaaa", "wang-and-more", "x" * 201])
async def test_a_weak_password_is_refused(tx: Tx, wang: SimpleNamespace, weak: str) -> None:
    with pytest.raises(WeakPassword):
        await change_password(tx, scope=wang.scope, present=wang.password, new=weak, token=None)
    assert await sign_in(tx, login="wang", password=wang.password)


async def test_the_present_password_is_needed(tx: Tx, wang: SimpleNamespace) -> None:
    with pytest.raises(WrongPassword):
        await change_password(tx, scope=wang.scope, present="guess", new="quite another phrase", token=None)


async def test_sessions_are_listed_and_ended_one_by_one(tx: Tx, wang: SimpleNamespace) -> None:
    here = await sign_in(tx, login="wang", password=wang.password, user_agent="desk")
    there = await sign_in(tx, login="wang", password=wang.password, user_agent="phone")
    page = await list_sessions(tx, scope=wang.scope, query=ListQuery(), token=here.token)
    assert {line.user_agent: line.is_current for line in page.items} == {"desk": True, "phone": False}
    lost = next(line.id for line in page.items if not line.is_current)
    await end_session(tx, scope=wang.scope, session_id=lost)
    assert await find_session(tx, token=there.token) is None
    with pytest.raises(NotFound):
        await end_session(tx, scope=wang.scope, session_id=lost)
    await sign_out(tx, token=here.token)
    assert await find_session(tx, token=here.token) is None
    assert (await list_sessions(tx, scope=wang.scope, query=ListQuery(), token=None)).items == []
