"""Let the plant send straight to the first distributor's shops what the distributor has run low of, for a fee."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec.structs import replace

from lingqu.modules.network.api import node_terms
from lingqu.modules.orders.api import (
    Confirmation,
    Market,
    NewReceipt,
    NewShipment,
    Placed,
    Placing,
    confirm,
    read_order,
    receive,
    ship,
)
from lingqu.modules.routing.api import NewDirectOffer, NodeSetting, find_setting, offer_direct, put_setting
from lingqu.modules.stock.api import find_free, key_of
from lingqu.roles.demo.load.daytime import ask
from lingqu.roles.demo.load.known import Known, at
from lingqu.roles.demo.load.tally import Tally
from lingqu.roles.demo.plan.day import Line
from lingqu.roles.demo.plan.open_orders import OpenOrder, Until
from lingqu.roles.demo.plan.tariff import APPROVAL_ABOVE_MINOR, TRADE_PERCENT, retail_price
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx

_FEE_PPM = 30_000
_LAST_CHOICE = 900
_ORDERS = 3
_SPARE_CASES = 2
_MOST_MINOR = APPROVAL_ABOVE_MINOR // 3
"""Small enough to wait for nobody's approval, nor to use a shop's credit up."""


async def send_directly(database: Database, known: Known, market: Market, tally: Tally) -> None:
    """Offer it, count on it, and leave three such orders: received, on the way, and new."""
    now = at(known.plan.last, 23, 10)
    await database.run(lambda tx: _agree(tx, known), now=now)
    lines = await database.run(lambda tx: _run_low(tx, known), now=now)
    stories = known.plan.stories
    others = (stories.visited, stories.debtor, stories.breaker, stories.silent)
    shops = [dealer for dealer in known.plan.channel.dealers_of(stories.distributor) if dealer not in others]
    orders = [
        OpenOrder(seller=stories.distributor, buyer=buyer, until=Until.PLACED, lines=(line,))
        for buyer, line in zip([stories.visited, *shops], lines, strict=False)
    ]
    ids = [known.organizations[place].id for place in range(len(known.organizations))]
    await database.run(lambda tx: market.load(tx, [(ids[one.seller], ids[one.buyer]) for one in orders]), now=now)
    works = [ask(known, market, order, now=now) for order in orders]
    verdicts = await Placing(database, market).run_whole(works)
    tally.note("sent directly", verdicts)
    made = [(order, verdict.id) for order, verdict in zip(orders, verdicts, strict=True) if isinstance(verdict, Placed)]
    await _bring(database, known, made, now=now + timedelta(minutes=10))


async def _agree(tx: Tx, known: Known) -> None:
    """Let the plant offer it from its first warehouse, and the distributor take it where nobody else has the goods."""
    plant, distributor = known.plan.channel.suppliers[0], known.plan.stories.distributor
    supplier, seller = known.organizations[plant], known.organizations[distributor]
    scope = known.scope(plant)
    tx.actor, tx.cell_id = scope.actor, scope.cell_id
    offer = NewDirectOffer(fee_ppm=_FEE_PPM, node_ids=(supplier.node_id,))
    await offer_direct(tx, scope=scope, buyer_id=seller.id, if_match=0, offer=offer)
    scope = known.scope(distributor)
    tx.actor, tx.cell_id = scope.actor, scope.cell_id
    setting, version = await find_setting(tx, seller_id=seller.id)
    last = NodeSetting(node_id=supplier.node_id, preference=_LAST_CHOICE, lead_time_days=2)
    counting = replace(setting, direct=(supplier.id,), nodes=(*setting.nodes, last))
    await put_setting(tx, seller_id=seller.id, if_match=version, setting=counting)


async def _run_low(tx: Tx, known: Known) -> list[Line]:
    """Find what the plant has and the distributor has least of: more cases of it than any of its warehouses holds."""
    plan, channel = known.plan, known.plan.channel
    plant, distributor = channel.suppliers[0], plan.stories.distributor
    seller = known.organizations[distributor]
    setting, _ = await find_setting(tx, seller_id=seller.id)
    nodes = await node_terms(tx, node_ids=[node.node_id for node in setting.nodes])
    bins = [node.sellable_bin_id for node in nodes.values() if node.organization_id == seller.id]
    goods = [place for place in plan.rates[distributor] if plan.goods[place].family.supplier == 0]
    keys = {place: [key_of(bin_id=bin_id, sku_id=known.skus[place].id) for bin_id in bins] for place in goods}
    own = await _free(tx, known, distributor, [key for some in keys.values() for key in some])
    made = await _free(tx, known, plant, [known.key(plant, place) for place in goods])
    found: list[tuple[int, Line]] = []
    for place in goods:
        one = plan.goods[place]
        most = max(own.get(key, 0) for key in keys[place])
        cases = max(most, 0) // one.case + _SPARE_CASES
        amount = retail_price(one, 0, percent=TRADE_PERCENT[""][0][1]) * cases * one.case
        if amount < _MOST_MINOR and made.get(known.key(plant, place), 0) >= cases * one.case:
            found.append((amount, Line(place, len(one.packs) - 1, cases)))
    return [line for _, line in sorted(found, key=lambda pair: pair[0], reverse=True)[:_ORDERS]]


async def _free(tx: Tx, known: Known, place: int, keys: Sequence[int]) -> dict[int, int]:
    cell_id = known.organizations[place].home_cell
    rows = await find_free(tx, cell_id=cell_id, keys=keys, business_on=known.plan.last)
    return {key: free for key, free, _ in rows}


async def _bring(database: Database, known: Known, made: Sequence[tuple[OpenOrder, UUID]], *, now: datetime) -> None:
    """Confirm all but the last on both sides and send them; the first has arrived."""
    distributor, plant = known.plan.stories.distributor, known.plan.channel.suppliers[0]

    async def send(tx: Tx, order_id: UUID) -> None:
        seller, supplier = known.scope(distributor), known.scope(plant)
        tx.actor, tx.cell_id = seller.actor, seller.cell_id
        await confirm(tx, scope=seller, confirmations=[Confirmation(order_id=order_id)])
        (direct,) = (await read_order(tx, scope=seller, order_id=order_id)).direct
        assert direct.order_id is not None, "the seller is a party to both"  # noqa: S101 - a bug, not a "no"
        tx.actor, tx.cell_id = supplier.actor, supplier.cell_id
        await confirm(tx, scope=supplier, confirmations=[Confirmation(order_id=direct.order_id)])
        await ship(tx, scope=supplier, shipments=[NewShipment(order_id=direct.order_id, carrier="工厂专车")])

    async def take_in(tx: Tx, order: OpenOrder, order_id: UUID) -> None:
        shop = known.scope(order.buyer)
        tx.actor, tx.cell_id = shop.actor, shop.cell_id
        (shipment,) = (await read_order(tx, scope=shop, order_id=order_id)).shipments
        await receive(tx, scope=shop, receipts=[NewReceipt(shipment_id=shipment.id)])

    for _, order_id in made[: _ORDERS - 1]:
        await database.run(lambda tx, one=order_id: send(tx, one), now=now)  # type: ignore[misc]
    for order, order_id in made[:1]:
        await database.run(
            lambda tx, one=order, its=order_id: take_in(tx, one, its),  # type: ignore[misc]
            now=now + timedelta(minutes=30),
        )
