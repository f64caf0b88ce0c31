"""Leave work on every desk: orders at every step, returns to decide, baskets, applications."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec.structs import replace

from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import Application, apply, decide
from lingqu.modules.orders.api import (
    Asked,
    BackLine,
    Confirmation,
    LineChange,
    Market,
    NewReturn,
    NewShipment,
    OrderChange,
    Placed,
    Placing,
    ShipLine,
    TooMany,
    change,
    confirm,
    reject_return,
    request_return,
    save_draft,
    ship,
)
from lingqu.roles.demo.load.daytime import ask, body_of
from lingqu.roles.demo.load.known import Known, at
from lingqu.roles.demo.load.tally import Tally
from lingqu.roles.demo.plan.open_orders import OpenOrder, Until
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx

_AGREED = {Until.CONFIRMED, Until.PART_SHIPPED, Until.SHIPPED}
_SENT = {Until.PART_SHIPPED, Until.SHIPPED}
_KEPT = "下次补货"
_LEAKED = "到货时外箱渗漏，门店要求退款"
_REFUSED = "签收单未注明破损，不予退款"
_AGAIN = "监控可见卸货时已渗漏，申请复核，金额有争议"
_MORE = "周末团购加量"
_DAMAGED = "批次包装变形，申请退回"


async def place_open_orders(
    database: Database, known: Known, market: Market, tally: Tally, *, orders: Sequence[OpenOrder], what: str = "open"
) -> list[UUID]:
    """Place the last evening's orders, bring each as far as the plan says, and name those that were placed."""
    evening = at(known.plan.last, 22)
    works = [ask(known, market, order, now=evening) for order in orders]
    verdicts = await Placing(database, market).run_whole(works)
    tally.note(what, verdicts)
    made = [(order, verdict.id) for order, verdict in zip(orders, verdicts, strict=True) if isinstance(verdict, Placed)]
    for order, order_id in made:
        if order.until in _AGREED:
            await _bring(database, known, order, order_id, now=evening + timedelta(minutes=20))
    confirmed = [pair for pair in made if pair[0].until is Until.CONFIRMED]
    if what == "open" and confirmed:
        await _ask_for_more(database, known, *confirmed[0], now=evening + timedelta(minutes=40))
    return [order_id for _, order_id in made]


async def save_baskets(tx: Tx, known: Known, *, orders: Sequence[OpenOrder]) -> None:
    """Keep a basket for each buyer of some orders."""
    for order in orders:
        scope = known.scope(order.buyer)
        tx.actor, tx.cell_id = scope.actor, scope.cell_id
        await save_draft(tx, scope=scope, content=body_of(known, order), name=_KEPT)


async def dispute(database: Database, known: Known, order_id: UUID) -> None:
    """Let the visited shop ask for a refund, be refused, and ask again: the amount is in dispute."""
    stories, evening = known.plan.stories, at(known.plan.last, 9)
    buyer, seller = known.scope(stories.visited), known.scope(stories.distributor)
    return_id = await ask_back(database, buyer, order_id, _LEAKED, now=evening)

    async def refuse(tx: Tx) -> None:
        tx.actor, tx.cell_id = seller.actor, seller.cell_id
        await reject_return(tx, scope=seller, return_id=return_id, reason=_REFUSED)

    await database.run(refuse, now=evening + timedelta(hours=2))
    await ask_back(database, buyer, order_id, _AGAIN, now=evening + timedelta(hours=5))


async def ask_back_from_plant(database: Database, known: Known, order_id: UUID) -> None:
    """Let the distributor ask its plant to take something back."""
    buyer = known.scope(known.plan.stories.distributor)
    await ask_back(database, buyer, order_id, _DAMAGED, now=at(known.plan.last, 16))


async def ask_back(database: Database, buyer: Scope, order_id: UUID, reason: str, *, now: datetime) -> UUID:
    """Ask for the first line back of which something was received."""

    async def attempt(tx: Tx, line_no: int) -> UUID:
        tx.actor, tx.cell_id = buyer.actor, buyer.cell_id
        back = NewReturn(order_id=order_id, lines=[BackLine(line_no=line_no, quantity=1)], reason=reason)
        done = await request_return(tx, scope=buyer, wanted=back)
        assert done.document_id is not None, "a return is a document"  # noqa: S101 - a bug, not a "no"
        return done.document_id

    line_no = 1
    while True:
        try:
            return await database.run(lambda tx, no=line_no: attempt(tx, no), now=now)  # type: ignore[misc]
        except TooMany:
            line_no += 1


async def apply_to_join(tx: Tx, known: Known) -> None:
    """Send in applications that wait: for the distributor, for the brand, and for the platform."""
    distributor = known.plan.channel.distributors[0]
    sales, clerk = known.scope(distributor, login="distributor-sales"), known.scope(0, login="brand-sales")
    await _apply(tx, sales, kind="dealer", code="HZ-NEW", name="萧山新街鲜奶站", reason="片区新开奶站，申请供货")
    await _apply(tx, clerk, kind="distributor", code="JX", name="嘉兴南湖食品有限公司", reason="嘉兴空白市场招商")
    plant = await _apply(tx, clerk, kind="supplier", code="TR-F4", name="皖北联合乳业", reason="代工合作，资料齐全")
    manager = known.scope(0)
    tx.actor = manager.actor
    seeing = replace(manager, organization_ids=(manager.organization_id, plant))
    await decide(tx, scope=seeing, organization_id=plant, is_approved=True, reason="验厂通过")


async def _apply(
    tx: Tx, scope: Scope, *, kind: Literal["supplier", "distributor", "dealer"], code: str, name: str, reason: str
) -> int:
    """Let an organization's user ask for another one below it."""
    tx.actor, tx.cell_id = scope.actor, scope.cell_id
    parent_id = scope.organization_id
    application = Application(kind=kind, parent_id=parent_id, code=code, name=name, level="C", reason=reason)
    return (await apply(tx, scope=scope, application=application)).id


async def _ask_for_more(database: Database, known: Known, order: OpenOrder, order_id: UUID, *, now: datetime) -> None:
    """Let a buyer ask for one pack more of a confirmed order: the seller has to agree."""
    scope = known.scope(order.buyer)
    more = LineChange(line_no=1, packs=body_of(known, order).lines[0].packs + 1)
    asked = Asked(order_id=order_id, change=OrderChange(lines=[more], reason=_MORE), if_match=2)

    async def work(tx: Tx) -> None:
        tx.actor, tx.cell_id = scope.actor, scope.cell_id
        await change(tx, scope=scope, asked=asked)

    await database.run(work, now=now)


async def _bring(database: Database, known: Known, order: OpenOrder, order_id: UUID, *, now: datetime) -> None:
    """Confirm an order, and ship it or a part of it, as its seller."""
    scope = known.scope(order.seller)
    case = known.plan.goods[order.lines[0].goods].case
    lines = [ShipLine(line_no=1, quantity=case)] if order.until is Until.PART_SHIPPED else None

    async def work(tx: Tx) -> None:
        tx.actor, tx.cell_id = scope.actor, scope.cell_id
        await confirm(tx, scope=scope, confirmations=[Confirmation(order_id=order_id)])
        if order.until in _SENT:
            await ship(tx, scope=scope, shipments=[NewShipment(order_id=order_id, lines=lines, carrier="自有车队")])

    await database.run(work, now=now)
