from collections.abc import Awaitable, Callable
from datetime import date
from types import SimpleNamespace

import pytest

from lingqu.kernel.errors import Invalid, NotFound, Stale
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import Capability, LinkExists, find_epochs, link_terms
from lingqu.modules.network.grants import Granted, grant, revoke
from lingqu.modules.network.links import (
    GrantBody,
    LinkBody,
    LinkEdit,
    LinkQuery,
    add_link,
    edit_link,
    list_links,
    read_link,
)
from lingqu.runtime.tx import Tx

Person = Callable[..., Awaitable[Scope]]
DAY = date(2026, 3, 2)


async def test_a_revoked_grant_is_void_at_the_next_read(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    owner, link_id = await person(chain.distributor), chain.links[1]
    pair = (chain.distributor.id, chain.near.id)
    before = (await find_epochs(tx, cell_id=2, seller_ids=[chain.distributor.id]))[chain.distributor.id]
    link = await grant(
        tx, scope=owner, link_id=link_id, body=GrantBody(capability=Capability.ORDER, product_line_id=chain.milk)
    )
    assert (link.is_ours, {g.line_zh for g in link.grants}) == (True, {None, "纯牛奶"})
    every_line = next(g for g in link.grants if g.capability is Capability.ORDER and g.product_line_id is None)
    link = await revoke(tx, scope=owner, link_id=link_id, grant_id=every_line.id, reason="只卖牛奶")
    assert link.grants[-1].revoked_reason == "只卖牛奶", "revoked ones stay, at the end"
    terms = (await link_terms(tx, pairs=[pair]))[pair]
    assert terms.allows(Capability.ORDER, product_line_id=chain.milk, on=DAY)
    assert not terms.allows(Capability.ORDER, product_line_id=chain.yogurt, on=DAY)
    after = (await find_epochs(tx, cell_id=2, seller_ids=[chain.distributor.id]))[chain.distributor.id]
    assert after == before + 2
    with pytest.raises(NotFound):
        await revoke(tx, scope=owner, link_id=link_id, grant_id=every_line.id, reason="")


async def test_a_grant_is_given_once(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    owner = await person(chain.distributor)
    with pytest.raises(Granted):
        await grant(tx, scope=owner, link_id=chain.links[1], body=GrantBody(capability=Capability.ORDER))
    body = GrantBody(capability=Capability.ORDER, product_line_id=10**9)
    with pytest.raises(NotFound):
        await grant(tx, scope=owner, link_id=chain.links[1], body=body)


async def test_the_buyer_sees_the_link_but_does_not_change_it(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    keeper = await person(chain.near)
    page = await list_links(tx, scope=keeper, query=LinkQuery())
    assert [line.seller_name for line in page.items] == ["杭州经销"]
    sides = {side: await list_links(tx, scope=keeper, query=LinkQuery(side=side)) for side in ("buying", "selling")}
    assert [len(found.items) for found in sides.values()] == [1, 0]
    assert not (await read_link(tx, scope=keeper, link_id=chain.links[1])).is_ours
    with pytest.raises(NotFound):
        await edit_link(tx, scope=keeper, link_id=chain.links[1], version=1, edit=LinkEdit(payment_days=90))


async def test_terms_change_with_the_version(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    owner, pair = await person(chain.distributor), (chain.distributor.id, chain.near.id)
    edit = LinkEdit(payment_days=60, status="suspended", approval_above_minor=500_000)
    after = await edit_link(tx, scope=owner, link_id=chain.links[1], version=1, edit=edit)
    assert (after.payment_days, after.status, after.version) == (60, "suspended", 2)
    assert not (await link_terms(tx, pairs=[pair]))[pair].is_active
    with pytest.raises(Stale):
        await edit_link(tx, scope=owner, link_id=chain.links[1], version=1, edit=edit)
    bad = LinkEdit(valid_until=date(2025, 1, 1))
    with pytest.raises(Invalid):
        await edit_link(tx, scope=owner, link_id=chain.links[1], version=2, edit=bad)


async def test_both_sides_of_a_new_link_stand_below_who_makes_it(
    tx: Tx, chain: SimpleNamespace, person: Person
) -> None:
    brand = await person(chain.brand)
    body = LinkBody(seller_id=chain.brand.id, buyer_id=chain.near.id, valid_from=DAY, grants=[])
    assert (await add_link(tx, scope=brand, body=body)).grants == []
    with pytest.raises(LinkExists):
        await add_link(tx, scope=brand, body=body)
    stranger = LinkBody(seller_id=chain.brand.id, buyer_id=chain.stranger.id, valid_from=DAY)
    with pytest.raises(NotFound):
        await add_link(tx, scope=brand, body=stranger)
    with pytest.raises(Invalid):
        await add_link(
            tx, scope=brand, body=LinkBody(seller_id=chain.brand.id, buyer_id=chain.brand.id, valid_from=DAY)
        )
