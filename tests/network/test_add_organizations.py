from types import SimpleNamespace

import pytest

from lingqu.modules.network.api import (
    BinState,
    CodeTaken,
    Kind,
    NewNode,
    NewOrganization,
    add_nodes,
    add_organizations,
    find_platform,
    node_terms,
    organization_terms,
)
from lingqu.runtime.tx import Tx


async def test_an_organization_comes_with_parties_a_node_and_its_bins(tx: Tx) -> None:
    added = await add_organizations(
        tx,
        organizations=[
            NewOrganization(kind=Kind.DISTRIBUTOR, code="D", name="杭州经销", home_cell=2),
            NewOrganization(kind=Kind.DISTRIBUTOR, code="C", name="宁波经销", home_cell=1),
        ],
    )
    terms = await organization_terms(tx, organization_ids=[one.id for one in added])
    assert [terms[one.id].name for one in added] == ["杭州经销", "宁波经销"], "results come in the order given"
    first = terms[added[0].id]
    assert (first.home_cell, first.party_id, first.node_id) == (2, added[0].party_id, added[0].node_id)
    assert first.sellable_bin_id == added[0].bins[BinState.SELLABLE]
    assert first.in_transit_bin_id == added[0].bins[BinState.IN_TRANSIT]
    assert len({*added[0].bins.values(), *added[1].bins.values()}) == 6
    assert len({added[0].party_id, added[0].walk_in_party_id, added[1].party_id, added[1].walk_in_party_id}) == 4
    assert [change.kind for change in tx.changes] == ["node", "node", "organization", "organization"]


async def test_a_dealer_lives_in_its_distributors_cell(chain: SimpleNamespace) -> None:
    assert chain.near.home_cell == chain.far.home_cell == chain.distributor.home_cell == 2


async def test_a_cell_by_hash_is_one_of_the_installation(tx: Tx) -> None:
    names = [f"B{number}" for number in range(40)]
    new = [NewOrganization(kind=Kind.BRAND, code=name, name=name) for name in names]
    assert {one.home_cell for one in await add_organizations(tx, organizations=new)} == {0, 1, 2, 3}


@pytest.mark.usefixtures("chain")
async def test_a_code_is_unique(tx: Tx) -> None:
    with pytest.raises(CodeTaken) as refusal:
        await add_organizations(tx, organizations=[NewOrganization(kind=Kind.DEALER, code="S2", name="又一个")])
    assert refusal.value.facts == {"kind": "organization", "taken": "S2"}


async def test_a_second_node_has_bins_of_its_own(tx: Tx, chain: SimpleNamespace) -> None:
    van = NewNode(organization_id=chain.distributor.id, home_cell=2, kind="van", code="2", name="配送车")
    (added,) = await add_nodes(tx, nodes=[van])
    terms = (await node_terms(tx, node_ids=[added.id]))[added.id]
    assert terms.sellable_bin_id == added.bins[BinState.SELLABLE]
    assert terms.organization_id == chain.distributor.id
    default = (await organization_terms(tx, organization_ids=[chain.distributor.id]))[chain.distributor.id]
    assert default.node_id == chain.distributor.node_id, "the first node stays the one goods ship from"
    with pytest.raises(CodeTaken):
        await add_nodes(tx, nodes=[van])


async def test_the_platform_is_found_once_it_stands(tx: Tx) -> None:
    assert await find_platform(tx) is None
    (added,) = await add_organizations(
        tx, organizations=[NewOrganization(kind=Kind.PLATFORM, code="P", name="平台", home_cell=0)]
    )
    assert await find_platform(tx) == added.id
