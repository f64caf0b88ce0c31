"""A small trade for each test of orders."""

from collections.abc import AsyncIterator, Callable

import pytest

from lingqu.runtime.db import Database
from tests.orders.deciding import Office, build_office
from tests.orders.trade import NOW, Trade, build_trade


@pytest.fixture
async def trade(fresh_database: Callable[[], str]) -> AsyncIterator[Trade]:
    """Give the trade in a database of its own, without stock and money."""
    clock = [NOW]
    database = Database(fresh_database(), clock=lambda: clock[0])
    await database.open()
    async with database.begin(now=NOW) as tx:
        trade = await build_trade(tx, database, clock)
    yield trade
    await trade.intake.drain()
    await database.close()


@pytest.fixture
async def office(trade: Trade) -> Office:
    """Give the trade with people, stock and money."""
    await trade.stock(1_000)
    await trade.stock(1_000, sku=1)
    await trade.money(1_000_000)
    return await build_office(trade)
