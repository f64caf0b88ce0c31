"""A small world of stock: two organizations in two cells, a node each, bins of every state and three SKUs."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.network.api import (
    BinState,
    Kind,
    NewNode,
    NewOrganization,
    NewProductLine,
    add_nodes,
    add_organizations,
    add_product_lines,
)
from lingqu.modules.stock.api import Receipt, key_of, receive
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Place:
    """One organization's node."""

    organization_id: int
    party_id: UUID
    cell_id: int
    node_id: int
    sellable: int
    blocked: int
    in_transit: int

    def key(self, sku_id: int) -> int:
        return key_of(bin_id=self.sellable, sku_id=sku_id)

    def blocked_key(self, sku_id: int) -> int:
        return key_of(bin_id=self.blocked, sku_id=sku_id)

    def transit_key(self, sku_id: int) -> int:
        return key_of(bin_id=self.in_transit, sku_id=sku_id)


@dataclass(frozen=True)
class World:
    """`here` and `there` are two organizations in cells 1 and 2; `branch` is a second node of `here`, in cell 3.

    `milk` is kept by lot, `tea` and `salt` are not.
    """

    here: Place
    there: Place
    branch: Place
    milk: int
    tea: int
    salt: int


INSERT_TAX = """
insert into catalog.tax_class (code, name_zh, name_en, rate_ppm) values ('general', '普', 'G', 130000) returning id
"""
INSERT_SKU = """
insert into catalog.sku (brand_id, product_line_id, tax_class_id, code, product_code, name_zh, name_en, base_unit,
                         is_lot_tracked, shelf_life_days, sort_key, search, created_at)
values (%(brand)s, %(line)s, %(tax)s, %(code)s, %(code)s, %(code)s, %(code)s, 'box', %(lot)s, %(life)s, %(code)s,
        array[lower(%(code)s)], %(now)s) returning id
"""


async def build_world(tx: Tx) -> World:
    """Write the world; the caller commits or rolls back."""
    added = await add_organizations(
        tx,
        organizations=[
            NewOrganization(kind=Kind.DISTRIBUTOR, code="HERE", name="此地商贸", home_cell=1),
            NewOrganization(kind=Kind.DISTRIBUTOR, code="THERE", name="彼地商贸", home_cell=2),
        ],
    )
    here, there = (
        Place(
            one.id,
            one.party_id,
            one.home_cell,
            one.node_id,
            *(one.bins[state] for state in (BinState.SELLABLE, BinState.BLOCKED, BinState.IN_TRANSIT)),
        )
        for one in added
    )
    (node,) = await add_nodes(
        tx,
        nodes=[NewNode(organization_id=here.organization_id, home_cell=3, kind="shop", code="BRANCH", name="此地分店")],
    )
    branch = Place(
        here.organization_id,
        here.party_id,
        3,
        node.id,
        *(node.bins[state] for state in (BinState.SELLABLE, BinState.BLOCKED, BinState.IN_TRANSIT)),
    )
    line = NewProductLine(brand_id=here.organization_id, code="A", name_zh="甲", name_en="A")
    (line_id,) = await add_product_lines(tx, lines=[line])
    cursor = await tx.connection.execute(INSERT_TAX)
    tax = await cursor.fetchone()
    assert tax is not None

    async def sku(code: str, *, is_lot_tracked: bool = False, life: int | None = None) -> int:
        parameters = {"brand": here.organization_id, "line": line_id, "tax": tax[0], "code": code, "now": NOW}
        cursor = await tx.connection.execute(INSERT_SKU, parameters | {"lot": is_lot_tracked, "life": life})
        row = await cursor.fetchone()
        assert row is not None
        return row[0]

    milk = await sku("MILK", is_lot_tracked=True, life=30)
    return World(here, there, branch, milk=milk, tea=await sku("TEA"), salt=await sku("SALT"))


@pytest.fixture
def scope(world: World) -> Scope:
    """Give the scope of somebody at `here` who may do everything there."""
    return scope_at(world.here)


@pytest.fixture
def scope_there(world: World) -> Scope:
    """Give the scope of somebody at `there`."""
    return scope_at(world.there)


def scope_at(place: Place) -> Scope:
    """Make the scope of somebody at a place."""
    return Scope(
        actor=Actor(place.party_id, 7, "keeper"),
        organization_id=place.organization_id,
        party_id=place.party_id,
        cell_id=place.cell_id,
        organization_ids=(place.organization_id,),
        party_ids=(place.party_id,),
        cell_ids=(0, 1, 2, 3),
        permissions=frozenset({"stock.read", "stock.value", "stock.adjust", "stock.transfer", "stock.open"}),
        kind="distributor",
    )


@pytest.fixture
def make_stock(tx: Tx, world: World) -> Callable[..., Awaitable[None]]:
    """Give a function that lays goods into the sellable bin: (sku, quantity, lot, expiry) at 100 fen a piece."""

    async def make(*lines: tuple[int, int, str | None, date | None], place: Place = world.here) -> None:
        await receive(
            tx,
            cell_id=place.cell_id,
            document_kind="receipt",
            receipts=[
                Receipt(uuid4(), 1, place.key(sku), quantity, lot, None, expires, 100 * quantity)
                for sku, quantity, lot, expires in lines
            ],
            business_on=TODAY,
            user_id=None,
        )

    return make


@pytest.fixture(scope="session")
def make_world() -> Callable[[Tx], Awaitable[World]]:
    """Give the function that writes the world, for tests that open transactions themselves."""
    return build_world


@pytest.fixture
async def world(tx: Tx) -> World:
    """Give a world that goes with the test's transaction."""
    return await build_world(tx)


@pytest.fixture
async def committed(fresh_database: Callable[[], str]) -> AsyncIterator[tuple[Database, World]]:
    """Give a database of the test's own with a committed world, for tests with several sessions."""
    database = Database(fresh_database(), size=24, clock=lambda: NOW)
    await database.open()
    async with database.begin(now=NOW) as tx:
        world = await build_world(tx)
    yield database, world
    await database.close()
