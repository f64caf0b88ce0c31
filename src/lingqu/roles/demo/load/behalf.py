"""An order that the distributor's sales has entered for the visited shop, and that waits for the shop's word."""

from msgspec.structs import replace

from lingqu.kernel.ids import uuid7
from lingqu.modules.orders.api import Incoming, Market, NewBehalfRule, Placing, Work, hash_of, prepare, set_behalf_rule
from lingqu.roles.demo.load.daytime import body_of
from lingqu.roles.demo.load.known import Known, at
from lingqu.roles.demo.load.tally import Tally
from lingqu.roles.demo.plan.open_orders import OpenOrder
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx


async def enter_for_shop(database: Database, known: Known, market: Market, tally: Tally, *, like: OpenOrder) -> None:
    """Let the shop say that it wants to agree first, and enter one pack of what it usually buys."""
    now = at(known.plan.last, 19)
    shop, sales = known.scope(like.buyer), known.scope(like.seller, login="distributor-sales")
    seller_id, buyer_id = sales.organization_id, shop.organization_id

    async def say(tx: Tx) -> None:
        tx.actor, tx.cell_id = shop.actor, shop.cell_id
        rule = NewBehalfRule(says="consent")
        await set_behalf_rule(tx, scope=shop, seller_id=seller_id, buyer_id=buyer_id, rule=rule, if_match=0)
        await market.load(tx, [(seller_id, buyer_id)])

    await database.run(say, now=now)
    body = body_of(known, like)
    order = replace(body, buyer_id=buyer_id, lines=[replace(body.lines[0], packs=1)], note="电话订货，请确认")
    incoming = Incoming(id=uuid7(at=now), scope=sales, order=order, body_hash=hash_of(order), now=now)
    verdicts = await Placing(database, market).run_whole([Work(incoming, prepare(market, incoming))])
    tally.note("on behalf", verdicts)
