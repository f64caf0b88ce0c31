"""The small trade of orders, whose seller has three warehouses and routes between them."""

from collections.abc import AsyncIterator, Callable

import pytest

from lingqu.runtime.db import Database
from tests.orders.trade import NOW, build_trade
from tests.routing.places import Places, build_places


@pytest.fixture
async def places(fresh_database: Callable[[], str]) -> AsyncIterator[Places]:
    """Give the trade in a database of its own, without stock and money."""
    clock = [NOW]
    database = Database(fresh_database(), clock=lambda: clock[0])
    await database.open()
    async with database.begin(now=NOW) as tx:
        trade = await build_trade(tx, database, clock)
        places = await build_places(tx, trade)
    yield places
    await trade.intake.drain()
    await database.close()
