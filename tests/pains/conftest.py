"""A small trade for each pain, in a database of its own."""

from collections.abc import AsyncIterator, Callable

import pytest

from lingqu.runtime.db import Database
from tests.orders.trade import NOW, Trade, build_trade


@pytest.fixture
async def trade(fresh_database: Callable[[], str]) -> AsyncIterator[Trade]:
    """Give the trade without stock and money; its clock is the test's."""
    clock = [NOW]
    database = Database(fresh_database(), size=12, clock=lambda: clock[0])
    await database.open()
    async with database.begin(now=NOW) as tx:
        trade = await build_trade(tx, database, clock)
    yield trade
    await trade.intake.drain()
    await database.close()
