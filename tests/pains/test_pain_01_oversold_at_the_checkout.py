"""Pain 1: a rush of buyers is sold more than there is (magento2#6363, nopCommerce#4184, mall#353 and others).

Over HTTP and two processes: `lingqu bench oversell`.
"""

import asyncio
from typing import Any

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.api import Intake
from lingqu.modules.orders.types import Placed


async def test_of_200_buyers_at_two_doors_exactly_50_get_one_and_nothing_stays_promised(trade: Any) -> None:
    await trade.stock(50)
    for buyer in (0, 1):
        await trade.money(1_000_000, buyer=buyer)
    doors = [trade.intake, Intake(trade.database)]

    async def buy(number: int) -> Placed:
        scope = trade.scope(trade.buyers[number % 2])
        placed: Placed = await doors[number // 2 % 2].place(scope=scope, key=trade.new_key(), order=trade.order((0, 1)))
        return placed

    answers = await asyncio.gather(*(buy(number) for number in range(200)), return_exceptions=True)
    await doors[1].drain()

    assert sum(isinstance(answer, Placed) for answer in answers) == 50
    assert [one.code for one in answers if isinstance(one, Refusal)] == ["stock.out-of-stock"] * 150
    assert await trade.on_hand(trade.key()) == (50, 50)
    assert await trade.one("select sum(quantity)::int, count(*)::int from stock.reservation") == (50, 50)
    assert await trade.violations() == {}
