"""A small trade for each test of orders."""

from collections.abc import AsyncIterator, Callable

import pytest

from lingqu.runtime.db import Database
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
