"""Plan a waiting backlog: what the best plan costs and serves beside greedy, how long it takes, and applying it."""

import asyncio
import random
import time
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.clock import system_clock
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.network.api import (
    AddedOrganization,
    BinState,
    Kind,
    NewLink,
    NewNode,
    NewOrganization,
    add_links,
    add_nodes,
    add_organizations,
    scope_of_party,
)
from lingqu.modules.orders.api import Intake, NewLine, NewOrder, apply_plan, plan_now, read_plan
from lingqu.modules.routing.api import (
    NewBacklogPlan,
    NewSetting,
    NodeSetting,
    PlanSummary,
    keep_answers,
    put_setting,
)
from lingqu.modules.stock.api import MoveKind, Receipt, key_of, receive
from lingqu.roles.bench.goods import OPENED_ON, add_goods, give_credit
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx

NODES = 8
LINES = 3
_SKUS = 60
_BUYERS = 60
_DAYS = 5
_SEED = 7
_CENTRE = (30.0, 118.0)
_LET_GO = 3
_MOST = 20
_STOCKED = 0.35
_GROUP = 50


class Planned(Struct, frozen=True, kw_only=True):
    """How a plan ended. Units: milliseconds of gathering, solving and keeping it, and of applying it."""

    summary: PlanSummary
    plan_ms: float
    apply_ms: float
    applied: int
    skipped: int
    oversold: int


class _Scene(Struct, frozen=True, kw_only=True):
    seller: AddedOrganization
    scope: Scope
    buyers: list[Scope]
    sku_ids: list[int]
    node_ids: list[int]
    bins: list[int]


async def plan_backlog(url: str, *, orders: int, seconds: int, gap_ppm: int) -> Planned:
    """Let orders wait for goods that then come to some of the warehouses, plan, and apply the plan."""
    dice = random.Random(_SEED)  # noqa: S311 (the same backlog every time)
    database = Database(url)
    await database.open()
    try:
        scene = await database.run(lambda tx: _set_up(tx, dice))
        ids = await _let_wait(url, scene, dice, count=orders)
        await database.run(lambda tx: _let_go(tx, scene, ids, dice))
        await database.run(lambda tx: _bring(tx, scene, dice))
        ask = NewBacklogPlan(time_limit_s=seconds, gap_ppm=gap_ppm)
        started = time.perf_counter()
        plan_id = await database.run(lambda tx: plan_now(tx, scope=scene.scope, ask=ask))
        made = time.perf_counter()
        summary = (await database.run(lambda tx: read_plan(tx, scope=scene.scope, plan_id=plan_id))).summary
        assert summary is not None, "it is ready"  # noqa: S101 - a bug, not a figure
        begun = time.perf_counter()
        ended = await database.run(lambda tx: apply_plan(tx, scope=scene.scope, plan_id=plan_id))
        applied = time.perf_counter()
        oversold = await database.run(_count_oversold)
    finally:
        await database.close()
    return Planned(
        summary=summary,
        plan_ms=(made - started) * 1000,
        apply_ms=(applied - begun) * 1000,
        applied=ended.applied_count,
        skipped=ended.skipped_count,
        oversold=oversold,
    )


async def _let_wait(url: str, scene: _Scene, dice: random.Random, *, count: int) -> list[UUID]:
    """Place orders over some days, while nothing is in stock."""
    ids: list[UUID] = []
    for day in range(_DAYS):
        ago = timedelta(days=_DAYS - 1 - day)
        database = Database(url, clock=lambda ago=ago: system_clock() - ago)
        await database.open()
        intake = Intake(database)
        some = [_order(scene, dice) for _ in range(count // _DAYS + (day < count % _DAYS))]
        for start in range(0, len(some), _GROUP):
            placed = await asyncio.gather(
                *(
                    intake.place(scope=dice.choice(scene.buyers), key=str(uuid7(at=system_clock() - ago)), order=order)
                    for order in some[start : start + _GROUP]
                )
            )
            ids += [one.id for one in placed]
        await intake.drain()
        await database.close()
    return ids


def _order(scene: _Scene, dice: random.Random) -> NewOrder:
    skus = dice.sample(scene.sku_ids, LINES)
    return NewOrder(
        seller_id=scene.seller.id,
        lines=[NewLine(sku_id=sku_id, packs=dice.randint(1, _MOST)) for sku_id in skus],
        shortage_policy="back-order",
    )


async def _let_go(tx: Tx, scene: _Scene, ids: Sequence[UUID], dice: random.Random) -> None:
    """Let every third order be let go by some warehouses."""
    for order_id in ids[::_LET_GO]:
        nodes = dice.sample(scene.node_ids, _LET_GO)
        await keep_answers(
            tx, cell_id=scene.seller.home_cell, order_id=order_id, node_ids=nodes, answer="rejected", reason="bench"
        )


async def _bring(tx: Tx, scene: _Scene, dice: random.Random) -> None:
    """Put goods down here and there: less than is owed in all."""
    receipts = [
        Receipt(uuid7(at=tx.now), 1, key_of(bin_id=bin_id, sku_id=sku_id), dice.randint(_MOST, 4 * _MOST))
        for bin_id in scene.bins
        for sku_id in scene.sku_ids
        if dice.random() < _STOCKED
    ]
    await receive(
        tx,
        cell_id=scene.seller.home_cell,
        document_kind="opening",
        receipts=receipts,
        kind=MoveKind.OPENING,
        business_on=tx.now.date(),
        user_id=None,
    )


async def _set_up(tx: Tx, dice: random.Random) -> _Scene:
    (brand,) = await add_organizations(tx, organizations=[_organization(Kind.BRAND, "B", None, dice)])
    (seller,) = await add_organizations(tx, organizations=[_organization(Kind.DISTRIBUTOR, "D", brand.id, dice)])
    buyers = await add_organizations(
        tx, organizations=[_organization(Kind.DEALER, f"D-{n}", seller.id, dice) for n in range(_BUYERS)]
    )
    await add_links(tx, links=[NewLink(seller_id=seller.id, buyer_id=b.id, valid_from=OPENED_ON) for b in buyers])
    await give_credit(tx, seller=seller, buyers=buyers)
    sku_ids = await add_goods(tx, brand=brand, sellers=[seller], codes=[f"S{n}" for n in range(_SKUS)])
    nodes = await add_nodes(tx, nodes=[_node(seller, number, dice) for number in range(NODES - 1)])
    assert seller.node_id is not None, "a distributor has a warehouse"  # noqa: S101 - a bug, not a figure
    node_ids = [seller.node_id, *(node.id for node in nodes)]
    costs = [
        NodeSetting(node_id=node_id, base_minor=dice.randint(10, 40) * 100, per_km_minor=dice.randint(3, 10))
        for node_id in node_ids
    ]
    await put_setting(
        tx, seller_id=seller.id, if_match=0, setting=NewSetting(is_active=True, max_parts=2, nodes=tuple(costs))
    )
    return _Scene(
        seller=seller,
        scope=await _scope(tx, seller),
        buyers=[await _scope(tx, buyer) for buyer in buyers],
        sku_ids=sku_ids,
        node_ids=node_ids,
        bins=[seller.bins[BinState.SELLABLE], *(node.bins[BinState.SELLABLE] for node in nodes)],
    )


async def _scope(tx: Tx, one: AddedOrganization) -> Scope:
    scope = await scope_of_party(
        tx, actor=Actor(one.party_id), permissions=frozenset({"orders.place", "routing.plan", "routing.read"})
    )
    assert scope is not None, "it was just made"  # noqa: S101 - a bug, not a figure
    return scope


async def _count_oversold(tx: Tx) -> int:
    cursor = await tx.connection.execute("select count(*) from stock.balance where reserved > on_hand")
    row = await cursor.fetchone()
    return 0 if row is None else int(row[0])


def _organization(kind: Kind, code: str, parent_id: int | None, dice: random.Random) -> NewOrganization:
    latitude, longitude = _somewhere(dice)
    return NewOrganization(kind=kind, code=code, name=code, parent_id=parent_id, latitude=latitude, longitude=longitude)


def _node(seller: AddedOrganization, number: int, dice: random.Random) -> NewNode:
    latitude, longitude = _somewhere(dice)
    return NewNode(
        organization_id=seller.id,
        kind="warehouse",
        code=f"W{number}",
        name=f"W{number}",
        latitude=latitude,
        longitude=longitude,
        home_cell=seller.home_cell,
    )


def _somewhere(dice: random.Random) -> tuple[float, float]:
    return _CENTRE[0] + dice.uniform(-2, 2), _CENTRE[1] + dice.uniform(-2, 2)
