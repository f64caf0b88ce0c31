from datetime import date
from types import SimpleNamespace

import pytest

from lingqu.kernel.errors import NotFound
from lingqu.modules.pricing.ask_quote import QuoteAsk, QuoteLine, ask_quote
from lingqu.modules.pricing.list_offers import OfferQuery, list_offers
from lingqu.runtime.tx import Tx

LINES = (QuoteLine(sku_id=5, pack_id=7, packs=6),)


async def test_both_sides_read_one_price_and_each_its_own_trace(seeded: Tx, world: SimpleNamespace) -> None:
    await seeded.connection.execute("update pricing.assignment set audience = 'level', level = 'silver' where id = 1")
    ask = QuoteAsk(seller_id=3, buyer_id=4, lines=LINES)
    seller = await ask_quote(seeded, scope=world.distributor, ask=ask)
    buyer = await ask_quote(seeded, scope=world.dealer, ask=ask)
    assert (seller.total_minor, buyer.total_minor, buyer.business_on) == (33900, 33900, date(2026, 3, 2))
    assert [step.lost_on for step in seller.lines[0].trace] == ["level", "level", ""]
    assert [step.lost_on for step in buyer.lines[0].trace] == [""]


async def test_only_the_two_sides_may_ask(seeded: Tx, world: SimpleNamespace) -> None:
    for ask in (QuoteAsk(seller_id=3, buyer_id=5, lines=LINES), QuoteAsk(seller_id=3, lines=LINES)):
        with pytest.raises(NotFound):
            await ask_quote(seeded, scope=world.dealer, ask=ask)


async def test_a_past_day_is_quoted_as_it_was(seeded: Tx, world: SimpleNamespace) -> None:
    ask = QuoteAsk(seller_id=3, buyer_id=4, lines=LINES, business_on=date(2026, 4, 1))
    assert (await ask_quote(seeded, scope=world.dealer, ask=ask)).lines[0].price_minor == 6000


async def test_offers_show_each_tier_once(seeded: Tx, world: SimpleNamespace) -> None:
    listed = await list_offers(seeded, scope=world.dealer, query=OfferQuery())
    assert [(offer.id, [(t.min_packs, t.price_minor) for t in offer.tiers]) for offer in listed.items] == [
        ("3:7", [(1, 6000), (5, 5000)])
    ]
    later = await list_offers(seeded, scope=world.dealer, query=OfferQuery(business_on=date(2026, 4, 1)))
    assert [(t.min_packs, t.price_minor) for t in later.items[0].tiers] == [(1, 6000), (10, 5800)]
    sold = await list_offers(seeded, scope=world.distributor, query=OfferQuery(sort="code"))
    assert [offer.buyer_id for offer in sold.items] == [4, 5]
