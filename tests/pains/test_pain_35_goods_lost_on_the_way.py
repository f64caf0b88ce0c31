"""Pain 35: what was received in part or refused stays in transit for ever (erpnext#52221 #49965, solidus#1737)."""

from typing import Any

from lingqu.modules.network.api import BinState, NewNode, add_nodes
from lingqu.modules.stock.api import key_of
from lingqu.modules.stock.receive_transfer import close_transfer, receive_transfer
from lingqu.modules.stock.request_transfer import NewTransfer, NewTransferLine, request_transfer
from lingqu.modules.stock.ship_transfer import ship_transfer
from lingqu.modules.stock.transfers import Part


async def test_the_way_is_empty_or_its_difference_is_open_and_named(trade: Any) -> None:
    await trade.stock(10)
    (branch,) = await trade.run(
        lambda tx: add_nodes(
            tx, nodes=[NewNode(organization_id=trade.seller.id, home_cell=3, kind="shop", code="2", name="二店")]
        )
    )
    scope, way = trade.scope(trade.seller), trade.key(state="in-transit")
    there = key_of(bin_id=branch.bins[BinState.SELLABLE], sku_id=trade.skus[0])

    async def step(work: Any, **given: Any) -> Any:
        return await trade.run(lambda tx: work(tx, scope=scope, **given), who=trade.seller)

    def five(n: int) -> list[Part]:
        return [Part(line_no=1, quantity=n)]

    new = NewTransfer(
        from_node_id=trade.seller.node_id,
        to_node_id=branch.id,
        lines=[NewTransferLine(sku_id=trade.skus[0], quantity=5)],
    )
    asked = await step(request_transfer, new=new)
    sent = await step(ship_transfer, transfer_id=asked.id, parts=five(5), if_match=asked.version)
    assert await trade.on_hand(way) == (5, 0)
    got = await step(receive_transfer, transfer_id=asked.id, parts=five(3), if_match=sent.version)
    assert (got.status, got.lines[0].in_transit) == ("in-transit", 2)
    assert await trade.on_hand(way) == (2, 0), "the difference is open, and lies where it was lost"
    closed = await step(close_transfer, transfer_id=asked.id, reason="refused at the door", if_match=got.version)
    assert (closed.status, closed.lines[0].in_transit, closed.lines[0].lost) == ("closed", 0, 2)
    assert await trade.on_hand(way) == (0, 0)
    assert await trade.on_hand(there, 3) == (3, 0)
    assert await trade.on_hand(trade.key()) == (5, 0)
    assert await trade.one("select sum(quantity)::int from stock.move where reason = 'refused at the door'") == -2
    assert await trade.violations() == {}
