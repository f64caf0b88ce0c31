"""Pain 8: the stock of a separate company is used without its consent (saleor#9970, #12888).

Stock is shared by nobody yet: a seller sells what lies in its own bins, and shows only what its links grant.
"""

from typing import Any

import pytest

from lingqu.kernel.errors import Refusal
from lingqu.modules.stock.api import Receipt, receive
from lingqu.modules.stock.list_stock import StockQuery, list_stock
from lingqu.modules.stock.request_transfer import NewTransfer, NewTransferLine, request_transfer


async def test_a_seller_without_goods_sells_nothing_of_its_maker(trade: Any) -> None:
    receipt = Receipt(trade.maker.party_id, 1, trade.key(0, trade.maker), 100, "L", None, None, 100)
    await trade.run(
        lambda tx: receive(
            tx,
            cell_id=trade.maker.home_cell,
            document_kind="opening",
            receipts=[receipt],
            business_on=trade.today,
            user_id=None,
        )
    )
    await trade.money(1_000_000)
    with pytest.raises(Refusal) as refused:
        await trade.intake.place(scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 1)))
    assert refused.value.errors[0].facts["free"] == 0
    for stranger in (trade.buyers[0], trade.seller):
        seen = await trade.run(
            lambda tx, who=stranger: list_stock(tx, scope=trade.scope(who), query=StockQuery(), today=trade.today)
        )
        assert seen.items == []
    new = NewTransfer(
        from_node_id=trade.maker.node_id,
        to_node_id=trade.seller.node_id,
        lines=[NewTransferLine(sku_id=trade.skus[0], quantity=1)],
    )
    with pytest.raises(Refusal) as taken:
        await trade.run(lambda tx: request_transfer(tx, scope=trade.scope(trade.seller), new=new), who=trade.seller)
    assert taken.value.code == "common.not-found"
    assert await trade.on_hand(trade.key(0, trade.maker), trade.maker.home_cell) == (100, 0)
