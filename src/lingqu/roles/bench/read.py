"""`bench read`: dealers look at shelves, each at its own prices and at what is free, while orders take from them."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from msgspec import Struct
from msgspec.structs import replace

from lingqu.roles.bench.house import house
from lingqu.roles.bench.load import Plan
from lingqu.roles.bench.market import Market, open_market
from lingqu.roles.bench.send import send, spent
from lingqu.roles.transaction import bulk_database

SKUS_A_LOOK = 10
_SELLERS = 16
_WARM_S = 4.0
_BUYING = 16
_OLDEST_MS = 500.0


class Reads(Struct, frozen=True, kw_only=True):
    """What was seen. ``oldest_ms`` is the age of the oldest thing told when it arrived; orders are those beside.

    ``is_fresh``: what was told was at most half a second old when it was told.
    """

    per_second: float
    p50_ms: float
    p99_ms: float
    oldest_ms: float
    orders_per_minute: float
    cpu_us: dict[str, float]
    by_application: float
    errors: int
    is_fresh: bool


def run_reads(*, seconds: float, connections: int, dealers: int, goods: int, report: Callable[[str], None]) -> Reads:
    """Lay a market out, let orders run, and look at shelves through the door; then through the application."""
    with house(api_processes=2, cells=4) as place:
        market = asyncio.run(_open(place.database_url, dealers, goods))
        report(f"{dealers} dealers, {goods} SKUs at {_SELLERS} sellers laid out")
        look = Plan(port=place.door_port, market=market, seconds=_WARM_S, connections=connections, read=SKUS_A_LOOK)
        send(look)
        with ThreadPoolExecutor(1) as beside_it:
            buying = beside_it.submit(send, replace(look, read=0, connections=_BUYING, seconds=seconds + 1))
            before = spent(place)
            tally = send(replace(look, seconds=seconds, seed=2))
            after = spent(place)
            bought = buying.result()
        port = int(place.address.rsplit(":", 1)[1])
        beside = send(replace(look, port=port, connections=32, seconds=min(seconds, 5.0), seed=3))
    answered = sum(tally.answers.values())
    orders = bought.answers.get("201", 0) / bought.took_s * 60
    return Reads(
        per_second=tally.answers.get("200", 0) / tally.took_s,
        p50_ms=tally.p50_ms,
        p99_ms=tally.p99_ms,
        oldest_ms=tally.oldest_ms,
        orders_per_minute=orders,
        cpu_us={name: (value - before.get(name, 0.0)) / answered * 1e6 for name, value in after.items()},
        by_application=beside.answers.get("200", 0) / beside.took_s,
        errors=answered - tally.answers.get("200", 0),
        is_fresh=tally.oldest_ms - tally.p99_ms <= _OLDEST_MS,
    )


async def _open(url: str, dealers: int, goods: int) -> Market:
    async with bulk_database(url) as database:
        return await open_market(database, dealers=dealers, poor=0, sellers=_SELLERS, goods=goods)
