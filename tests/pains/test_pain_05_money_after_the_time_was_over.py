"""Pain 5: a payment arrives after its order has expired, and the money or the goods are lost (seckill#41).

Money is held at placing here, so what comes late is an approval, or money on the buyer's account: the one is refused,
the other stays the buyer's.
"""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from lingqu.kernel.errors import Refusal
from lingqu.modules.ledger.pay import Payment, pay_in
from lingqu.modules.orders.approve import approve
from lingqu.modules.orders.expire import expire_due
from tests.orders.life import Life


async def test_the_late_yes_is_refused_and_the_money_stays_the_buyers(trade: Any) -> None:
    async def limit(tx: Any) -> None:
        await tx.connection.execute("update network.trade_link set approval_above_minor = 0, approval_hours = 1")

    await trade.run(limit)
    await trade.stock(10)
    account = await trade.money(10_000)
    buyer = trade.scope(trade.buyers[0])
    placed = await trade.intake.place(scope=buyer, key=trade.new_key(), order=trade.order((0, 10)))
    life = Life(trade, placed.id)
    assert await trade.balance(account) == (10_000, 10_000)
    trade.wait(timedelta(hours=1))
    await trade.run(lambda tx: expire_due(tx, cell_id=trade.cell))
    assert await trade.balance(account) == (10_000, 0)

    seller = replace(trade.scope(trade.seller), permissions=trade.scope(trade.seller).permissions | {"ledger.pay"})
    payment = Payment(buyer_id=trade.buyers[0].id, amount_minor=10_000, memo="late")
    await trade.run(lambda tx: pay_in(tx, scope=seller, payment=payment), who=trade.seller)
    for step in (lambda tx: approve(tx, scope=seller, order_id=life.id),):
        with pytest.raises(Refusal):
            await trade.run(step, who=trade.seller)
    for late in (life.confirm, life.ship):
        with pytest.raises(Refusal):
            await late()

    assert (await life.read(trade.buyers[0])).status == "expired"
    assert await trade.on_hand(trade.key()) == (10, 0)
    assert await trade.balance(account) == (20_000, 0)
    again = await trade.intake.place(
        scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 10))
    )
    assert again.status == "placed"
    assert await trade.balance(account) == (20_000, 10_000)
    assert await trade.violations() == {}
