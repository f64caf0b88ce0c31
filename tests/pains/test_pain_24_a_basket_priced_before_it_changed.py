"""Pain 24: the basket changed after it was priced, and the old price or coupon still counts (gosoon60/doc#1)."""

from typing import Any

import pytest

from lingqu.kernel.errors import Refusal


async def test_what_was_shown_must_be_what_is_placed(trade: Any) -> None:
    await trade.stock(100)
    account = await trade.money(50_000)
    scope = trade.scope(trade.buyers[0])
    shown = 2_000
    with pytest.raises(Refusal) as refused:
        await trade.intake.place(
            scope=scope, key=trade.new_key(), order=trade.order((0, 3), expected_total_minor=shown)
        )
    assert refused.value.code == "pricing.changed"
    assert refused.value.facts == {"expected_minor": 2_000, "total_minor": 3_000}
    assert await trade.balance(account) == (50_000, 0)
    assert await trade.on_hand(trade.key()) == (100, 0)


async def test_a_key_is_bound_to_the_basket_it_was_made_for(trade: Any) -> None:
    await trade.stock(100)
    account = await trade.money(50_000)
    scope, key = trade.scope(trade.buyers[0]), trade.new_key()
    await trade.intake.place(scope=scope, key=key, order=trade.order((0, 2), expected_total_minor=2_000))
    with pytest.raises(Refusal) as refused:
        await trade.intake.place(scope=scope, key=key, order=trade.order((0, 9)))
    assert refused.value.code == "common.key-reused"
    assert await trade.balance(account) == (50_000, 2_000)
    assert await trade.on_hand(trade.key()) == (100, 2)
