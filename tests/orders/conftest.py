"""A small trade for each test of orders."""

from collections.abc import AsyncIterator, Callable

import pytest

from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx
from tests.orders.deciding import Office, build_office
from tests.orders.direct import Supply, build_supply
from tests.orders.trade import NOW, Trade, build_trade, link_maker
from tests.routing.places import build_places


@pytest.fixture
def trade_url(fresh_database: Callable[[], str]) -> str:
    """Give the address of a database for one trade, for tests that let other processes in."""
    return fresh_database()


@pytest.fixture
async def trade(trade_url: str) -> AsyncIterator[Trade]:
    """Give the trade in a database of its own, without stock and money."""
    clock = [NOW]
    database = Database(trade_url, clock=lambda: clock[0])
    await database.open()
    async with database.begin(now=NOW) as tx:
        trade = await build_trade(tx, database, clock)
    yield trade
    await trade.intake.drain()
    await database.close()


@pytest.fixture
async def chain(trade: Trade) -> Trade:
    """Let the seller buy from the maker, so that its buyers see the maker's goods."""
    await trade.run(lambda tx: link_maker(tx, trade))
    return trade


@pytest.fixture
async def supply(trade: Trade) -> Supply:
    """Give the trade with three warehouses and a supplier that may send; nothing is offered, stocked or paid yet."""

    async def build(tx: Tx) -> Supply:
        return await build_supply(tx, await build_places(tx, trade))

    return await trade.run(build)


@pytest.fixture
async def office(trade: Trade) -> Office:
    """Give the trade with people, stock and money."""
    await trade.stock(1_000)
    await trade.stock(1_000, sku=1)
    await trade.money(1_000_000)
    return await build_office(trade)
