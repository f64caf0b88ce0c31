"""Route many orders, and the same one by one: what finding a warehouse with its reasons costs an order."""

import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import Struct

from lingqu.kernel.ids import uuid7
from lingqu.modules.network.api import (
    BinState,
    Kind,
    NewLink,
    NewNode,
    NewOrganization,
    add_links,
    add_nodes,
    add_organizations,
)
from lingqu.modules.routing.api import (
    Choice,
    Course,
    Line,
    NewSetting,
    choose,
    find_courses,
    gather,
    keep_choices,
    put_setting,
)
from lingqu.modules.stock.api import Receipt, key_of, receive
from lingqu.roles.bench.goods import OPENED_ON, add_skus_of
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx

NODES = 10
LINES = 3
_SKUS = 100
_BUYERS = 100
_ALONE = 200
_SEED = 7
_CENTRE = (30.0, 118.0)


class Basket(Struct, frozen=True):
    """An order as routing sees it."""

    course: Course
    lines: tuple[Line, ...]


class Scene(Struct, frozen=True, kw_only=True):
    """A seller with its nodes, goods at about half of them, and how it looks to each buyer."""

    cell_id: int
    seller_id: int
    sku_ids: list[int]
    courses: list[Course]


class Routed(Struct, frozen=True, kw_only=True):
    """Units: milliseconds of the whole way, transaction included."""

    orders: int
    ms_per_order: float
    ms_alone: float
    kept: int


async def measure(url: str, *, batches: int, size: int) -> Routed:
    """Route ``batches`` of ``size`` orders, then some of them one by one; every choice is kept."""
    database = Database(url)
    await database.open()
    try:
        scene = await database.run(_set_up)
        dice = random.Random(_SEED)  # noqa: S311 (the same orders every time)
        work = [[_basket(scene, dice) for _ in range(size)] for _ in range(batches)]
        await _route(database, scene, work[0])  # warms connection and plans
        started = time.perf_counter()
        for some in work:
            await _route(database, scene, some)
        together = time.perf_counter() - started
        alone = [basket for some in work for basket in some][:_ALONE]
        started = time.perf_counter()
        for basket in alone:
            await _route(database, scene, [basket])
        single = time.perf_counter() - started
        kept = await database.run(_count)
    finally:
        await database.close()
    return Routed(
        orders=batches * size,
        ms_per_order=together * 1000 / (batches * size),
        ms_alone=single * 1000 / len(alone),
        kept=kept,
    )


def _basket(scene: Scene, dice: random.Random) -> Basket:
    skus = dice.sample(scene.sku_ids, LINES)
    lines = tuple(Line(number, sku_id, dice.randint(1, 20)) for number, sku_id in enumerate(skus, start=1))
    return Basket(dice.choice(scene.courses), lines)


async def _route(database: Database, scene: Scene, baskets: Sequence[Basket]) -> None:
    async def work(tx: Tx) -> None:
        facts = await gather(
            tx,
            cell_id=scene.cell_id,
            business_on=tx.now.date(),
            baskets=[(basket.course, [line.sku_id for line in basket.lines]) for basket in baskets],
            minute=600,
        )
        choices = [
            Choice(
                order_id=uuid7(),
                seller_id=scene.seller_id,
                setting_version=basket.course.version,
                user_id=None,
                lines=choose(basket.course, basket.lines, facts),
            )
            for basket in baskets
        ]
        await keep_choices(tx, cell_id=scene.cell_id, choices=choices)

    await database.run(work)


async def _count(tx: Tx) -> int:
    cursor = await tx.connection.execute("select count(*) from routing.decision")
    row = await cursor.fetchone()
    return 0 if row is None else int(row[0])


async def _set_up(tx: Tx) -> Scene:
    dice = random.Random(_SEED)  # noqa: S311 (the same scene every time)
    (brand,) = await add_organizations(tx, organizations=[_organization(Kind.BRAND, "B", None, dice)])
    (seller,) = await add_organizations(tx, organizations=[_organization(Kind.DISTRIBUTOR, "D", brand.id, dice)])
    buyers = await add_organizations(
        tx, organizations=[_organization(Kind.DEALER, f"D-{n}", seller.id, dice) for n in range(_BUYERS)]
    )
    await add_links(tx, links=[NewLink(seller_id=seller.id, buyer_id=b.id, valid_from=OPENED_ON) for b in buyers])
    nodes = await add_nodes(tx, nodes=[_node(seller.id, seller.home_cell, number, dice) for number in range(NODES - 1)])
    skus = await add_skus_of(tx, brand=brand, codes=[f"S{number}" for number in range(_SKUS)])
    bins = [seller.bins[BinState.SELLABLE], *(node.bins[BinState.SELLABLE] for node in nodes)]
    receipts = [
        Receipt(uuid7(), 1, key_of(bin_id=bin_id, sku_id=sku.id), 1_000)
        for bin_id in bins
        for sku in skus
        if dice.random() < 0.6  # noqa: PLR2004 (so that the rules have something to decide)
    ]
    await receive(
        tx,
        cell_id=seller.home_cell,
        document_kind="opening",
        receipts=receipts,
        business_on=datetime.now(UTC).date(),
        user_id=None,
    )
    await put_setting(tx, seller_id=seller.id, if_match=0, setting=NewSetting(is_active=True))
    courses = await find_courses(tx, pairs=[(seller.id, buyer.id) for buyer in buyers])
    return Scene(
        cell_id=seller.home_cell,
        seller_id=seller.id,
        sku_ids=[sku.id for sku in skus],
        courses=list(courses.values()),
    )


def _organization(kind: Kind, code: str, parent_id: int | None, dice: random.Random) -> NewOrganization:
    latitude, longitude = _somewhere(dice)
    return NewOrganization(kind=kind, code=code, name=code, parent_id=parent_id, latitude=latitude, longitude=longitude)


def _node(organization_id: int, home_cell: int, number: int, dice: random.Random) -> NewNode:
    latitude, longitude = _somewhere(dice)
    return NewNode(
        organization_id=organization_id,
        kind="warehouse",
        code=f"W{number}",
        name=f"W{number}",
        latitude=latitude,
        longitude=longitude,
        home_cell=home_cell,
    )


def _somewhere(dice: random.Random) -> tuple[float, float]:
    return _CENTRE[0] + dice.uniform(-5, 5), _CENTRE[1] + dice.uniform(-5, 5)
