"""Pain 25: the credit limit is passed by drafts, by closing and reopening, or by ordering at once (erpnext#33967)."""

import asyncio
from typing import Any

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.drafts import save_draft
from lingqu.modules.orders.types import Placed
from tests.orders.life import Life


async def test_of_many_orders_at_once_only_what_the_limit_reaches_is_placed(trade: Any) -> None:
    await trade.stock(1_000)
    account = await trade.money(0, kind="credit", floor=-5_500)
    scope = trade.scope(trade.buyers[0])
    answers = await asyncio.gather(
        *(trade.intake.place(scope=scope, key=trade.new_key(), order=trade.order((0, 1))) for _ in range(40)),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, Placed) for answer in answers) == 5
    assert {one.code for one in answers if isinstance(one, Refusal)} == {"orders.money-short"}
    assert await trade.balance(account) == (0, 5_000)
    assert await trade.violations() == {}


async def test_no_step_of_an_orders_life_makes_room_twice(trade: Any) -> None:
    await trade.stock(1_000)
    account = await trade.money(0, kind="credit", floor=-10_000)
    scope = trade.scope(trade.buyers[0])

    async def place(units: int, **given: Any) -> Life | str:
        try:
            placed = await trade.intake.place(scope=scope, key=trade.new_key(), order=trade.order((0, units), **given))
        except Refusal as refusal:
            return refusal.code
        return Life(trade, placed.id)

    async def draft(tx: Any) -> Any:
        return await save_draft(tx, scope=scope, content=trade.order((0, 500)))

    kept = await trade.run(draft, who=trade.buyers[0])
    assert await place(500, draft_id=kept.id) == "orders.money-short", "a draft was never checked, the order is"
    first = await place(6)
    assert isinstance(first, Life)
    assert await place(5) == "orders.money-short"
    await first.cancel(trade.buyers[0])
    second = await place(10)
    assert isinstance(second, Life)
    await second.confirm()
    sent = await second.ship((1, 4))
    assert await trade.balance(account) == (-4_000, 6_000)
    assert await place(1) == "orders.money-short", "what is owed counts as what is held did"
    await second.cancel(trade.seller)
    assert await trade.balance(account) == (-4_000, 0)
    await second.receive(sent.document_id)
    assert isinstance(await place(6, shortage_policy="back-order"), Life)
    assert await place(1, shortage_policy="back-order") == "orders.money-short"
    assert await trade.violations() == {}
