"""The shelf: a buyer's own prices and what is free, never older than it says."""

from datetime import timedelta
from typing import Any

import pytest

from lingqu.kernel.errors import NotFound
from lingqu.modules.network.api import bump_epochs
from lingqu.modules.orders.prepare import NoLink
from lingqu.modules.orders.shelf import Shelf, ShelfPage, ShelfQuery


@pytest.fixture
def shelf(trade: Any) -> Shelf:
    return Shelf(trade.database, trade.intake.market)


async def _read(shelf: Shelf, trade: Any, *skus: int, who: Any = None, **more: Any) -> ShelfPage:
    ids = ",".join(str(trade.skus[sku]) for sku in skus)
    query = ShelfQuery(seller_id=trade.seller.id, sku_ids=ids, **more)
    return await shelf.read(scope=trade.scope(who or trade.buyers[0]), query=query)


async def test_a_buyer_sees_its_price_and_what_is_free(trade: Any, shelf: Shelf) -> None:
    await trade.stock(100)
    await trade.money(50_000)
    page = await _read(shelf, trade, 1, 0)
    assert [(item.sku_id, item.free) for item in page.items] == [(trade.skus[1], 0), (trade.skus[0], 100)]
    quote = trade.intake.market.price(
        seller_id=trade.seller.id,
        buyer_id=trade.buyers[0].id,
        business_on=trade.today,
        lines=trade.order((1, 1), (0, 1)).lines,
    )
    assert [item.price_minor for item in page.items] == [line.price_minor for line in quote.lines]
    assert all(item.faults == () for item in page.items)
    assert page.currency == quote.currency


async def test_what_was_sold_shows_when_the_memory_is_old(trade: Any, shelf: Shelf) -> None:
    await trade.stock(100)
    await trade.money(50_000)
    assert (await _read(shelf, trade, 0)).items[0].free == 100
    await trade.intake.place(scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 7)))
    remembered = await _read(shelf, trade, 0)
    assert remembered.items[0].free == 100, "within half a second from memory"
    trade.wait(timedelta(seconds=1))
    looked = await _read(shelf, trade, 0)
    assert looked.items[0].free == 93
    assert looked.as_of > remembered.as_of


async def test_a_price_that_moved_shows_when_the_memory_is_old(trade: Any, shelf: Shelf) -> None:
    before = (await _read(shelf, trade, 0)).items[0].price_minor
    async with trade.database.begin() as tx:
        await tx.connection.execute("update pricing.price_item set price_minor = price_minor + 11")
        await bump_epochs(tx, seller_ids=[trade.seller.id])
    trade.wait(timedelta(seconds=1))
    assert (await _read(shelf, trade, 0)).items[0].price_minor == before + 11


async def test_a_seller_that_does_not_show_its_stock_tells_no_number(trade: Any, shelf: Shelf) -> None:
    await trade.stock(100)
    assert (await _read(shelf, trade, 0)).items[0].free == 100
    async with trade.database.begin() as tx:
        await tx.connection.execute("update network.link_grant set revoked_at = now() where capability = 'see-stock'")
        await bump_epochs(tx, seller_ids=[trade.seller.id])
    trade.wait(timedelta(seconds=1))
    assert (await _read(shelf, trade, 0)).items[0].free is None
    own = await _read(shelf, trade, 0, who=trade.seller, buyer_id=trade.buyers[0].id)
    assert own.items[0].free == 100, "the seller itself sees it"


async def test_what_is_not_offered_is_not_there(trade: Any, shelf: Shelf) -> None:
    query = ShelfQuery(seller_id=trade.seller.id, sku_ids=f"{trade.skus[0]},999999")
    page = await shelf.read(scope=trade.scope(trade.buyers[0]), query=query)
    assert [item.sku_id for item in page.items] == [trade.skus[0]]
    async with trade.database.begin() as tx:
        await tx.connection.execute("update network.link_grant set revoked_at = now() where capability = 'order'")
        await bump_epochs(tx, seller_ids=[trade.seller.id])
    trade.wait(timedelta(seconds=1))
    assert (await _read(shelf, trade, 0)).items == []


async def test_nobody_looks_for_another_or_without_a_link(trade: Any, shelf: Shelf) -> None:
    with pytest.raises(NotFound):
        await _read(shelf, trade, 0, who=trade.buyers[1], buyer_id=trade.buyers[0].id)
    with pytest.raises(NoLink):
        await _read(shelf, trade, 0, who=trade.maker)


async def test_a_memory_that_is_full_keeps_what_is_fresh(
    trade: Any, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    await trade.stock(100)
    monkeypatch.setattr("lingqu.modules.orders.shelf._MOST", 0)
    assert (await _read(shelf, trade, 0)).items[0].free == 100
    both = await _read(shelf, trade, 0, 1)
    assert [item.free for item in both.items] == [100, 0]
