"""Real sessions beside each other: what one commits makes the other's book stale, and of two edits one is stored."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from lingqu.kernel.errors import Stale
from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.network.api import find_epochs, scope_of_party
from lingqu.modules.pricing.api import NewPrice, PriceBook, load_book, refresh, refresh_stale
from lingqu.modules.pricing.edit_price import PriceEdit, edit_price
from lingqu.modules.pricing.edit_price_list import PriceListEdit, edit_price_list
from lingqu.modules.pricing.seller import Seller
from lingqu.modules.pricing.set_prices import set_prices_of
from lingqu.modules.pricing.trade_terms import NewTerms, set_trade_terms
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SEED = (Path(__file__).parent / "seed.sql").read_text(encoding="utf-8")


@pytest.fixture
async def shared(fresh_database: Callable[[], str]) -> AsyncIterator[Database]:
    """Give a database of its own in which seed.sql is committed."""
    database = Database(fresh_database(), clock=lambda: NOW)
    await database.open()
    async with database.begin() as tx:
        await tx.connection.execute(SEED)
    yield database
    await database.close()


async def seller(tx: Tx) -> Scope:
    party = UUID("00000000-0000-7000-8000-000000000006")
    scope = await scope_of_party(tx, actor=Actor(party), permissions=frozenset())
    assert scope is not None
    return scope


def price(book: PriceBook, buyer_id: int = 4) -> int:
    ask = {"seller_id": 3, "buyer_id": buyer_id, "business_on": date(2026, 3, 2), "lines": [(5, 7, 1)]}
    return book.price_lines(**ask).lines[0].price_minor


async def epoch(tx: Tx) -> int:
    return (await find_epochs(tx, cell_id=3, seller_ids=[3]))[3]


async def test_a_changed_price_makes_a_loaded_book_stale_once_it_is_committed(shared: Database) -> None:
    async with shared.begin() as reader, shared.begin() as writer:
        book = await load_book(reader)
        new = NewPrice(sku_id=5, pack_id=7, price_minor=6500, valid_from=date(2026, 1, 1))
        await set_prices_of(writer, scope=await seller(writer), list_id=1, prices=[new])
        assert await epoch(reader) == book.epochs[3]
    async with shared.begin() as reader:
        assert await epoch(reader) > book.epochs[3]
        assert price(book) == 6000
        assert await refresh_stale(reader, book) == [3]
        assert price(book) == 6500
        assert await epoch(reader) == book.epochs[3]


async def test_a_book_loaded_beside_a_change_is_never_taken_for_newer_than_it_is(shared: Database) -> None:
    """Every interleaving of a load with a commit ends in old data with an old epoch, or in a stale epoch."""

    async def write(minor: int) -> None:
        async with shared.begin() as tx:
            new = NewPrice(sku_id=5, pack_id=7, price_minor=minor, valid_from=date(2026, 1, 1))
            await set_prices_of(tx, scope=await seller(tx), list_id=1, prices=[new])

    async def read() -> tuple[PriceBook, int]:
        async with shared.begin() as tx:
            book = await load_book(tx)
        return book, price(book)

    for round_ in range(20):
        minor = 7000 + round_
        _, (book, seen) = await asyncio.gather(write(minor), read())
        async with shared.begin() as tx:
            if book.epochs[3] == await epoch(tx):
                assert seen == minor


async def test_all_who_wait_for_a_load_of_a_seller_share_the_one_that_follows(shared: Database) -> None:
    async with shared.begin() as tx:
        book = await load_book(tx)
        before = book.sellers[3]

    async def renew() -> Seller:
        async with shared.begin() as tx:
            await refresh(tx, book, seller_ids=[3])
        return book.sellers[3]

    async with book.loading:
        waiting = [asyncio.ensure_future(renew()) for _ in range(5)]
        async with shared.begin() as tx:
            new = NewPrice(sku_id=5, pack_id=7, price_minor=6900, valid_from=date(2026, 1, 1))
            await set_prices_of(tx, scope=await seller(tx), list_id=1, prices=[new])
        await asyncio.sleep(0.1)
        assert book.sellers[3] is before
    parts = await asyncio.gather(*waiting)
    assert len({id(part) for part in parts}) == 1
    assert price(book) == 6900
    assert await renew() is not parts[0]


async def test_a_revoked_grant_stops_at_once(shared: Database) -> None:
    async with shared.begin() as tx:
        book = await load_book(tx)
        assert price(book, 5) == 6000
    async with shared.begin() as tx:
        await tx.connection.execute("update network.link_grant set revoked_at = %s where link_id = 4", [NOW])
        await tx.connection.execute("select network.bump_epoch_v1(3, array[3])")
    async with shared.begin() as tx:
        assert await epoch(tx) > book.epochs[3]
        await refresh_stale(tx, book)
    assert (price(book, 5), price(book, 4)) == (0, 6000)


async def test_of_edits_at_the_same_moment_one_is_stored(shared: Database) -> None:
    async def edit_item(minor: int) -> str:
        async with shared.begin() as tx:
            edit = PriceEdit(price_minor=minor)
            return f"{(await edit_price(tx, scope=await seller(tx), item_id=1, if_match=1, edit=edit)).price_minor}"

    async def edit_list(name: str) -> str:
        async with shared.begin() as tx:
            edit = PriceListEdit(name=name)
            return (await edit_price_list(tx, scope=await seller(tx), list_id=1, if_match=1, edit=edit)).name

    async def set_default(minor: int) -> str:
        async with shared.begin() as tx:
            terms = NewTerms(freight_minor=minor)
            return str((await set_trade_terms(tx, scope=await seller(tx), if_match=0, terms=terms)).freight_minor)

    stored = {
        "select price_minor::text from pricing.price_item where id = 1": [edit_item(n) for n in range(6001, 6007)],
        "select name from pricing.price_list where id = 1": [edit_list(f"甲{n}") for n in range(6)],
        "select freight_minor::text from pricing.terms": [set_default(n) for n in range(1, 7)],
    }
    for statement, edits in stored.items():
        answers = await asyncio.gather(*edits, return_exceptions=True)
        winners = [answer for answer in answers if isinstance(answer, str)]
        assert len(winners) == 1
        assert [type(answer) for answer in answers if answer != winners[0]] == [Stale] * 5
        async with shared.begin() as tx:
            assert await (await tx.connection.execute(statement)).fetchall() == [(winners[0],)]
