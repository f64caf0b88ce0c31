from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from lingqu.kernel.errors import Invalid, NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.stock.adjust import AdjustmentLine, adjust
from lingqu.modules.stock.api import CHECKS, Claim, OutOfStock, reserve
from lingqu.modules.stock.block import Blocking, block, unblock
from lingqu.modules.stock.expire import block_expired
from lingqu.modules.stock.list_stock import read_stock
from lingqu.modules.stock.open_stock import AlreadyOpened, OpeningLine, open_stock
from lingqu.runtime.check import run_checks
from lingqu.runtime.tx import Tx

TODAY = date(2026, 3, 2)
_ORDER = {"sellable": 0, "in-transit": 1, "blocked": 2}
MakeStock = Callable[..., Awaitable[None]]


async def lots(tx: Tx, scope: Scope, node_id: int, sku_id: int) -> list[tuple[str, str | None, int]]:
    found = await read_stock(tx, scope=scope, node_id=node_id, sku_id=sku_id, today=TODAY)
    assert [finding.check.name for finding in await run_checks(tx, CHECKS) if finding.by_cell] == []
    return sorted(
        ((lot.state.value, lot.lot_code, lot.on_hand) for lot in found.lots),
        key=lambda row: (_ORDER[row[0]], row[1] or ""),
    )


async def test_goods_appear_and_vanish_with_a_reason(tx: Tx, world: Any, scope: Scope, make_stock: MakeStock) -> None:
    await make_stock((world.tea, 10, None, None), (world.milk, 5, "A", TODAY))

    done = await adjust(
        tx,
        scope=scope,
        node_id=world.here.node_id,
        reason="dropped",
        lines=[
            AdjustmentLine(sku_id=world.tea, quantity=-3),
            AdjustmentLine(sku_id=world.milk, quantity=-5, lot_code="A"),
            AdjustmentLine(sku_id=world.milk, quantity=2, lot_code="B", produced_on=TODAY),
        ],
    )

    assert await lots(tx, scope, world.here.node_id, world.tea) == [("sellable", None, 7)]
    assert await lots(tx, scope, world.here.node_id, world.milk) == [("sellable", "B", 2)]
    cursor = await tx.connection.execute(
        "select distinct document_id, reason, user_id from stock.move where kind = 'adjustment'"
    )
    assert await cursor.fetchall() == [(done.document_id, "dropped", 7)]
    assert [change.kind for change in tx.changes].count("stock-adjustment") == 1


async def test_what_is_promised_cannot_vanish(tx: Tx, world: Any, scope: Scope, make_stock: MakeStock) -> None:
    await make_stock((world.tea, 10, None, None))
    await reserve(tx, cell_id=1, claims=[Claim(uuid4(), 1, world.here.key(world.tea), 8)])

    with pytest.raises(OutOfStock) as refused:
        await adjust(
            tx,
            scope=scope,
            node_id=world.here.node_id,
            reason="dropped",
            lines=[AdjustmentLine(sku_id=world.tea, quantity=-3)],
        )

    assert refused.value.errors[0].facts["free"] == 2
    assert await lots(tx, scope, world.here.node_id, world.tea) == [("sellable", None, 10)]


async def test_an_adjustment_names_its_faults_by_line(tx: Tx, world: Any, scope: Scope) -> None:
    with pytest.raises(Invalid) as unknown:
        await adjust(
            tx,
            scope=scope,
            node_id=world.here.node_id,
            reason="x",
            lines=[AdjustmentLine(sku_id=world.tea, quantity=1), AdjustmentLine(sku_id=999_999, quantity=1)],
        )
    with pytest.raises(Invalid) as zero:
        await adjust(
            tx,
            scope=scope,
            node_id=world.here.node_id,
            reason="x",
            lines=[AdjustmentLine(sku_id=world.tea, quantity=0)],
        )

    assert [error.path for error in unknown.value.errors] == ["/lines/1/sku_id"]
    assert [error.path for error in zero.value.errors] == ["/lines/0/quantity"]


async def test_anothers_node_cannot_be_changed(tx: Tx, world: Any, scope_there: Scope) -> None:
    line = AdjustmentLine(sku_id=world.tea, quantity=1)
    with pytest.raises(NotFound):
        await adjust(tx, scope=scope_there, node_id=world.here.node_id, reason="x", lines=[line])


async def test_opening_stock_is_loaded_once(tx: Tx, world: Any, scope: Scope) -> None:
    lines = [
        OpeningLine(sku_id=world.tea, quantity=5, cost_minor=50),
        OpeningLine(sku_id=world.milk, quantity=6, lot_code="A", expires_on=TODAY, cost_minor=60),
    ]
    day = TODAY - timedelta(days=30)
    await open_stock(tx, scope=scope, node_id=world.here.node_id, lines=lines, business_on=day)

    assert await lots(tx, scope, world.here.node_id, world.milk) == [("sellable", "A", 6)]
    fresh = OpeningLine(sku_id=world.salt, quantity=1)
    with pytest.raises(AlreadyOpened) as refused:
        await open_stock(tx, scope=scope, node_id=world.here.node_id, lines=[fresh, lines[0]])
    assert [error.path for error in refused.value.errors] == ["/lines/1/sku_id"]


async def test_goods_are_kept_back_and_given_free(tx: Tx, world: Any, scope: Scope, make_stock: MakeStock) -> None:
    await make_stock((world.milk, 10, "A", TODAY + timedelta(days=9)))
    blocking = Blocking(node_id=world.here.node_id, sku_id=world.milk, lot_code="A", quantity=4, reason="smells")

    await block(tx, scope=scope, blocking=blocking)
    assert await lots(tx, scope, world.here.node_id, world.milk) == [("sellable", "A", 6), ("blocked", "A", 4)]

    await unblock(tx, scope=scope, blocking=blocking)
    assert await lots(tx, scope, world.here.node_id, world.milk) == [("sellable", "A", 10)]
    with pytest.raises(OutOfStock):
        await unblock(tx, scope=scope, blocking=blocking)
    assert [type(event).__name__ for _, event in tx.events] == ["LotBlocked", "LotUnblocked"]


async def test_the_job_blocks_what_expired_but_not_what_is_promised(
    tx: Tx, world: Any, scope: Scope, make_stock: MakeStock
) -> None:
    await make_stock(
        (world.milk, 10, "OLD", TODAY),
        (world.milk, 5, "OLDER", TODAY - timedelta(days=1)),
        (world.milk, 20, "NEW", TODAY + timedelta(days=1)),
    )
    await reserve(tx, cell_id=1, claims=[Claim(uuid4(), 1, world.here.key(world.milk), 28)])

    assert await block_expired(tx, cell_id=1) == 2
    assert await lots(tx, scope, world.here.node_id, world.milk) == [
        ("sellable", "NEW", 20),
        ("sellable", "OLD", 8),
        ("blocked", "OLD", 2),
        ("blocked", "OLDER", 5),
    ]
    assert await block_expired(tx, cell_id=1) == 0
    assert [(event.lot_code, event.quantity, event.cause) for _, event in tx.events] == [
        ("OLDER", 5, "expiry"),
        ("OLD", 2, "expiry"),
    ]


async def test_the_job_leaves_other_cells_alone(tx: Tx, world: Any, make_stock: MakeStock) -> None:
    await make_stock((world.milk, 10, "OLD", TODAY))

    assert await block_expired(tx, cell_id=2) == 0
