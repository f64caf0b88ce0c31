"""Pain 33: returned quantities are not tracked against what was bought (erpnext#12223 #20100 #16489).

A return names one order; one return over many orders is not built yet.
"""

import asyncio
from typing import Any

import pytest

from lingqu.kernel.errors import Refusal
from tests.orders.life import Life


async def test_open_and_finished_returns_together_never_pass_what_was_received(trade: Any) -> None:
    await trade.stock(10)
    account = await trade.money(10_000)
    placed = await trade.intake.place(
        scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 10))
    )
    life = Life(trade, placed.id)
    await life.confirm()
    sent = await life.ship()
    await life.receive(sent.document_id, (1, 8, "two are missing"))
    asked = await asyncio.gather(*(life.give_back((1, 3)) for _ in range(6)), return_exceptions=True)
    granted = [one for one in asked if not isinstance(one, BaseException)]
    assert len(granted) == 2, "3 + 3 of the 8 received; a third would pass them"
    assert {one.code for one in asked if isinstance(one, Refusal)} == {"orders.too-many"}
    for one in granted:
        await life.accept(one.document_id)
    with pytest.raises(Refusal) as again:
        await life.accept(granted[0].document_id)
    assert again.value.code == "orders.return-decided"
    with pytest.raises(Refusal) as refused:
        await life.give_back((1, 3))
    assert refused.value.facts == {"line_no": 1, "asked": 3, "possible": 2}
    await life.accept((await life.give_back((1, 2))).document_id)
    assert await trade.on_hand(trade.key()) == (8, 0)
    assert await trade.balance(account) == (10_000, 0), "all that arrived went back, and nothing else was paid"
    assert await trade.violations() == {}
