"""Pain 3: reservations that stay behind after cancel, edit or shipping (medusa#13633 #9477, OCA stock#75).

The model of every step is in tests/orders/test_machine.py; here long lives run into each other and time passes.
"""

import random
from datetime import timedelta
from typing import Any

import pytest

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.allocate import allocate
from lingqu.modules.orders.expire import expire_due
from tests.orders.life import Life

_PROMISED = """
select coalesce((select sum(reserved) from stock.balance), 0)::int,
       coalesce((select sum(quantity) from stock.reservation), 0)::int,
       coalesce((select sum(reserved) from orders.line), 0)::int
"""
_OPEN = "select coalesce(sum(l.reserved), 0)::int from orders.line l join orders.order o on o.id = l.order_id where "

_STEPS = {"place": 4, "confirm": 6, "ship": 6, "cancel": 2, "restock": 3, "allocate": 7, "expire": 1}
"""Each step and how often it is tried."""


@pytest.mark.parametrize("seed", range(4))
async def test_what_is_promised_is_what_open_lines_hold_after_every_step(trade: Any, seed: int) -> None:
    dice = random.Random(seed)

    async def limit(tx: Any) -> None:
        await tx.connection.execute("update network.trade_link set approval_above_minor = 15000, approval_hours = 1")

    await trade.run(limit)
    await trade.stock(10)
    await trade.money(10_000_000)
    lives: list[Life] = []
    taken = dict.fromkeys(_STEPS, 0)
    for number in range(150):
        (name,) = dice.choices(list(_STEPS), list(_STEPS.values()))
        try:
            await _take(trade, dice, lives, name)
            taken[name] += 1
        except Refusal:
            pass
        balance, reservations, lines = await trade.one(_PROMISED)
        assert balance == reservations == lines, f"after step {number}, {name}"
        assert await trade.one(_OPEN + "o.status in ('cancelled', 'expired', 'completed')") == 0
    assert min(taken.values()) > 0, taken
    assert await trade.violations() == {}


async def _take(trade: Any, dice: random.Random, lives: list[Life], name: str) -> None:
    if name == "place":
        order = trade.order(
            (0, dice.randint(3, 20)), shortage_policy=dice.choice(["back-order", "back-order", "take-free"])
        )
        placed = await trade.intake.place(scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=order)
        lives.append(Life(trade, placed.id))
        return
    if name == "restock":
        await trade.stock(7)
        return
    if name == "expire":
        trade.wait(timedelta(minutes=20))
        await trade.run(lambda tx: expire_due(tx, cell_id=trade.cell))
        return
    if name == "allocate":
        owed = await trade.one("select order_id from orders.line where back_ordered > 0 order by order_id limit 1")
        if owed is None:
            raise Refusal
        scope = trade.scope(trade.seller)
        await trade.run(lambda tx: allocate(tx, scope=scope, order_id=owed), who=trade.seller)
        return
    if not lives:
        raise Refusal
    life = dice.choice(lives[-6:])
    if name == "confirm":
        await life.confirm()
    elif name == "ship":
        await life.ship((1, dice.randint(1, 5)))
    else:
        await life.cancel(dice.choice([trade.seller, trade.buyers[0]]))
