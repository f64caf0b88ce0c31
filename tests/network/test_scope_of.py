from contextlib import suppress
from datetime import date
from types import SimpleNamespace

from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.network.api import (
    AddedOrganization,
    Kind,
    NewLink,
    NewOrganization,
    add_links,
    add_organizations,
    scope_of_party,
)
from lingqu.runtime.tx import Tx


class _Undo(Exception):
    """Ends a savepoint."""


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


async def test_who_joins_below_is_seen_at_the_next_request(tx: Tx, chain: SimpleNamespace) -> None:
    assert len((await scope(tx, chain.distributor)).organization_ids) == 3
    (new,) = await add_organizations(
        tx, organizations=[NewOrganization(kind=Kind.DEALER, code="S9", name="新店", parent_id=chain.distributor.id)]
    )
    assert new.id in (await scope(tx, chain.distributor)).organization_ids


async def test_what_was_undone_is_not_remembered(tx: Tx, chain: SimpleNamespace) -> None:
    before = (await scope(tx, chain.distributor)).organization_ids
    for code in ("U1", "U2"):
        with suppress(_Undo):
            async with tx.connection.transaction():
                new = NewOrganization(kind=Kind.DEALER, code=code, name="新店", parent_id=chain.distributor.id)
                await add_organizations(tx, organizations=[new])
                assert len((await scope(tx, chain.distributor)).organization_ids) == len(before) + 1
                raise _Undo
        assert (await scope(tx, chain.distributor)).organization_ids == before


async def test_a_new_seller_adds_its_cell(tx: Tx, chain: SimpleNamespace) -> None:
    assert (await scope(tx, chain.near)).cell_ids == (2,)
    link = NewLink(seller_id=chain.stranger.id, buyer_id=chain.near.id, valid_from=date(2026, 1, 1))
    await add_links(tx, links=[link])
    assert (await scope(tx, chain.near)).cell_ids == (2, 3)


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
