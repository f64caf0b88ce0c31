"""Users of an organization: roles, lock, leaving, roles of one's own."""

from collections.abc import Awaitable, Callable
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from lingqu.kernel.errors import Invalid, NotFound, Stale
from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.identity.api import (
    MoreThanYourOwn,
    NewUser,
    add_users,
    find_session,
    open_session,
    sign_in,
)
from lingqu.modules.identity.events import UserLeft
from lingqu.modules.identity.manage_user import (
    LastManager,
    NotYourself,
    WorksElsewhere,
    assign,
    remove_user,
    set_lock,
    set_roles,
)
from lingqu.modules.identity.roles import (
    RoleBody,
    RoleCodeTaken,
    RoleEdit,
    RoleInUse,
    RoleQuery,
    add_role,
    delete_role,
    edit_role,
    list_permissions,
    list_roles,
    show_role,
)
from lingqu.modules.identity.sign_in import WrongCredentials
from lingqu.modules.identity.users import UserQuery, list_users
from lingqu.runtime.paging import ListQuery
from lingqu.runtime.tx import Tx

Boss = Callable[[], Awaitable[Scope]]


@pytest.fixture
def boss(tx: Tx, wang: SimpleNamespace) -> Boss:
    """Give a function that hires a manager of Wang's organization and gives its scope."""

    async def boss() -> Scope:
        party = wang.organization.party_id
        new = NewUser(login="boss", name="陈立", party_id=party, role_ids=(wang.roles["distributor", "manager"],))
        (user_id,) = await add_users(tx, users=[new])
        permissions = await list_permissions(tx, scope=wang.scope, query=ListQuery(limit=200))
        rights = frozenset(line.code for line in permissions.items)
        return replace(wang.scope, actor=Actor(party, user_id, "陈立"), permissions=rights)

    return boss


async def test_new_roles_hold_at_the_next_request(tx: Tx, wang: SimpleNamespace, boss: Boss) -> None:
    scope = await boss()
    token = (await open_session(tx, user_id=wang.id, party_id=wang.organization.party_id)).token
    user = await set_roles(tx, scope=scope, user_id=wang.id, role_ids=[wang.roles["distributor", "viewer"]])
    assert [role.code for role in user.roles] == ["viewer"]
    session = await find_session(tx, token=token)
    assert session is not None
    assert "network.read" in session.permissions
    with pytest.raises(Invalid):
        await set_roles(tx, scope=scope, user_id=wang.id, role_ids=[wang.roles["dealer", "viewer"]])


async def test_nobody_gives_more_than_his_own(tx: Tx, wang: SimpleNamespace, boss: Boss) -> None:
    small = replace(await boss(), permissions=frozenset({"identity.edit"}))
    with pytest.raises(MoreThanYourOwn):
        await set_roles(tx, scope=small, user_id=wang.id, role_ids=[wang.roles["distributor", "manager"]])
    body = RoleBody(code="all", name_zh="全部", name_en="All", permissions=["network.edit"])
    with pytest.raises(MoreThanYourOwn):
        await add_role(tx, scope=small, body=body)


async def test_nobody_decides_about_himself_and_a_manager_stays(tx: Tx, wang: SimpleNamespace, boss: Boss) -> None:
    scope = await boss()
    assert scope.actor.user_id is not None
    with pytest.raises(NotYourself):
        await remove_user(tx, scope=scope, user_id=scope.actor.user_id)
    deputy = replace(scope, actor=wang.scope.actor)
    with pytest.raises(LastManager):
        await remove_user(tx, scope=deputy, user_id=scope.actor.user_id)


async def test_a_leaver_is_out_at_once(tx: Tx, wang: SimpleNamespace, boss: Boss) -> None:
    scope = await boss()
    token = (await open_session(tx, user_id=wang.id, party_id=wang.organization.party_id)).token
    await remove_user(tx, scope=scope, user_id=wang.id)
    assert await find_session(tx, token=token) is None
    assert tx.events[-1][1] == UserLeft(user_id=wang.id, party_id=wang.organization.party_id)
    with pytest.raises(WrongCredentials):
        await sign_in(tx, login="wang", password=wang.password)
    with pytest.raises(NotFound):
        await remove_user(tx, scope=scope, user_id=wang.id)


async def test_a_lock_ends_sessions_and_can_be_opened(tx: Tx, wang: SimpleNamespace, boss: Boss) -> None:
    scope = await boss()
    token = (await open_session(tx, user_id=wang.id, party_id=wang.organization.party_id)).token
    assert (await set_lock(tx, scope=scope, user_id=wang.id, is_locked=True)).status == "locked"
    assert await find_session(tx, token=token) is None
    with pytest.raises(WrongCredentials):
        await sign_in(tx, login="wang", password=wang.password)
    await set_lock(tx, scope=scope, user_id=wang.id, is_locked=False)
    assert await sign_in(tx, login="wang", password=wang.password)


async def test_who_works_elsewhere_is_not_locked_but_may_leave(tx: Tx, wang: SimpleNamespace, boss: Boss) -> None:
    scope = await boss()
    await assign(tx, user_id=wang.id, party_id=wang.other.party_id, role_ids=[wang.roles["dealer", "manager"]])
    with pytest.raises(WorksElsewhere):
        await set_lock(tx, scope=scope, user_id=wang.id, is_locked=True)
    await remove_user(tx, scope=scope, user_id=wang.id)
    assert (await sign_in(tx, login="wang", password=wang.password)).party_id == wang.other.party_id


async def test_users_are_found_by_pinyin(tx: Tx, wang: SimpleNamespace, boss: Boss) -> None:
    scope = await boss()
    page = await list_users(tx, scope=scope, query=UserQuery())
    assert [user.name for user in page.items] == ["陈立", "王芳"]
    found = await list_users(tx, scope=scope, query=UserQuery(q="wangf"))
    assert [user.id for user in found.items] == [wang.id]


async def test_an_organization_makes_roles_of_its_own(tx: Tx, wang: SimpleNamespace, boss: Boss) -> None:
    scope = await boss()
    body = RoleBody(code="intern", name_zh="实习", name_en="Intern", permissions=["network.read"])
    role = await add_role(tx, scope=scope, body=body)
    with pytest.raises(RoleCodeTaken):
        await add_role(tx, scope=scope, body=body)
    bad = RoleBody(code="odd", name_zh="怪", name_en="Odd", permissions=["network.read", "no.such"])
    with pytest.raises(Invalid) as refusal:
        await add_role(tx, scope=scope, body=bad)
    assert [error.path for error in refusal.value.errors] == ["/permissions/1"]
    codes = [one.code for one in (await list_roles(tx, scope=scope, query=RoleQuery())).items]
    assert codes == ["manager", "sales", "warehouse", "accountant", "viewer", "intern"]
    await set_roles(tx, scope=scope, user_id=wang.id, role_ids=[role.id])
    assert (await show_role(tx, scope=scope, role_id=role.id)).holder_count == 1
    with pytest.raises(RoleInUse):
        await delete_role(tx, scope=scope, role_id=role.id)
    edit = RoleEdit(name_zh="实习生", name_en="Intern", permissions=["network.read"])
    assert (await edit_role(tx, scope=scope, role_id=role.id, version=1, edit=edit)).name_zh == "实习生"
    with pytest.raises(Stale):
        await edit_role(tx, scope=scope, role_id=role.id, version=1, edit=edit)
    await set_roles(tx, scope=scope, user_id=wang.id, role_ids=[wang.roles["distributor", "viewer"]])
    await delete_role(tx, scope=scope, role_id=role.id)
    with pytest.raises(NotFound):
        await delete_role(tx, scope=scope, role_id=wang.roles["distributor", "viewer"])


async def test_a_role_tells_who_of_ones_own_has_it(tx: Tx, wang: SimpleNamespace, boss: Boss) -> None:
    scope = await boss()
    keeper = wang.roles["distributor", "accountant"]
    other = NewUser(
        login="elsewhere", name="外人", party_id=wang.other.party_id, role_ids=(wang.roles["dealer", "viewer"],)
    )
    await add_users(tx, users=[other])
    holders = await list_users(tx, scope=scope, query=UserQuery(role_id=keeper))
    assert [(user.login, [role.code for role in user.roles]) for user in holders.items] == [("wang", ["accountant"])]
    built_in = await list_roles(tx, scope=scope, query=RoleQuery(q="account", is_built_in=True))
    assert [(role.code, role.holder_count) for role in built_in.items] == [("accountant", 1)]
    assert (await list_roles(tx, scope=scope, query=RoleQuery(is_built_in=False))).items == []
    assert (await show_role(tx, scope=scope, role_id=keeper)).is_built_in
    with pytest.raises(NotFound):
        await show_role(tx, scope=scope, role_id=wang.roles["dealer", "viewer"])
