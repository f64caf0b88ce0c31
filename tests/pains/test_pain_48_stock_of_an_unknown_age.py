"""Pain 48: at the peak the stock that is shown lags behind, and nobody can tell (a buyer's review of a peer)."""

from datetime import timedelta
from typing import Any

from lingqu.modules.stock.list_stock import StockQuery, list_stock, read_stock


async def test_every_answer_says_as_of_when_and_already_knows_the_last_order(trade: Any) -> None:
    await trade.stock(10)
    await trade.money(100_000)
    scope = trade.scope(trade.seller)

    async def both() -> list[Any]:
        listed = await trade.run(lambda tx: list_stock(tx, scope=scope, query=StockQuery(), today=trade.today))
        one = await trade.run(
            lambda tx: read_stock(
                tx, scope=scope, node_id=trade.seller.node_id, sku_id=trade.skus[0], today=trade.today
            )
        )
        return [*listed.items, one]

    for ordered in range(1, 4):
        trade.wait(timedelta(seconds=1))
        await trade.intake.place(scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 1)))
        assert [(line.as_of, line.free) for line in await both()] == [(trade.now, 10 - ordered)] * 2
