"""Leave orders waiting for goods that then come elsewhere, and a plan that says how to serve them best."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from lingqu.kernel.ids import uuid7
from lingqu.modules.network.api import NodeTerms, node_terms
from lingqu.modules.orders.api import (
    BackOrder,
    BackOrderQuery,
    Incoming,
    Market,
    NewLine,
    NewOrder,
    Placing,
    Work,
    hash_of,
    list_back_orders,
    plan_now,
    prepare,
)
from lingqu.modules.routing.api import NewBacklogPlan, find_setting
from lingqu.modules.stock.api import Receipt, find_free, key_of, receive
from lingqu.roles.demo.load.known import Known, at
from lingqu.roles.demo.load.tally import Tally
from lingqu.roles.demo.plan.goods import price_of
from lingqu.roles.demo.plan.tariff import PLANT_PERCENT
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx

_WANTED = ((0, 1), (0,), (1, 2), (0, 2), (1,), (0, 1, 2))
"""Which of the scarce goods each order asks for, the oldest order first."""

_CASES = 2
_BESIDE = 1
_MADE_AGO = timedelta(days=3)
_APART = timedelta(minutes=4)


class _Scarce(Struct, frozen=True):
    """Goods of which so little is left that the first who asks takes it all. Units: cases that are free."""

    goods: int
    cases: int


async def leave_waiting(database: Database, known: Known, market: Market, tally: Tally) -> None:
    """Let dealers order more of three goods than there is, bring some to warehouses where nobody waits, and plan."""
    seller, evening = known.plan.stories.distributor, at(known.plan.last, 22, 45)
    nodes = await database.run(lambda tx: _nodes(tx, known), now=evening)
    scarce = await database.run(lambda tx: _scarcest(tx, known, nodes), now=evening)
    dealers = _dealers(known)
    pairs = [(known.organizations[seller].id, known.organizations[dealer].id) for dealer in dealers]
    await database.run(lambda tx: market.load(tx, pairs), now=evening)
    for number, dealer in enumerate(dealers):
        now = evening + number * _APART
        order = _order(known, scarce, number)
        work = _asked(known, market, dealer, order, now=now)
        tally.note("waiting", await Placing(database, market).run_whole([work]))
    late = evening + len(dealers) * _APART

    async def bring_and_plan(tx: Tx) -> None:
        scope = known.scope(seller, login="distributor-warehouse")
        tx.actor, tx.cell_id = scope.actor, scope.cell_id
        waiting = (await list_back_orders(tx, scope=scope, query=BackOrderQuery(limit=200))).items
        await _bring(tx, known, nodes, scarce, waiting)
        await plan_now(tx, scope=scope, ask=NewBacklogPlan())

    await database.run(bring_and_plan, now=late)


async def _nodes(tx: Tx, known: Known) -> list[NodeTerms]:
    setting, _ = await find_setting(tx, seller_id=known.organizations[known.plan.stories.distributor].id)
    terms = await node_terms(tx, node_ids=[node.node_id for node in setting.nodes])
    return [terms[node.node_id] for node in setting.nodes]


async def _scarcest(tx: Tx, known: Known, nodes: Sequence[NodeTerms]) -> list[_Scarce]:
    """Find the goods of which the least money's worth is left in all warehouses together.

    Goods of the first plant are left out: it would send them straight to the dealers.
    """
    plan, seller = known.plan, known.plan.stories.distributor
    sold = [goods for goods in plan.rates[seller] if plan.goods[goods].family.supplier]
    keys = {key_of(bin_id=node.sellable_bin_id, sku_id=known.skus[goods].id): goods for node in nodes for goods in sold}
    left = dict.fromkeys(sold, 0)
    for key, free, _ in await find_free(tx, cell_id=nodes[0].home_cell, keys=keys, business_on=plan.last):
        left[keys[key]] += max(free, 0)
    cheapest = sorted(left, key=lambda goods: (left[goods] * plan.goods[goods].retail_minor, goods))
    return [_Scarce(goods, -(-left[goods] // plan.goods[goods].case)) for goods in cheapest[:3]]


def _dealers(known: Known) -> list[int]:
    """Take dealers near and far, of every level, that no other story tells of."""
    stories = known.plan.stories
    told = {stories.visited, stories.debtor, stories.silent}
    others = [dealer for dealer in known.plan.channel.dealers_of(stories.distributor) if dealer not in told]
    return others[:: max(len(others) // len(_WANTED), 1)][: len(_WANTED)]


def _order(known: Known, scarce: Sequence[_Scarce], number: int) -> NewOrder:
    """Ask for cases of some goods; the first to ask for one asks for all that is left of it besides."""
    first = {place: next(n for n, some in enumerate(_WANTED) if place in some) for place in range(len(scarce))}
    return NewOrder(
        seller_id=known.organizations[known.plan.stories.distributor].id,
        lines=[
            NewLine(
                sku_id=known.skus[scarce[place].goods].id,
                pack_id=known.pack_id(scarce[place].goods, len(known.plan.goods[scarce[place].goods].packs) - 1),
                packs=_CASES + (scarce[place].cases if first[place] == number else 0),
            )
            for place in _WANTED[number]
        ],
        shortage_policy="back-order",
    )


def _asked(known: Known, market: Market, dealer: int, order: NewOrder, *, now: datetime) -> Work:
    scope = known.scope(dealer, channel="phone")
    incoming = Incoming(id=uuid7(at=now), scope=scope, order=order, body_hash=hash_of(order), now=now)
    return Work(incoming, prepare(market, incoming))


async def _bring(
    tx: Tx, known: Known, nodes: Sequence[NodeTerms], scarce: Sequence[_Scarce], waiting: Sequence[BackOrder]
) -> None:
    """Put goods down where nobody waits for them, less than is owed: somebody must choose."""
    document, on = uuid7(at=tx.now), known.plan.last
    receipts: list[Receipt] = []
    for goods, node, cases in _arrivals(known, nodes, scarce, waiting):
        one = known.plan.goods[goods]
        made = on - _MADE_AGO
        receipts.append(
            Receipt(
                document,
                len(receipts) + 1,
                key_of(bin_id=node.sellable_bin_id, sku_id=known.skus[goods].id),
                cases * one.case,
                f"{made:%Y%m%d}W",
                made,
                made + timedelta(days=one.family.shelf_days),
                price_of(one.retail_minor, PLANT_PERCENT[0][1]) * cases * one.case,
            )
        )
    await receive(
        tx,
        cell_id=nodes[0].home_cell,
        document_kind="opening",
        receipts=receipts,
        business_on=on,
        user_id=None if tx.actor is None else tx.actor.user_id,
    )
    tx.record("stock-opening", document, after={"firm": known.plan.stories.distributor}, cell_id=nodes[0].home_cell)


def _arrivals(
    known: Known, nodes: Sequence[NodeTerms], scarce: Sequence[_Scarce], waiting: Sequence[BackOrder]
) -> Iterator[tuple[int, NodeTerms, int]]:
    """Name goods, the node they come to, and how many cases."""
    for one in scarce:
        sku_id, case = known.skus[one.goods].id, known.plan.goods[one.goods].case
        owed = -(-sum(line.owed for line in waiting if line.sku_id == sku_id) // case)
        awaited = {line.node_id for line in waiting if line.sku_id == sku_id}
        idle = [node for node in nodes if node.id not in awaited]
        for node in idle:
            cases = max((owed - _BESIDE) // len(idle), 1)
            yield one.goods, node, cases
