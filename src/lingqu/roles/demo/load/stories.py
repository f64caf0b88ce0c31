"""Bring the stories to their end: the loader's part of what `plan.stories` chose."""

from uuid import UUID

from lingqu.modules.credit.api import AgreementEdit, change, read_agreement
from lingqu.modules.orders.api import Market, Placing
from lingqu.modules.partners.api import AddressRule, NewWebhook, pause, subscribe
from lingqu.modules.payment.api import NewOnlinePayment, start
from lingqu.roles.demo.load.add_branches import open_branches
from lingqu.roles.demo.load.add_direct import send_directly
from lingqu.roles.demo.load.approvals import set_approval, submit_basket
from lingqu.roles.demo.load.behalf import enter_for_shop
from lingqu.roles.demo.load.days import Days
from lingqu.roles.demo.load.daytime import ask
from lingqu.roles.demo.load.known import Known, at
from lingqu.roles.demo.load.leave_waiting import leave_waiting
from lingqu.roles.demo.load.open_work import (
    apply_to_join,
    ask_back_from_plant,
    dispute,
    place_open_orders,
    save_baskets,
)
from lingqu.roles.demo.load.partners import end_a_right, propose_to_distributor
from lingqu.roles.demo.load.returns import ask_many_back
from lingqu.roles.demo.load.sheets import begin_counts
from lingqu.roles.demo.load.usual import keep_usual
from lingqu.roles.demo.plan.open_orders import OpenOrder, Until, plan_open_orders
from lingqu.roles.demo.plan.trade import Trade
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx

_HUNDRED_YUAN = 100_00
_THOUSAND_YUAN = 1_000_00


async def end_stories(database: Database, known: Known, market: Market, days: Days, trade: Trade) -> None:
    """Leave the last evening as a visitor finds it the next morning."""
    stories, last = known.plan.stories, known.plan.last
    orders = plan_open_orders(trade)
    await database.run(lambda tx: set_approval(tx, known), now=at(last, 21))
    await place_open_orders(database, known, market, days.tally, orders=orders)
    await open_branches(database, known, market, days.tally, trade, opened=orders)
    await leave_waiting(database, known, market, days.tally)
    await dispute(database, known, _received(days, known, stories.distributor, stories.visited))
    plant = known.plan.channel.suppliers[0]
    await ask_back_from_plant(database, known, _received(days, known, plant, stories.distributor))
    visited = next(order for order in orders if order.buyer == stories.visited)
    await database.run(lambda tx: ask_many_back(tx, known, like=visited), now=at(last, 15))
    await enter_for_shop(database, known, market, days.tally, like=visited)
    await database.run(lambda tx: lower_limit(tx, known), now=at(last, 17))
    await _ask_in_vain(database, known, market, days, orders)
    await database.run(lambda tx: apply_to_join(tx, known), now=at(last, 11))
    await database.run(lambda tx: connect_system(tx, known), now=at(last, 16))
    await database.run(lambda tx: begin_to_pay(tx, known), now=at(last, 20))
    await database.run(lambda tx: begin_counts(tx, known), now=at(last, 22))
    await database.run(lambda tx: propose_to_distributor(tx, known), now=at(last, 10))
    await database.run(lambda tx: end_a_right(tx, known), now=at(last, 10))
    baskets = [order for order in orders if order.until is Until.PLACED]
    await database.run(lambda tx: save_baskets(tx, known, orders=baskets), now=at(last, 23))
    await database.run(lambda tx: keep_usual(tx, known, like=visited), now=at(last, 23))
    asked = next(order for order in baskets if order.buyer == stories.visited)
    await database.run(lambda tx: submit_basket(tx, known, order=asked), now=at(last, 23))
    await send_directly(database, known, market, days.tally)


async def lower_limit(tx: Tx, known: Known) -> None:
    """Lower the limit of the dealer who does not pay to half of what it owes."""
    stories = known.plan.stories
    scope = known.scope(stories.distributor, login="distributor-accountant")
    tx.actor, tx.cell_id = scope.actor, scope.cell_id
    agreement_id = known.agreements[stories.distributor, stories.debtor]
    owed = (await read_agreement(tx, scope=scope, agreement_id=agreement_id)).owed_minor
    edit = AgreementEdit(limit_minor=owed // 2 // _HUNDRED_YUAN * _HUNDRED_YUAN)
    await change(tx, scope=scope, agreement_id=agreement_id, edit=edit, if_match=1)


async def connect_system(tx: Tx, known: Known) -> None:
    """Let the distributor prepare a connection to its own system, not switched on yet: nobody answers there."""
    scope = known.scope(known.plan.stories.distributor)
    tx.actor, tx.cell_id = scope.actor, scope.cell_id
    new = NewWebhook(
        url="https://erp.example.com/lingqu",
        subjects=["orders.placed.v1", "orders.cancelled.v1", "stock.lot-blocked.v1"],
        description="财务 ERP（示例）",
    )
    made = await subscribe(tx, scope=scope, new=new, rule=AddressRule())
    await pause(tx, scope=scope, webhook_id=made.webhook.id, if_match=made.webhook.version)


async def begin_to_pay(tx: Tx, known: Known) -> None:
    """Let the visited dealer begin to pay online, and not go through with it: the sandbox closes it soon."""
    stories = known.plan.stories
    scope = known.scope(stories.visited)
    tx.actor, tx.cell_id = scope.actor, scope.cell_id
    new = NewOnlinePayment(seller_id=known.organizations[stories.distributor].id, amount_minor=_THOUSAND_YUAN)
    await start(tx, scope=scope, new=new, provider="sandbox")


async def _ask_in_vain(database: Database, known: Known, market: Market, days: Days, orders: list[OpenOrder]) -> None:
    """Let the dealer over its limit ask once more: it is refused for money."""
    stories, now = known.plan.stories, at(known.plan.last, 18)
    like = next(order for order in orders if order.buyer == stories.visited)
    asked = OpenOrder(seller=stories.distributor, buyer=stories.debtor, until=Until.PLACED, lines=like.lines)
    verdicts = await Placing(database, market).run_whole([ask(known, market, asked, now=now)])
    days.tally.note("over the limit", verdicts)


def _received(days: Days, known: Known, seller: int, buyer: int) -> UUID:
    """Find an order of a pair that came whole, the last but one."""
    stories = known.plan.stories
    arrived = [
        order_id
        for order, order_id in days.placed[seller, buyer]
        if order.arrives_on <= known.plan.last and not order.shorts
    ]
    return arrived[-2 if buyer == stories.visited else -1]
