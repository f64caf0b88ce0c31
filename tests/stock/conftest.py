"""A small world of stock: two organizations in two cells, a node each, bins of every state and three SKUs."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import psycopg
import pytest

from lingqu.kernel.ids import uuid7
from lingqu.modules.stock.api import key_of
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
    """`here` and `there` are two organizations in cells 1 and 2; `milk` is kept by lot, `tea` and `salt` are not."""

    here: Place
    there: Place
    milk: int
    tea: int
    salt: int


INSERT_ORGANIZATION = """
with p as (
    insert into identity.party (id, kind, home_cell, name)
    values (%(party)s, 'organization', %(cell)s, %(code)s), (%(walk_in)s, 'walk-in', %(cell)s, %(code)s)
    returning id)
insert into network.organization (party_id, walk_in_party_id, kind, code, name, home_cell, time_zone, currency, status,
                                  sort_key, search, created_at)
values (%(party)s, %(walk_in)s, 'distributor', %(code)s, %(code)s, %(cell)s, 'Asia/Shanghai', 'CNY', 'active',
        %(code)s, '{}', %(now)s)
returning id
"""
INSERT_NODE = """
insert into network.node (organization_id, kind, code, name, home_cell)
values (%(organization)s, 'warehouse', %(code)s, %(code)s, %(cell)s) returning id
"""
INSERT_BIN = """
insert into network.bin (node_id, owner_id, state, home_cell)
values (%(node)s, %(organization)s, %(state)s, %(cell)s) returning id
"""
INSERT_LINE = """
insert into network.product_line (brand_id, code, name_zh, name_en) values (%s, 'A', '甲', 'A') returning id
"""
INSERT_TAX = (
    "insert into catalog.tax_class (code, name_zh, name_en, rate_ppm) values (%s, '普', 'G', 130000) returning id"
)
INSERT_SKU = """
insert into catalog.sku (brand_id, product_line_id, tax_class_id, code, product_code, name_zh, name_en, base_unit,
                         is_lot_tracked, shelf_life_days, sort_key, search, created_at)
values (%(brand)s, %(line)s, %(tax)s, %(code)s, %(code)s, %(code)s, %(code)s, 'box', %(lot)s, %(life)s, %(code)s,
        array[lower(%(code)s)], %(now)s) returning id
"""


async def build_world(connection: psycopg.AsyncConnection) -> World:
    """Write the world; the caller commits or rolls back."""

    async def add(text: str, parameters: object) -> int:
        row = await (await connection.execute(text, parameters)).fetchone()
        assert row is not None
        return row[0]

    async def place(code: str, cell: int) -> Place:
        party = uuid7()
        organization = await add(
            INSERT_ORGANIZATION, {"party": party, "walk_in": uuid7(), "cell": cell, "code": code, "now": NOW}
        )
        node = await add(INSERT_NODE, {"organization": organization, "code": code, "cell": cell})
        bins = [
            await add(INSERT_BIN, {"node": node, "organization": organization, "state": state, "cell": cell})
            for state in ("sellable", "blocked", "in-transit")
        ]
        return Place(organization, party, cell, node, *bins)

    here, there = await place("HERE", 1), await place("THERE", 2)
    line = await add(INSERT_LINE, (here.organization_id,))
    tax = await add(INSERT_TAX, ("general",))

    async def sku(code: str, *, lot: bool, life: int | None) -> int:
        return await add(
            INSERT_SKU,
            {
                "brand": here.organization_id,
                "line": line,
                "tax": tax,
                "code": code,
                "lot": lot,
                "life": life,
                "now": NOW,
            },
        )

    return World(
        here,
        there,
        milk=await sku("MILK", lot=True, life=30),
        tea=await sku("TEA", lot=False, life=None),
        salt=await sku("SALT", lot=False, life=None),
    )


@pytest.fixture
async def world(tx: Tx) -> World:
    """Give a world that goes with the test's transaction."""
    return await build_world(tx.connection)


@pytest.fixture
async def committed(fresh_database: Callable[[], str]) -> AsyncIterator[tuple[Database, World]]:
    """Give a database of the test's own with a committed world, for tests with several sessions."""
    database = Database(fresh_database(), size=24, clock=lambda: NOW)
    await database.open()
    async with database.begin(now=NOW) as tx:
        world = await build_world(tx.connection)
    yield database, world
    await database.close()
