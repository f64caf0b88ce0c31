"""A day's trade: orders are placed, confirmed and shipped, and the counters sell."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from lingqu.kernel.errors import Refusal
from lingqu.kernel.ids import uuid7
from lingqu.modules.orders.api import (
    Confirmation,
    Incoming,
    IncomingSale,
    Market,
    NewLine,
    NewOrder,
    NewSale,
    NewShipment,
    Placed,
    StepVerdict,
    Work,
    approve,
    confirm,
    hash_of,
    prepare,
    prepare_sale,
    sell,
    ship,
)
from lingqu.modules.orders.api import Sale as PricedSale
from lingqu.roles.demo.load.known import Known, at
from lingqu.roles.demo.plan.day import Day, Line, Order, Sale
from lingqu.roles.demo.plan.open_orders import OpenOrder
from lingqu.roles.demo.plan.words import CARRIERS
from lingqu.runtime.tx import Tx

_MINUTES = 60
_AGREED = "客户信用良好，同意"


def ask(known: Known, market: Market, order: Order | OpenOrder, *, now: datetime) -> Work:
    """Price an order as its buyer sends it.

    Raises: Refusal.
    """
    new = body_of(known, order)
    scope = known.scope(order.buyer, channel="phone" if order.buyer in known.plan.channel.dealers else "console")
    incoming = Incoming(id=uuid7(at=now), scope=scope, order=new, body_hash=hash_of(new), now=now)
    return Work(incoming, prepare(market, incoming))


def body_of(known: Known, order: Order | OpenOrder) -> NewOrder:
    """Write an order as its buyer sends it."""
    return NewOrder(seller_id=known.organizations[order.seller].id, lines=_lines(known, order.lines))


async def agree(tx: Tx, known: Known, *, seller: int, placed: Sequence[Placed]) -> list[StepVerdict]:
    """Confirm orders as a seller, after agreeing to those that wait for it."""
    scope = known.scope(seller)
    tx.actor, tx.cell_id = scope.actor, scope.cell_id
    for order in placed:
        if order.approval_status == "waiting":
            await approve(tx, scope=scope, order_id=order.id, reason=_AGREED)
    return await confirm(tx, scope=scope, confirmations=[Confirmation(order_id=order.id) for order in placed])


async def send(tx: Tx, known: Known, *, seller: int, orders: Sequence[tuple[Order, UUID]]) -> list[StepVerdict]:
    """Ship what is reserved for orders, as a seller."""
    scope = known.scope(seller)
    tx.actor, tx.cell_id = scope.actor, scope.cell_id
    shipments = [
        NewShipment(order_id=order_id, carrier=CARRIERS[order.number % len(CARRIERS)], tracking=f"LQ{order.number:08}")
        for order, order_id in orders
    ]
    return await ship(tx, scope=scope, shipments=shipments)


async def serve(
    tx: Tx, known: Known, market: Market, *, cell_id: int, sales: Sequence[Sale], day: Day
) -> list[tuple[Sale, Placed | Refusal]]:
    """Sell a day's baskets at the counters of one cell, the earliest first."""
    tx.cell_id = cell_id
    priced: list[tuple[Sale, PricedSale]] = []
    verdicts: list[tuple[Sale, Placed | Refusal]] = []
    for sale in sorted(sales, key=lambda one: one.minute):
        now = at(day.on, sale.minute // _MINUTES, sale.minute % _MINUTES)
        try:
            priced.append((sale, prepare_sale(market, _incoming(known, sale, now))))
        except Refusal as refusal:
            verdicts.append((sale, refusal))
    answers = await sell(tx, cell_id=cell_id, business_on=day.on, sales=[one for _, one in priced])
    return verdicts + [(sale, answer) for (sale, _), answer in zip(priced, answers, strict=True)]


def _incoming(known: Known, sale: Sale, now: datetime) -> IncomingSale:
    member = None if sale.member is None else known.members[sale.member][1]
    new = NewSale(lines=_lines(known, sale.lines), member_id=member, tender=sale.tender)
    return IncomingSale(
        id=uuid7(at=now),
        scope=known.scope(sale.dealer, channel="pos"),
        sale=new,
        buyer=member,
        body_hash=hash_of(new),
        now=now,
        earns_points=False,  # what history earned is given at its end, in one sum
    )


def _lines(known: Known, lines: Sequence[Line]) -> list[NewLine]:
    return [
        NewLine(sku_id=known.skus[line.goods].id, packs=line.packs, pack_id=known.pack_id(line.goods, line.pack))
        for line in lines
    ]
