"""Serve waiting orders by itself: whatever brings goods, or gives up what was promised, lets them be shared anew."""

from collections import defaultdict
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


async def serve_received(tx: Tx, delivered: Sequence[Delivered]) -> None:
    """Buyers took goods in: they may owe them to buyers of their own. Most owe nothing, so all are asked at once."""
    came: dict[int, set[int]] = defaultdict(set)
    for one in delivered:
        event: OrderReceived = one.data
        if event.buyer_id is not None:
            came[event.buyer_id] |= {line.sku_id for line in event.lines}
    goods = [(seller_id, sku_id) for seller_id, sku_ids in came.items() for sku_id in sku_ids]
    if not goods:
        return
    terms = await organization_terms(tx, organization_ids=came)
    keys: dict[int, dict[int, int]] = defaultdict(dict)
    for seller_id, key in await tx.tuples(
        SQL["find_keys_of_sellers"], seller_ids=[s for s, _ in goods], sku_ids=[s for _, s in goods]
    ):
        keys[terms[seller_id].home_cell][key] = seller_id
    for cell_id, some in sorted(keys.items()):
        owed: dict[int, list[int]] = defaultdict(list)
        for key in await tx.values(SQL["find_keys_owed"], int, cell_id=cell_id, keys=sorted(some)):
            owed[some[key]].append(key)
        for seller_id, own in sorted(owed.items()):
            await _serve(tx, cell_id, seller_id, own)


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


def _name(event: type[Event]) -> str:
    module, fact, _ = event.subject.split(".")
    return f"orders.serve-{module}-{fact}"


def _consumer(event: type[Event], handle: Callable[[Tx, Delivered], Awaitable[Any]]) -> Consumer:
    return Consumer(_name(event), event, handle)


SERVING = (
    _consumer(StockAdjusted, serve_adjusted),
    _consumer(LotUnblocked, serve_unblocked),
    _consumer(TransferChanged, serve_transferred),
    Consumer(_name(OrderReceived), OrderReceived, handle_all=serve_received),
    _consumer(ReturnAccepted, serve_returned),
    *(_consumer(event, serve_given_up) for event in (OrderCancelled, OrderExpired, OrderLinesClosed, OrderChanged)),
)
