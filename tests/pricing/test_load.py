from datetime import date

from lingqu.modules.pricing.api import Part, PriceBook, load_book, refresh, refresh_stale
from lingqu.runtime.tx import Tx

DAY = date(2026, 3, 2)


def price(book: PriceBook, packs: int, *, buyer_id: int = 4, day: date = DAY) -> int:
    return book.price_lines(seller_id=3, buyer_id=buyer_id, business_on=day, lines=[(5, 7, packs)]).lines[0].price_minor


async def test_a_loaded_book_prices_as_the_tables_say(seeded: Tx) -> None:
    book = await load_book(seeded)
    assert [price(book, packs) for packs in (1, 4, 5, 10)] == [6000, 6000, 5000, 5000]
    assert price(book, 10, day=date(2026, 4, 1)) == 5800
    assert book.epochs == {1: 0, 2: 0, 3: 41}


async def test_a_draft_is_no_price(seeded: Tx) -> None:
    quote = (await load_book(seeded)).quote(seller_id=3, buyer_id=4, business_on=DAY, lines=[(5, 7, 1)])
    assert {step.list_code for step in quote.lines[0].trace} == {"BASE", "HUNAN"}


async def test_a_book_of_some_packs_knows_only_those(seeded: Tx) -> None:
    book = await load_book(seeded, seller_ids=[3], part=Part(pack_ids=[6]))
    assert set(book.packs) == {6, 7}
    assert book.base_packs == {5: 6}
    assert book.quote(seller_id=3, buyer_id=4, business_on=DAY, lines=[(5, 7, 1)]).lines[0].item_id is None
    assert list(book.sellers) == [3]


async def test_refresh_reads_one_seller_anew(seeded: Tx) -> None:
    book = await load_book(seeded)
    await seeded.connection.execute("update pricing.price_item set price_minor = 6100 where id = 1")
    await seeded.connection.execute("select network.bump_epoch_v1(3, array[3])")
    assert price(book, 1) == 6000
    assert await refresh_stale(seeded, book) == [3]
    assert price(book, 1) == 6100
    assert book.epochs[3] == 42
    assert await refresh_stale(seeded, book) == []


async def test_refresh_drops_what_is_gone(seeded: Tx) -> None:
    await seeded.connection.execute(
        "insert into pricing.resale_limit (setter_id, sku_id, pack_id, seller_kind, channel, currency, is_tax_included,"
        " floor_minor, valid_from) values (1, 5, 7, 'distributor', 'trade', 'CNY', true, 6001, '2026-01-01')"
    )
    book = await load_book(seeded)
    ask = {"seller_id": 3, "business_on": DAY, "lines": [(5, 7, 1)]}
    assert [f.code for f in book.price_lines(buyer_id=4, **ask).lines[0].faults] == ["pricing.below-floor"]
    await seeded.connection.execute("delete from pricing.resale_limit")
    await seeded.connection.execute("update network.link_grant set revoked_at = '2026-03-01Z' where link_id = 4")
    await refresh(seeded, book, seller_ids=[3])
    assert book.price_lines(buyer_id=4, **ask).lines[0].faults == ()
    assert [f.code for f in book.price_lines(buyer_id=5, **ask).lines[0].faults] == ["pricing.not-offered"]


async def test_a_seller_without_prices_can_be_asked_for_by_name(seeded: Tx) -> None:
    book = await load_book(seeded, seller_ids=[5])
    quote = book.price_lines(seller_id=5, buyer_id=None, business_on=DAY, lines=[(5, 7, 1)])
    assert [f.code for f in quote.lines[0].faults] == ["pricing.unknown-pack"]


async def test_a_book_of_some_buyers_prices_for_them_as_the_whole_one_does(seeded: Tx) -> None:
    await seeded.connection.execute(
        "insert into pricing.assignment (list_id, audience, organization_id) values (1, 'organization', 4),"
        " (1, 'organization', 5)"
    )
    await seeded.connection.execute("insert into pricing.terms (seller_id, buyer_id, freight_minor) values (3, 4, 7)")
    whole = await load_book(seeded)
    part = await load_book(seeded, seller_ids=[3], part=Part(pack_ids=[7], buyer_ids=[4]))
    ask = {"seller_id": 3, "buyer_id": 4, "business_on": DAY, "lines": [(5, 7, 6)]}
    assert part.quote(**ask) == whole.quote(**ask)
    assert part.quote(**ask).freight_minor == 7
    assert list(part.sellers[3].links) == [4]
    assert {a.organization_id for a, _ in part.sellers[3].assignments} == {None, 4}
