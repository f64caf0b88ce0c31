"""Serve waiting orders by itself: whatever brings goods, or gives up what was promised, lets them be shared anew."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from lingqu.kernel.event import Event
from lingqu.modules.network.api import organization_terms
from lingqu.modules.orders.events import (
    OrderCancelled,
    OrderChanged,
    OrderExpired,
    OrderLinesClosed,
    OrderReceived,
    ReturnAccepted,
)
from lingqu.modules.orders.serve import serve
from lingqu.modules.orders.sharing import find_sharing
from lingqu.modules.stock.events import LotUnblocked, StockAdjusted, TransferChanged
from lingqu.runtime.inbox import Consumer, Delivered
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def serve_adjusted(tx: Tx, delivered: Delivered) -> None:
    """Goods were counted, put right or loaded at a node."""
    event: StockAdjusted = delivered.data
    await _at(tx, event.organization_id, event.sku_ids, node_id=event.node_id)


async def serve_unblocked(tx: Tx, delivered: Delivered) -> None:
    """Goods that were kept back may be sold again."""
    event: LotUnblocked = delivered.data
    await _at(tx, event.organization_id, (event.sku_id,), node_id=event.node_id)


async def serve_transferred(tx: Tx, delivered: Delivered) -> None:
    """Goods came from another node; the event does not say which, so everything the node is waited for is looked at."""
    event: TransferChanged = delivered.data
    if event.step != "receive":
        return
    cell_id = await _cell_of(tx, event.organization_id)
    keys = await tx.values(SQL["find_keys_at_node"], int, cell_id=cell_id, node_id=event.to_node_id)
    await _serve(tx, cell_id, event.organization_id, keys)


async def serve_received(tx: Tx, delivered: Delivered) -> None:
    """A buyer took goods in: it may owe them to buyers of its own."""
    event: OrderReceived = delivered.data
    if event.buyer_id is not None:
        await _at(tx, event.buyer_id, [line.sku_id for line in event.lines])


async def serve_returned(tx: Tx, delivered: Delivered) -> None:
    """Goods came back to their seller."""
    event: ReturnAccepted = delivered.data
    await _at(tx, event.seller_id, [line.sku_id for line in event.lines])


async def serve_given_up(tx: Tx, delivered: Delivered) -> None:
    """An order gave up what was promised to it."""
    event = delivered.data
    keys = await tx.values(SQL["find_keys_of_order"], int, cell_id=delivered.cell_id, order_id=event.order_id)
    await _serve(tx, delivered.cell_id, event.seller_id, keys)


async def _at(tx: Tx, seller_id: int, sku_ids: Sequence[int], *, node_id: int | None = None) -> None:
    if not sku_ids:
        return
    keys = await tx.values(
        SQL["find_keys_of_goods"], int, seller_id=seller_id, sku_ids=sorted(set(sku_ids)), node_id=node_id
    )
    await _serve(tx, await _cell_of(tx, seller_id), seller_id, keys)


async def _serve(tx: Tx, cell_id: int, seller_id: int, keys: Sequence[int]) -> None:
    if keys and (await find_sharing(tx, cell_id=cell_id, seller_id=seller_id)).is_automatic:
        await serve(tx, cell_id=cell_id, seller_id=seller_id, keys=keys)


async def _cell_of(tx: Tx, organization_id: int) -> int:
    return (await organization_terms(tx, organization_ids=[organization_id]))[organization_id].home_cell


def _consumer(event: type[Event], handle: Callable[[Tx, Delivered], Awaitable[Any]]) -> Consumer:
    module, fact, _ = event.subject.split(".")
    return Consumer(f"orders.serve-{module}-{fact}", event, handle)


SERVING = (
    _consumer(StockAdjusted, serve_adjusted),
    _consumer(LotUnblocked, serve_unblocked),
    _consumer(TransferChanged, serve_transferred),
    _consumer(OrderReceived, serve_received),
    _consumer(ReturnAccepted, serve_returned),
    *(_consumer(event, serve_given_up) for event in (OrderCancelled, OrderExpired, OrderLinesClosed, OrderChanged)),
)
