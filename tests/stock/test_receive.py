from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from lingqu.modules.stock.api import LotDiffers, LotNeeded, Receipt, lot_id, receive
from lingqu.runtime.tx import Tx

TODAY = date(2026, 3, 2)


async def put(tx: Tx, *receipts: Receipt) -> None:
    await receive(tx, cell_id=1, document_kind="receipt", receipts=receipts, business_on=TODAY, user_id=None)


async def lots(tx: Tx) -> list[tuple[Any, ...]]:
    cursor = await tx.connection.execute("select id, code, produced_on, expires_on from stock.lot order by code")
    return await cursor.fetchall()


async def test_the_expiry_follows_from_the_shelf_life(tx: Tx, world: Any) -> None:
    await put(tx, Receipt(uuid4(), 1, world.here.key(world.milk), 5, "L1", TODAY, None, 500))

    assert await lots(tx) == [(lot_id(sku_id=world.milk, code="L1"), "L1", TODAY, TODAY + timedelta(days=30))]


async def test_a_sku_that_is_kept_by_lot_needs_one(tx: Tx, world: Any) -> None:
    with pytest.raises(LotNeeded) as refused:
        await put(
            tx,
            Receipt(uuid4(), 1, world.here.key(world.tea), 5, cost_minor=500),
            Receipt(uuid4(), 2, world.here.key(world.milk), 5, cost_minor=500),
        )

    assert [error.path for error in refused.value.errors] == ["/lines/1/lot_code"]
    cursor = await tx.connection.execute("select count(*) from stock.move")
    assert await cursor.fetchone() == (0,)


async def test_a_sku_that_is_not_kept_by_lot_drops_the_lot_it_came_with(tx: Tx, world: Any) -> None:
    await put(tx, Receipt(uuid4(), 1, world.here.key(world.tea), 5, "L1", TODAY, None, 500))

    assert await lots(tx) == []


async def test_a_lot_has_one_expiry(tx: Tx, world: Any) -> None:
    key, day = world.here.key(world.milk), TODAY + timedelta(days=5)
    await put(tx, Receipt(uuid4(), 1, key, 5, "L1", None, day, 500))

    with pytest.raises(LotDiffers):
        await put(tx, Receipt(uuid4(), 1, key, 5, "L1", None, day + timedelta(days=1), 500))
    await put(tx, Receipt(uuid4(), 1, key, 5, "L1", None, None, 500))

    cursor = await tx.connection.execute("select on_hand, expires_on from stock.lot_balance")
    assert await cursor.fetchall() == [(10, day)]


async def test_without_a_price_goods_come_in_at_the_present_average(tx: Tx, world: Any) -> None:
    key = world.here.key(world.tea)
    await put(tx, Receipt(uuid4(), 1, key, 3, cost_minor=100))
    await put(tx, Receipt(uuid4(), 1, key, 3, cost_minor=None))

    cursor = await tx.connection.execute("select quantity, value_minor, currency from stock.cost")
    assert await cursor.fetchall() == [(6, 200, "CNY")]
