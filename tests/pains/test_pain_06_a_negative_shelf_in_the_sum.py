"""Pain 6: one warehouse below zero makes the goods of the others unsellable (saleor#17170)."""

from datetime import date
from typing import Any

import psycopg
import pytest

from lingqu.modules.network.api import BinState, NewNode, add_nodes
from lingqu.modules.stock.api import Claim, Receipt, key_of, receive, reserve
from lingqu.modules.stock.list_stock import StockQuery, list_stock


async def test_each_shelf_is_clamped_before_the_sum_and_none_can_go_below_zero(trade: Any) -> None:
    await trade.stock(10, lot="OLD", expires_on=date(2026, 3, 3))
    (branch,) = await trade.run(
        lambda tx: add_nodes(
            tx, nodes=[NewNode(organization_id=trade.seller.id, home_cell=3, kind="shop", code="2", name="二店")]
        )
    )
    there = key_of(bin_id=branch.bins[BinState.SELLABLE], sku_id=trade.skus[0])
    receipt = Receipt(trade.seller.party_id, 1, there, 7, "NEW", date(2026, 1, 1), date(2029, 1, 1), 700)
    await trade.run(
        lambda tx: receive(
            tx, cell_id=3, document_kind="opening", receipts=[receipt], business_on=trade.today, user_id=None
        )
    )
    claim = Claim(trade.seller.party_id, 1, trade.key(), 4)
    await trade.run(lambda tx: reserve(tx, cell_id=trade.cell, claims=[claim]))

    listed = await trade.run(
        lambda tx: list_stock(tx, scope=trade.scope(trade.seller), query=StockQuery(), today=date(2026, 3, 3))
    )
    lines = {line.node_id: line for line in listed.items}
    first, second = lines[trade.seller.node_id], lines[branch.id]
    assert (first.on_hand, first.reserved, first.expired, first.free) == (10, 4, 10, 0), "not -4"
    assert second.free == 7
    with pytest.raises(psycopg.errors.CheckViolation):
        await trade.one("update stock.balance set on_hand = -1, reserved = 0 where key = %s returning 1", there)
