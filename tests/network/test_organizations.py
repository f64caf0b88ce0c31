from collections.abc import Awaitable, Callable
from datetime import date
from types import SimpleNamespace

import pytest

from lingqu.kernel.errors import Invalid, NotFound, Stale
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import Kind, Status
from lingqu.modules.network.edit_organization import OrganizationEdit, edit_organization
from lingqu.modules.network.organizations import OrganizationQuery, list_organizations, read_organization
from lingqu.modules.network.take_step import OnlyFromAbove
from lingqu.runtime.tx import Tx

Person = Callable[..., Awaitable[Scope]]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (OrganizationQuery(), ["杭州经销", "天润乳业", "西湖便利", "余杭超市"]),
        (OrganizationQuery(q="西湖"), ["西湖便利"]),
        (OrganizationQuery(q="yhcs"), ["余杭超市"]),
        (OrganizationQuery(q="s2"), ["余杭超市"]),
        (OrganizationQuery(q="外人"), []),
        (OrganizationQuery(kind=Kind.DEALER), ["西湖便利", "余杭超市"]),
        (OrganizationQuery(status=Status.CLOSED), []),
        (OrganizationQuery(sort="-code"), ["余杭超市", "西湖便利", "杭州经销", "天润乳业"]),
    ],
)
async def test_a_list_shows_ones_own_tree(
    tx: Tx, chain: SimpleNamespace, person: Person, query: OrganizationQuery, names: list[str]
) -> None:
    page = await list_organizations(tx, scope=await person(chain.brand), query=query)
    assert [line.name for line in page.items] == names


async def test_pages_follow_each_other(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    scope, seen, cursor = await person(chain.brand), [], None
    while True:
        page = await list_organizations(tx, scope=scope, query=OrganizationQuery(limit=1, cursor=cursor))
        seen += [line.name for line in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert seen == ["杭州经销", "天润乳业", "西湖便利", "余杭超市"]


async def test_a_neighbour_is_not_found(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    with pytest.raises(NotFound):
        await read_organization(tx, scope=await person(chain.near), organization_id=chain.far.id)


async def test_an_edit_changes_what_is_given(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    owner = await person(chain.distributor)
    edit = OrganizationEdit(name="西溪便利", contract_from=date(2026, 1, 1), contract_until=date(2027, 1, 1))
    after = await edit_organization(tx, scope=owner, organization_id=chain.near.id, version=1, edit=edit)
    assert (after.name, after.contract_until, after.code, after.version) == ("西溪便利", date(2027, 1, 1), "S1", 2)
    assert tx.changes[-1].before == {"name": "西湖便利", "contract_from": None, "contract_until": None}
    found = await list_organizations(tx, scope=owner, query=OrganizationQuery(q="xxbl"))
    assert [line.id for line in found.items] == [chain.near.id]
    with pytest.raises(Stale):
        await edit_organization(tx, scope=owner, organization_id=chain.near.id, version=1, edit=edit)


async def test_a_dealer_edits_its_contact_but_not_its_contract(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    keeper = await person(chain.near)
    edit = OrganizationEdit(contact_name="李店长")
    after = await edit_organization(tx, scope=keeper, organization_id=chain.near.id, version=1, edit=edit)
    assert after.contact_name == "李店长"
    for forbidden in (OrganizationEdit(level="A"), OrganizationEdit(contract_until=date(2030, 1, 1))):
        with pytest.raises(OnlyFromAbove):
            await edit_organization(tx, scope=keeper, organization_id=chain.near.id, version=2, edit=forbidden)


async def test_a_contract_ends_after_it_begins(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    edit = OrganizationEdit(contract_from=date(2026, 1, 2), contract_until=date(2026, 1, 2))
    with pytest.raises(Invalid) as refusal:
        await edit_organization(
            tx, scope=await person(chain.distributor), organization_id=chain.near.id, version=1, edit=edit
        )
    assert [error.path for error in refusal.value.errors] == ["/contract_until"]
