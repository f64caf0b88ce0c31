"""Rights to order that begin or end at midnight: what a process remembers honours them, and nothing is read again."""

from datetime import timedelta
from typing import Any

from lingqu.modules.network.api import bump_epochs
from lingqu.modules.orders.market import Market
from lingqu.modules.orders.types import NewLine


async def test_a_remembered_right_begins_and_ends_on_its_day(trade: Any) -> None:
    seller, buyer = trade.seller.id, trade.buyers[0].id
    today = trade.now.date()

    async def plan(tx: Any) -> None:
        await tx.connection.execute(
            "update network.link_grant set valid_from = %s, valid_until = %s where capability = 'order'",
            (today + timedelta(1), today + timedelta(3)),
        )
        await bump_epochs(tx, seller_ids=[seller])

    await trade.run(plan)
    market = Market()
    async with trade.database.begin(now=trade.now) as tx:
        await market.load(tx, [(seller, buyer)])
    line = NewLine(sku_id=trade.skus[0], packs=1)
    faults = []
    for days in range(4):
        quote = market.price(seller_id=seller, buyer_id=buyer, business_on=today + timedelta(days), lines=[line])
        faults.append([fault.code for fault in quote.lines[0].faults])
    assert faults == [["pricing.not-offered"], [], [], ["pricing.not-offered"]]
