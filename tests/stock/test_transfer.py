from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

import pytest

from lingqu.kernel.errors import Invalid, NotFound, Stale
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.stock.api import CHECKS, OutOfStock
from lingqu.modules.stock.list_stock import read_stock
from lingqu.modules.stock.receive_transfer import cancel_transfer, close_transfer, receive_transfer
from lingqu.modules.stock.request_transfer import NewTransfer, NewTransferLine, request_transfer
from lingqu.modules.stock.ship_transfer import MoreThanAsked, ship_transfer
from lingqu.modules.stock.transfers import Part, Transfer, TransferQuery, list_transfers
from lingqu.runtime.check import run_checks
from lingqu.runtime.tx import Tx

TODAY = date(2026, 3, 2)
_ORDER = {"sellable": 0, "in-transit": 1, "blocked": 2}
MakeStock = Callable[..., Awaitable[None]]


@pytest.fixture
async def transfer(tx: Tx, world: Any, scope: Scope, make_stock: MakeStock) -> Transfer:
    """Ask for 8 of milk (two lots) and 5 of tea to go from cell 1 to cell 3."""
    await make_stock(
        (world.milk, 6, "A", TODAY + timedelta(days=3)),
        (world.milk, 6, "B", TODAY + timedelta(days=9)),
        (world.tea, 5, None, None),
    )
    return await request_transfer(
        tx,
        scope=scope,
        new=NewTransfer(
            from_node_id=world.here.node_id,
            to_node_id=world.branch.node_id,
            lines=[
                NewTransferLine(sku_id=world.milk, quantity=8),
                NewTransferLine(sku_id=world.tea, quantity=5),
            ],
        ),
    )


async def lots(tx: Tx, scope: Scope, node_id: int, sku_id: int) -> list[tuple[str, str | None, int]]:
    found = await read_stock(tx, scope=scope, node_id=node_id, sku_id=sku_id, today=TODAY)
    assert [finding.check.name for finding in await run_checks(tx, CHECKS) if finding.by_cell] == []
    return sorted(
        ((lot.state.value, lot.lot_code, lot.on_hand) for lot in found.lots),
        key=lambda row: (_ORDER[row[0]], row[1] or ""),
    )


def parts(*given: tuple[int, int]) -> list[Part]:
    return [Part(line_no=line_no, quantity=quantity) for line_no, quantity in given]


def sums(transfer: Transfer) -> list[tuple[int, int, int, int]]:
    return [(line.shipped, line.received, line.lost, line.in_transit) for line in transfer.lines]


async def test_goods_go_in_parts_and_arrive_with_their_lots_in_another_cell(
    tx: Tx, world: Any, scope: Scope, transfer: Transfer
) -> None:
    one = await ship_transfer(tx, scope=scope, transfer_id=transfer.id, parts=parts((1, 7)), if_match=transfer.version)
    assert await lots(tx, scope, world.here.node_id, world.milk) == [
        ("sellable", "B", 5),
        ("in-transit", "A", 6),
        ("in-transit", "B", 1),
    ]
    two = await receive_transfer(tx, scope=scope, transfer_id=one.id, parts=parts((1, 6)), if_match=one.version)
    assert (two.status.value, sums(two)) == ("in-transit", [(7, 6, 0, 1), (0, 0, 0, 0)])
    assert await lots(tx, scope, world.branch.node_id, world.milk) == [("sellable", "A", 6)]

    three = await ship_transfer(tx, scope=scope, transfer_id=two.id, parts=parts((1, 1), (2, 5)), if_match=two.version)
    four = await receive_transfer(
        tx, scope=scope, transfer_id=three.id, parts=parts((1, 2), (2, 5)), if_match=three.version
    )

    assert (four.status.value, sums(four), four.steps) == ("closed", [(8, 8, 0, 0), (5, 5, 0, 0)], [])
    assert await lots(tx, scope, world.branch.node_id, world.milk) == [("sellable", "A", 6), ("sellable", "B", 2)]
    assert await lots(tx, scope, world.here.node_id, world.milk) == [("sellable", "B", 4)]
    assert [event.step for _, event in tx.events] == ["request", "ship", "receive", "ship", "receive"]


async def test_what_does_not_arrive_is_given_up_with_a_reason(
    tx: Tx, world: Any, scope: Scope, transfer: Transfer
) -> None:
    one = await ship_transfer(tx, scope=scope, transfer_id=transfer.id, parts=parts((2, 5)), if_match=transfer.version)
    two = await receive_transfer(tx, scope=scope, transfer_id=one.id, parts=parts((2, 3)), if_match=one.version)
    closed = await close_transfer(tx, scope=scope, transfer_id=two.id, reason="two boxes crushed", if_match=two.version)

    assert (closed.status.value, closed.reason, sums(closed)[1]) == ("closed", "two boxes crushed", (5, 3, 2, 0))
    assert await lots(tx, scope, world.branch.node_id, world.tea) == [("sellable", None, 3)]
    assert await lots(tx, scope, world.here.node_id, world.tea) == []
    cursor = await tx.connection.execute(
        "select quantity, kind, cost_minor from stock.move where reason = 'two boxes crushed'"
    )
    assert await cursor.fetchall() == [(-2, "adjustment", -200)]


async def test_nothing_is_shipped_or_received_twice(tx: Tx, scope: Scope, transfer: Transfer) -> None:
    with pytest.raises(MoreThanAsked):
        await ship_transfer(
            tx, scope=scope, transfer_id=transfer.id, parts=parts((1, 5), (1, 4)), if_match=transfer.version
        )
    one = await ship_transfer(tx, scope=scope, transfer_id=transfer.id, parts=parts((1, 5)), if_match=transfer.version)
    with pytest.raises(Stale):
        await ship_transfer(tx, scope=scope, transfer_id=transfer.id, parts=parts((1, 1)), if_match=transfer.version)
    with pytest.raises(MoreThanAsked):
        await receive_transfer(tx, scope=scope, transfer_id=one.id, parts=parts((1, 6)), if_match=one.version)
    with pytest.raises(Invalid):
        await receive_transfer(tx, scope=scope, transfer_id=one.id, parts=parts((9, 1)), if_match=one.version)


async def test_only_what_lies_there_can_be_shipped(tx: Tx, world: Any, scope: Scope, transfer: Transfer) -> None:
    new = NewTransfer(
        from_node_id=world.here.node_id,
        to_node_id=world.branch.node_id,
        lines=[NewTransferLine(sku_id=world.tea, quantity=6)],
    )
    more = await request_transfer(tx, scope=scope, new=new)
    with pytest.raises(OutOfStock):
        async with tx.connection.transaction():
            await ship_transfer(tx, scope=scope, transfer_id=more.id, parts=parts((1, 6)), if_match=1)

    assert sums(transfer) == [(0, 0, 0, 0), (0, 0, 0, 0)]


async def test_a_transfer_is_called_off_before_it_starts_and_not_after(
    tx: Tx, world: Any, scope: Scope, transfer: Transfer
) -> None:
    with pytest.raises(WrongState):
        await receive_transfer(tx, scope=scope, transfer_id=transfer.id, parts=parts((1, 1)), if_match=1)
    off = await cancel_transfer(tx, scope=scope, transfer_id=transfer.id, reason="no need", if_match=1)
    assert (off.status.value, off.reason) == ("cancelled", "no need")
    with pytest.raises(WrongState):
        await ship_transfer(tx, scope=scope, transfer_id=transfer.id, parts=parts((1, 1)), if_match=off.version)
    assert await lots(tx, scope, world.here.node_id, world.tea) == [("sellable", None, 5)]


async def test_goods_do_not_go_to_strangers_nor_to_where_they_are(
    tx: Tx, world: Any, scope: Scope, scope_there: Scope, transfer: Transfer
) -> None:
    lines = [NewTransferLine(sku_id=world.tea, quantity=1)]
    here, there = world.here.node_id, world.there.node_id
    with pytest.raises(NotFound):
        await request_transfer(tx, scope=scope, new=NewTransfer(from_node_id=here, to_node_id=there, lines=lines))
    with pytest.raises(Invalid):
        await request_transfer(tx, scope=scope, new=NewTransfer(from_node_id=here, to_node_id=here, lines=lines))
    with pytest.raises(NotFound):
        await cancel_transfer(tx, scope=scope_there, transfer_id=transfer.id, reason="x", if_match=1)
    assert (await list_transfers(tx, scope=scope_there, query=TransferQuery())).items == []
    assert [t.id for t in (await list_transfers(tx, scope=scope, query=TransferQuery(node_id=here))).items] == [
        transfer.id
    ]


async def test_transfers_are_found_by_their_goods_and_say_what_is_on_the_way(
    tx: Tx, scope: Scope, transfer: Transfer
) -> None:
    async def found(**query: Any) -> list[int]:
        page = await list_transfers(tx, scope=scope, query=TransferQuery(**query))
        return [head.in_transit_count for head in page.items]

    assert await found(q="milk") == [0]
    assert await found(q="salt") == []
    assert await found(organization_id=transfer.organization_id) == [0]
    assert await found(organization_id=transfer.organization_id + 1_000) == []
    shipped = await ship_transfer(
        tx, scope=scope, transfer_id=transfer.id, parts=parts((1, 8), (2, 1)), if_match=transfer.version
    )
    assert await found() == [2]
    await receive_transfer(tx, scope=scope, transfer_id=transfer.id, parts=parts((1, 8)), if_match=shipped.version)
    assert await found() == [1]
