"""Each check of orders finds the row that a test corrupts, and nothing before."""

from typing import Any

import pytest

from lingqu.modules.orders.api import (
    Asked,
    Confirmation,
    LineChange,
    NewShipment,
    OrderChange,
    change,
    confirm,
    ship,
)

_ALTER = (
    ("orders.totals-add-up", "update orders.line set tax_minor = tax_minor + 1"),
    ("orders.payments-cover", "update orders.payment set amount_minor = amount_minor + 1"),
    ("orders.goods-are-reserved", "update stock.reservation set quantity = quantity + 1 where quantity > 0"),
    ("orders.money-is-held", "update ledger.hold set amount = amount + 1"),
    ("orders.money-is-posted", "update ledger.posting set amount = amount + 1 where line_no = 1"),
    ("orders.shipments-add-up", "update orders.shipment_line set quantity = quantity + 1"),
    ("orders.changes-are-steps", "update orders.revision set version = version + 1"),
    (
        "orders.parts-belong",
        "insert into routing.part select cell_id, order_id, 2, 1 from orders.line",
    ),
    ("orders.rows-belong", "update orders.line set pack_id = pack_id + 1000000"),
    ("orders.rows-belong", "update orders.line set supplier_id = 2000000000"),
    ("orders.rows-belong", "update orders.shipment_line set shipment_id = uuidv7()"),
)


@pytest.mark.parametrize(("name", "statement"), _ALTER)
async def test_a_corrupt_row_is_found(trade: Any, name: str, statement: str) -> None:
    await trade.stock(20)
    await trade.money(100_000)
    buyer, seller = trade.scope(trade.buyers[0]), trade.scope(trade.seller)
    placed = await trade.intake.place(scope=buyer, key=trade.new_key(), order=trade.order((0, 10)))
    confirmation = Confirmation(order_id=placed.id)
    await trade.run(lambda tx: confirm(tx, scope=seller, confirmations=[confirmation]), who=trade.seller)
    shipment = NewShipment(order_id=placed.id, lines=None)
    await trade.run(lambda tx: ship(tx, scope=seller, shipments=[shipment]), who=trade.seller)
    other = await trade.intake.place(scope=buyer, key=trade.new_key(), order=trade.order((0, 3)))
    asked = Asked(order_id=other.id, change=OrderChange(lines=[LineChange(line_no=1, packs=2)]), if_match=1)
    await trade.run(lambda tx: change(tx, scope=buyer, asked=asked), who=trade.buyers[0])
    assert await trade.violations() == {}

    async def corrupt(tx: Any) -> None:
        await tx.connection.execute(statement)

    await trade.run(corrupt)
    assert name in await trade.violations()
