"""Fill an empty installation with the demo."""

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from lingqu.kernel.clock import Clock, system_clock
from lingqu.modules.ledger.api import fold
from lingqu.modules.network.api import find_platform
from lingqu.modules.orders.api import Market
from lingqu.roles.demo.load.add_goods import add_goods
from lingqu.roles.demo.load.add_members import give_points, register_members
from lingqu.roles.demo.load.add_money import add_money
from lingqu.roles.demo.load.add_network import add_network, add_territories
from lingqu.roles.demo.load.add_people import add_people
from lingqu.roles.demo.load.add_pictures import add_pictures, draw_pictures
from lingqu.roles.demo.load.add_prices import add_prices, set_floors
from lingqu.roles.demo.load.days import Days
from lingqu.roles.demo.load.known import Known, at
from lingqu.roles.demo.load.stories import end_stories
from lingqu.roles.demo.load.tally import Tally
from lingqu.roles.demo.logins import SQL, is_demo
from lingqu.roles.demo.plan.plan import Plan, make_plan
from lingqu.roles.demo.plan.size import SIZES, Scale
from lingqu.roles.demo.plan.trade import Trade
from lingqu.roles.demo.progress import progress
from lingqu.runtime.cells import cell_count
from lingqu.runtime.db import Database
from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.objects import Objects
from lingqu.runtime.tx import Tx

_ZONE = ZoneInfo("Asia/Shanghai")
_STATEMENT_TIMEOUT_MS = 600_000
_CONNECTIONS = 6
_LOOKS = {2, 10, 40, 160}


async def fill_database(
    url: str, *, objects: Objects, scale: Scale, report: Callable[[str], None], clock: Clock = system_clock
) -> Tally | None:
    """Make the demo of the months that end yesterday; None, changing nothing, if it stands already.

    Raises: CannotRun if the installation is a real one, Unavailable if the database is away.
    """
    database = Database(
        url, size=_CONNECTIONS, statement_timeout_ms=_STATEMENT_TIMEOUT_MS, is_durable=False, clock=clock
    )
    await database.open()
    try:
        if await database.run(_stands):
            return None
        yesterday: date = clock().astimezone(_ZONE).date() - timedelta(days=1)
        report(f"Filling the demo network ({scale})")
        plan = make_plan(SIZES[scale], last=yesterday)
        # Drawn while the database is busy with the network.
        drawing = asyncio.create_task(draw_pictures(plan))
        known = await database.run(lambda tx: _found(tx, plan), now=at(plan.first - timedelta(days=1), 9))
        drawn = await drawing
        eve = at(plan.first - timedelta(days=1), 9)
        await database.run(lambda tx: add_pictures(tx, known, objects, drawn), now=eve)
        return await _play(database, known)
    finally:
        await database.close()


async def _stands(tx: Tx) -> bool:
    if await is_demo(tx):
        return await tx.value(SQL["is_filled"], bool)
    if await find_platform(tx) is not None:
        raise CannotRun("This data folder holds a real installation. Set LINGQU_HOME to another folder for the demo.")
    return False


async def _found(tx: Tx, plan: Plan) -> Known:
    """Make all that stands before the first day."""
    await tx.run(SQL["mark_demo"])
    known = await add_network(tx, plan)
    await add_people(tx, known)
    await add_goods(tx, known)
    await add_territories(tx, known)
    await add_prices(tx, known)
    await set_floors(tx, known)
    await add_money(tx, known)
    return known


async def _play(database: Database, known: Known) -> Tally:
    await register_members(database, known)
    market = Market()
    await database.run(lambda tx: _read_market(tx, market, known))
    days = Days(database, known, market)
    trade = Trade(known.plan)
    with progress("Trading days", total=known.plan.size.day_count) as step:
        for number, day in enumerate(trade.days()):
            await days.play(day)
            if number in _LOOKS:
                await database.run(analyze)
            step()
    await give_points(database, known, days.points)
    await end_stories(database, known, market, days, trade)
    await database.run(_finish)
    await database.run(analyze)
    return days.tally


async def _read_market(tx: Tx, market: Market, known: Known) -> None:
    channel, ids = known.plan.channel, [organization.id for organization in known.organizations]
    pairs = [(ids[seller], ids[buyer]) for seller in channel.suppliers for buyer in channel.distributors]
    pairs += [(ids[0], ids[buyer]) for buyer in channel.distributors]
    pairs += [(ids[channel.firms[dealer].seller], ids[dealer]) for dealer in channel.dealers]
    await market.load(tx, pairs)
    await market.add_sellers(tx, [ids[dealer] for dealer in channel.dealers])


async def analyze(tx: Tx) -> None:
    """Let PostgreSQL look at its tables: plans made for empty ones are slow on full ones, its own look comes late."""
    await tx.connection.execute("analyze")


async def _finish(tx: Tx) -> None:
    for cell_id in range(await cell_count(tx)):
        while await fold(tx, cell_id=cell_id):
            pass
    await tx.run(SQL["mark_filled"], now=tx.now)
