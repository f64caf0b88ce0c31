from datetime import date
from types import SimpleNamespace

import pytest

from lingqu.kernel.errors import NotFound, Stale
from lingqu.modules.pricing.api import Quote, load_book
from lingqu.modules.pricing.order_rules import NewOrderRule, OrderRuleQuery, list_order_rules, set_order_rule
from lingqu.modules.pricing.trade_terms import NewTerms, TermsQuery, list_trade_terms, set_trade_terms
from lingqu.runtime.tx import Tx


async def quoted(tx: Tx, packs: int, *, buyer_id: int = 4) -> Quote:
    book = await load_book(tx, seller_ids=[3])
    return book.price_lines(seller_id=3, buyer_id=buyer_id, business_on=date(2026, 3, 2), lines=[(5, 7, packs)])


async def test_a_buyers_own_terms_stand_over_the_default(seeded: Tx, world: SimpleNamespace) -> None:
    scope = world.distributor
    default = NewTerms(minimum_minor=7000, freight_minor=500, free_freight_from_minor=12_000)
    await set_trade_terms(seeded, scope=scope, if_match=0, terms=default)
    await set_trade_terms(seeded, scope=scope, if_match=0, terms=NewTerms(buyer_id=5, freight_minor=800))
    first, second, other = await quoted(seeded, 1), await quoted(seeded, 2), await quoted(seeded, 1, buyer_id=5)
    assert [(q.freight_minor, [fault.code for fault in q.faults]) for q in (first, second, other)] == [
        (500, ["pricing.below-minimum-amount"]),
        (0, []),
        (800, []),
    ]
    with pytest.raises(NotFound):
        await set_trade_terms(seeded, scope=scope, if_match=0, terms=NewTerms(buyer_id=2))


async def test_terms_of_another_version_are_not_overwritten(seeded: Tx, world: SimpleNamespace) -> None:
    scope = world.distributor
    with pytest.raises(Stale):
        await set_trade_terms(seeded, scope=scope, if_match=1, terms=NewTerms(freight_minor=1))
    made = await set_trade_terms(seeded, scope=scope, if_match=0, terms=NewTerms(freight_minor=1))
    with pytest.raises(Stale):
        await set_trade_terms(seeded, scope=scope, if_match=0, terms=NewTerms(freight_minor=2))
    changed = await set_trade_terms(seeded, scope=scope, if_match=made.version, terms=NewTerms(freight_minor=3))
    assert (changed.version, changed.freight_minor) == (2, 3)
    assert [c.after.freight_minor for c in seeded.changes] == [1, 3]
    listed = await list_trade_terms(seeded, scope=world.dealer, query=TermsQuery())
    assert listed.items == []


async def test_a_minimum_and_a_multiple_hold_for_a_sku(seeded: Tx, world: SimpleNamespace) -> None:
    rule = NewOrderRule(min_quantity=24, multiple_of=24)
    scope = world.distributor
    await set_order_rule(seeded, scope=scope, sku_id=5, if_match=0, rule=rule)
    assert [[f.code for f in (await quoted(seeded, packs)).lines[0].faults] for packs in (1, 2, 3)] == [
        ["pricing.below-minimum", "pricing.not-a-multiple"],
        [],
        ["pricing.not-a-multiple"],
    ]
    with pytest.raises(Stale):
        await set_order_rule(seeded, scope=scope, sku_id=5, if_match=0, rule=NewOrderRule())
    await set_order_rule(seeded, scope=scope, sku_id=5, if_match=1, rule=NewOrderRule())
    assert (await quoted(seeded, 1)).is_sellable
    listed = await list_order_rules(seeded, scope=scope, query=OrderRuleQuery())
    assert [(one.id, one.version) for one in listed.items] == [("3:5", 2)]
