from datetime import date
from types import SimpleNamespace

import pytest

from lingqu.modules.network.api import (
    Capability,
    LinkExists,
    NewGrant,
    NewLink,
    add_links,
    bump_epochs,
    find_epochs,
    link_terms,
)
from lingqu.runtime.tx import Tx

DAY = date(2026, 3, 2)


async def test_a_link_tells_how_two_trade(tx: Tx, chain: SimpleNamespace) -> None:
    (link_id,) = await add_links(
        tx,
        links=[
            NewLink(
                seller_id=chain.stranger.id,
                buyer_id=chain.near.id,
                valid_from=date(2026, 3, 1),
                valid_until=date(2026, 4, 1),
                shortage_policy="take-free",
                title_passes="receipt",
                approval_hours=12,
                payment_days=30,
                approval_above_minor=100_000,
                grants=(NewGrant(Capability.ORDER, chain.milk), NewGrant(Capability.SEE_STOCK)),
            )
        ],
    )
    pair = (chain.stranger.id, chain.near.id)
    terms = (await link_terms(tx, pairs=[pair, (chain.near.id, chain.stranger.id)]))[pair]
    assert terms.id == link_id
    assert (terms.shortage_policy, terms.title_passes, terms.approval_hours) == ("take-free", "receipt", 12)
    assert (terms.payment_days, terms.approval_above_minor, terms.is_active) == (30, 100_000, True)
    assert terms.allows(Capability.ORDER, product_line_id=chain.milk, on=DAY)
    assert not terms.allows(Capability.ORDER, product_line_id=chain.yogurt, on=DAY)
    assert not terms.allows(Capability.ORDER, product_line_id=chain.milk, on=date(2026, 4, 1)), "half-open"
    assert not terms.allows(Capability.ORDER, product_line_id=chain.milk, on=date(2026, 2, 28))
    assert terms.allows(Capability.SEE_STOCK, product_line_id=chain.yogurt, on=DAY), "no line means every line"
    assert not terms.allows(Capability.RETURN, product_line_id=chain.milk, on=DAY)


async def test_two_are_linked_once(tx: Tx, chain: SimpleNamespace) -> None:
    with pytest.raises(LinkExists):
        await add_links(tx, links=[NewLink(seller_id=chain.distributor.id, buyer_id=chain.near.id, valid_from=DAY)])


async def test_epochs_rise_once_a_bump_in_the_sellers_cell(tx: Tx, chain: SimpleNamespace) -> None:
    ids = [chain.distributor.id, chain.near.id]
    assert await find_epochs(tx, cell_id=2, seller_ids=ids) == {chain.distributor.id: 1, chain.near.id: 0}
    await bump_epochs(tx, seller_ids=[chain.distributor.id, chain.brand.id, chain.distributor.id])
    assert await find_epochs(tx, cell_id=2, seller_ids=ids) == {chain.distributor.id: 2, chain.near.id: 0}
    assert await find_epochs(tx, cell_id=1, seller_ids=[chain.brand.id]) == {chain.brand.id: 2}
