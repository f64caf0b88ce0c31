"""Pain 7: "insufficient stock" without saying which line and how much there is (saleor#10651, saleor/apps#1175).

The date of the next arrival is not told: purchase orders with a promised date do not exist yet.
"""

from typing import Any

import pytest

from lingqu.kernel.errors import Refusal


async def test_every_short_line_is_named_with_what_was_asked_and_what_is_free(trade: Any) -> None:
    await trade.stock(100)
    await trade.stock(4, sku=1)
    await trade.money(1_000_000)
    order = trade.order((1, 5), (0, 7), (2, 1), (1, 2))
    with pytest.raises(Refusal) as refused:
        await trade.intake.place(scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=order)
    assert refused.value.code == "stock.out-of-stock"
    assert [(error.path, error.facts) for error in refused.value.errors] == [
        ("/lines/0", {"line_no": 1, "sku_id": trade.skus[1], "asked": 5, "free": 4}),
        ("/lines/2", {"line_no": 3, "sku_id": trade.skus[2], "asked": 1, "free": 0}),
        ("/lines/3", {"line_no": 4, "sku_id": trade.skus[1], "asked": 2, "free": 0}),
    ]
    first = refused.value.errors[0]
    assert first.words.say("en", first.facts) == "Asked 5, free 4."
    assert first.words.say("zh", first.facts) == "需要 5，可用 4。"
