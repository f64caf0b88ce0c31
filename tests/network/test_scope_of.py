from types import SimpleNamespace

from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.network.api import AddedOrganization, Kind, NewOrganization, add_organizations, scope_of_party
from lingqu.runtime.tx import Tx


async def scope(tx: Tx, organization: AddedOrganization) -> Scope:
    found = await scope_of_party(tx, actor=Actor(organization.party_id, 1), permissions=frozenset({"network.read"}))
    assert found is not None
    return found


async def test_an_organization_sees_itself_and_all_below(tx: Tx, chain: SimpleNamespace) -> None:
    brand = await scope(tx, chain.brand)
    assert set(brand.organization_ids) == {chain.brand.id, chain.distributor.id, chain.near.id, chain.far.id}
    assert brand.cell_ids == (1, 2)
    dealer = await scope(tx, chain.near)
    assert dealer.organization_ids == (chain.near.id,)
    assert dealer.party_ids == (chain.near.party_id,)
    assert (dealer.kind, dealer.cell_id, dealer.is_whole) == ("dealer", 2, False)
    assert dealer.allows("network.read")


async def test_rows_of_a_buyer_lie_in_its_sellers_cell_too(tx: Tx, chain: SimpleNamespace) -> None:
    distributor = await scope(tx, chain.distributor)
    assert set(distributor.organization_ids) == {chain.distributor.id, chain.near.id, chain.far.id}
    assert distributor.cell_ids == (1, 2), "its orders at the brand stand in the brand's cell"


async def test_an_operator_sees_all(tx: Tx) -> None:
    (platform,) = await add_organizations(
        tx, organizations=[NewOrganization(kind=Kind.PLATFORM, code="P", name="平台", home_cell=0)]
    )
    operator = await scope(tx, platform)
    assert operator.is_whole
    assert operator.cell_ids == (0, 1, 2, 3)


async def test_a_party_without_an_organization_has_no_scope(tx: Tx, chain: SimpleNamespace) -> None:
    walk_in = Actor(chain.near.walk_in_party_id)
    assert await scope_of_party(tx, actor=walk_in, permissions=frozenset()) is None
