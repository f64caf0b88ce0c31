"""Place orders through the intake: in batches as the API does, and one transaction per order beside it.

Run: python -m bench.place_orders [seconds]. Starts a durable PostgreSQL of its own in a temporary folder, fills one
distributor with 200 dealers and 300 SKUs over one cell, and prints orders a minute, milliseconds and the ratio.
"""

import asyncio
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from lingqu.kernel.clock import system_clock
from lingqu.kernel.ids import uuid7
from lingqu.modules.orders.api import Intake, NewLine, NewOrder
from lingqu.roles.install import initialise
from lingqu.runtime.db import Database
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.postgres import PostgresEngine
from tests.orders.trade import Trade, build_trade

IN_FLIGHT, LINES = 256, 3


def main(seconds: float) -> None:
    """Print both figures and what they leave in the database."""
    home = Home(Path(tempfile.mkdtemp(prefix="lingqu-bench-")))
    engine = PostgresEngine(home)
    engine.install()
    engine.start()
    try:
        url = engine.create_database("bench")
        initialise(url, cells=4, report=lambda _: None)
        asyncio.run(_compare(url, seconds))
    finally:
        engine.stop()
        shutil.rmtree(home.postgres.resolve(), ignore_errors=True)
        shutil.rmtree(home.path, ignore_errors=True)


async def _compare(url: str, seconds: float) -> None:
    database = Database(url, size=10)
    await database.open()
    trade = await database.run(lambda tx: build_trade(tx, database, [system_clock()]))
    for sku in range(len(trade.skus)):
        await trade.stock(10**9, sku=sku)
    for buyer in range(len(trade.buyers)):
        await trade.money(10**14, buyer=buyer)
    plain = await _measure(trade, seconds, is_plain=True)
    batched = await _measure(trade, seconds, is_plain=False)
    print(f"ratio {batched / plain:.1f}  violations {await trade.violations()}")  # noqa: T201
    await database.close()


async def _measure(trade: Trade, seconds: float, *, is_plain: bool) -> float:
    intake = Intake(trade.database, max_size=1, concurrency=8) if is_plain else Intake(trade.database)
    until = time.perf_counter() + seconds
    times: list[float] = []

    async def buyer(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - a fixed seed makes figures comparable
        scope = trade.scope(trade.buyers[seed % 2])
        while (started := time.perf_counter()) < until:
            lines = [NewLine(sku_id=chance.choice(trade.skus), packs=chance.randint(1, 9)) for _ in range(LINES)]
            await intake.place(scope=scope, key=str(uuid7()), order=NewOrder(seller_id=trade.seller.id, lines=lines))
            times.append(time.perf_counter() - started)

    began, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(buyer(seed) for seed in range(IN_FLIGHT)))
    took = time.perf_counter() - began
    await intake.drain()
    per_minute = len(times) / took * 60
    name = "one transaction per order" if is_plain else "batches"
    python_us = (time.process_time() - cpu) / len(times) * 1e6
    times.sort()
    print(  # noqa: T201
        f"{name}: {per_minute:,.0f} orders/min  p50 {statistics.median(times) * 1e3:.0f} ms  "
        f"p99 {times[int(len(times) * 0.99)] * 1e3:.0f} ms  Python {python_us:.0f} us/order"
    )
    return per_minute


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 8.0)
