from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from lingqu.kernel.errors import NotFound, Stale
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.stock.api import CHECKS, Issue, LotNeeded, OutOfStock, issue
from lingqu.modules.stock.counts import CountQuery, CountSheet, list_counts
from lingqu.modules.stock.enter_count import Counted, enter_count
from lingqu.modules.stock.list_stock import read_stock
from lingqu.modules.stock.open_count import NewCount, open_count
from lingqu.modules.stock.post_count import cancel_count, post_count
from lingqu.runtime.check import run_checks
from lingqu.runtime.tx import Tx

TODAY = date(2026, 3, 2)
MakeStock = Callable[..., Awaitable[None]]


@pytest.fixture
async def sheet(tx: Tx, world: Any, scope: Scope, make_stock: MakeStock) -> CountSheet:
    await make_stock(
        (world.tea, 10, None, None),
        (world.milk, 5, "A", TODAY + timedelta(days=3)),
        (world.milk, 6, "B", TODAY + timedelta(days=9)),
    )
    return await open_count(tx, scope=scope, new=NewCount(node_id=world.here.node_id, title="March"))


async def on_hand(tx: Tx, world: Any, scope: Scope, sku: int) -> list[tuple[str | None, int]]:
    found = await read_stock(tx, scope=scope, node_id=world.here.node_id, sku_id=sku, today=TODAY)
    assert [finding.check.name for finding in await run_checks(tx, CHECKS) if finding.by_cell] == []
    return [(lot.lot_code, lot.on_hand) for lot in found.lots]


async def test_a_sheet_lists_what_should_lie_there(sheet: CountSheet) -> None:
    assert [(line.sku_code, line.lot_code, line.counted) for line in sheet.lines] == [
        ("MILK", "A", None),
        ("MILK", "B", None),
        ("TEA", None, None),
    ]
    assert (sheet.line_count, sheet.counted_count, sheet.steps) == (3, 0, ["cancel", "post"])


async def test_sales_during_a_count_do_not_disturb_its_differences(
    tx: Tx, world: Any, scope: Scope, sheet: CountSheet
) -> None:
    entered = await enter_count(
        tx,
        scope=scope,
        sheet_id=sheet.id,
        lines=[
            Counted(sku_id=world.tea, counted=8),
            Counted(sku_id=world.milk, lot_code="A", counted=5),
            Counted(sku_id=world.salt, counted=3),
        ],
        if_match=sheet.version,
    )
    assert {(line.sku_code, line.expected, line.difference) for line in entered.lines if line.counted is not None} == {
        ("TEA", 10, -2),
        ("MILK", 5, 0),
        ("SALT", 0, 3),
    }
    sold = [Issue(uuid4(), 1, world.here.key(world.tea), 6), Issue(uuid4(), 2, world.here.key(world.milk), 4)]
    await issue(tx, cell_id=1, document_kind="order", issues=sold, business_on=TODAY, user_id=None)

    posted = await post_count(tx, scope=scope, sheet_id=sheet.id, if_match=entered.version)

    assert (posted.status.value, posted.steps) == ("posted", [])
    assert await on_hand(tx, world, scope, world.tea) == [(None, 2)]
    assert await on_hand(tx, world, scope, world.salt) == [(None, 3)]
    # Lot A was counted as the books said; lot B was not counted at all.
    assert await on_hand(tx, world, scope, world.milk) == [("A", 1), ("B", 6)]
    with pytest.raises(WrongState):
        await post_count(tx, scope=scope, sheet_id=sheet.id, if_match=posted.version)


async def test_a_lot_that_is_short_is_put_right_by_itself(tx: Tx, world: Any, scope: Scope, sheet: CountSheet) -> None:
    entered = await enter_count(
        tx,
        scope=scope,
        sheet_id=sheet.id,
        lines=[
            Counted(sku_id=world.milk, lot_code="A", counted=7),
            Counted(sku_id=world.milk, lot_code="B", counted=1),
        ],
        if_match=sheet.version,
    )
    await post_count(tx, scope=scope, sheet_id=sheet.id, if_match=entered.version)

    assert await on_hand(tx, world, scope, world.milk) == [("A", 7), ("B", 1)]


async def test_what_was_missed_and_sold_since_refuses_the_whole_sheet(
    tx: Tx, world: Any, scope: Scope, sheet: CountSheet
) -> None:
    entered = await enter_count(
        tx, scope=scope, sheet_id=sheet.id, lines=[Counted(sku_id=world.tea, counted=0)], if_match=sheet.version
    )
    sold = [Issue(uuid4(), 1, world.here.key(world.tea), 1)]
    await issue(tx, cell_id=1, document_kind="order", issues=sold, business_on=TODAY, user_id=None)

    with pytest.raises(OutOfStock):
        async with tx.connection.transaction():
            await post_count(tx, scope=scope, sheet_id=sheet.id, if_match=entered.version)

    assert await on_hand(tx, world, scope, world.tea) == [(None, 9)]


async def test_lots_must_be_named_and_known(tx: Tx, world: Any, scope: Scope, sheet: CountSheet) -> None:
    with pytest.raises(LotNeeded) as refused:
        await enter_count(
            tx,
            scope=scope,
            sheet_id=sheet.id,
            lines=[
                Counted(sku_id=world.milk, counted=1),
                Counted(sku_id=world.milk, lot_code="NEVER", counted=1),
                Counted(sku_id=world.tea, counted=1),
            ],
            if_match=sheet.version,
        )

    assert [(error.path, error.code) for error in refused.value.errors] == [
        ("/lines/0/lot_code", "required"),
        ("/lines/1/lot_code", "unknown"),
    ]


async def test_two_keepers_cannot_overwrite_each_other(tx: Tx, world: Any, scope: Scope, sheet: CountSheet) -> None:
    lines = [Counted(sku_id=world.tea, counted=1)]
    await enter_count(tx, scope=scope, sheet_id=sheet.id, lines=lines, if_match=sheet.version)
    with pytest.raises(Stale):
        await enter_count(tx, scope=scope, sheet_id=sheet.id, lines=lines, if_match=sheet.version)


async def test_a_dropped_sheet_changes_nothing(tx: Tx, world: Any, scope: Scope, sheet: CountSheet) -> None:
    lines = [Counted(sku_id=world.tea, counted=1)]
    entered = await enter_count(tx, scope=scope, sheet_id=sheet.id, lines=lines, if_match=sheet.version)
    dropped = await cancel_count(tx, scope=scope, sheet_id=sheet.id, if_match=entered.version)

    assert dropped.status.value == "cancelled"
    assert await on_hand(tx, world, scope, world.tea) == [(None, 10)]
    with pytest.raises(WrongState):
        await enter_count(tx, scope=scope, sheet_id=sheet.id, lines=lines, if_match=dropped.version)


async def test_sheets_are_listed_for_their_organization(
    tx: Tx, scope: Scope, scope_there: Scope, sheet: CountSheet
) -> None:
    async def titles(who: Scope, **query: Any) -> list[str]:
        return [found.title for found in (await list_counts(tx, scope=who, query=CountQuery(**query))).items]

    assert await titles(scope) == ["March"]
    assert await titles(scope, q="arc", status="open") == ["March"]
    assert await titles(scope, status="posted") == []
    assert await titles(scope, organization_id=sheet.organization_id) == ["March"]
    assert await titles(scope, organization_id=sheet.organization_id + 1_000) == []
    assert await titles(scope_there) == []
    with pytest.raises(NotFound):
        await cancel_count(tx, scope=scope_there, sheet_id=sheet.id, if_match=1)
