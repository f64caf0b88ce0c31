"""Time the reservation of one order line: a batch in one call, and line by line as most programs do it.

Run: python bench/stock_reserve.py. Starts a PostgreSQL of its own (durable: fsync on), reserves the same lines of the
same orders both ways, each batch in one transaction, and prints microseconds per line and how many times longer the
loop takes. Both ways must leave the same stock behind, or the figure is not printed.
"""

import asyncio
import random
import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from lingqu.kernel.ids import uuid7
from lingqu.modules.catalog.api import NewSKU, NewTaxClass, add_skus, add_tax_class
from lingqu.modules.network.api import (
    BinState,
    Kind,
    NewOrganization,
    NewProductLine,
    add_organizations,
    add_product_lines,
)
from lingqu.modules.stock.api import Claim, Receipt, key_of, lock_free, receive, reserve
from lingqu.roles.install import initialise
from lingqu.runtime.db import Database
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.postgres import PostgresEngine
from lingqu.runtime.tx import Tx

SKUS, BATCHES, ORDERS, LINES, ROUNDS = 1_000, 20, 128, 3, 3
NOW, DAY, CELL = datetime(2026, 3, 2, 1, 0, tzinfo=UTC), date(2026, 3, 2), 1
Batch = list[Claim]


async def batched(tx: Tx, batch: Batch) -> None:
    """Reserve a batch as the product does: lock and look once, write once."""
    await lock_free(tx, cell_id=CELL, keys={claim.key for claim in batch}, business_on=DAY)
    await reserve(tx, cell_id=CELL, claims=batch)


async def looped(tx: Tx, batch: Batch) -> None:
    """Reserve line by line; sorted, or two such transactions would deadlock."""
    for claim in sorted(batch, key=lambda claim: claim.key):
        await tx.connection.execute(
            "select on_hand - reserved from stock.balance where cell_id = %s and key = %s for update", (CELL, claim.key)
        )
        await tx.connection.execute(
            "update stock.balance set reserved = reserved + %s where cell_id = %s and key = %s",
            (claim.quantity, CELL, claim.key),
        )
        await tx.connection.execute(
            "insert into stock.reservation (cell_id, document_id, line_no, key, quantity) values (%s, %s, %s, %s, %s)",
            (CELL, claim.document_id, claim.line_no, claim.key, claim.quantity),
        )


async def measure(url: str) -> None:
    """Fill a database, time both ways in turn, and print the best round of each."""
    database = Database(url, size=2, clock=lambda: NOW)
    await database.open()
    try:
        async with database.begin() as tx:
            keys = await _fill(tx)
        best = {"batch": float("inf"), "loop": float("inf")}
        left: dict[str, list[tuple[int, int]]] = {}
        for number in range(ROUNDS):
            for name, way in (("batch", batched), ("loop", looped)):
                batches = _batches(random.Random(number), keys)  # noqa: S311 - a fixed seed makes figures comparable
                best[name] = min(best[name], await _time(database, way, batches))
                left[name] = await _take_back(database)
            if left["batch"] != left["loop"]:
                raise SystemExit("the two ways left different stock behind")
    finally:
        await database.close()
    print(  # noqa: T201 - the figure is the point
        f"batch {best['batch']:.1f} us/line  loop {best['loop']:.1f} us/line  ratio {best['loop'] / best['batch']:.1f}"
        f"  ({ORDERS} orders of {LINES} lines a transaction, {SKUS} SKUs, durable)"
    )


async def _time(database: Database, way: Callable[[Tx, Batch], Awaitable[None]], batches: list[Batch]) -> float:
    started = time.perf_counter()
    for batch in batches:
        async with database.begin() as tx:
            await way(tx, batch)
    return (time.perf_counter() - started) / sum(map(len, batches)) * 1e6


async def _take_back(database: Database) -> list[tuple[int, int]]:
    """Free everything again, vacuum, and tell what was reserved."""
    async with database.begin() as tx:
        rows = await (await tx.connection.execute("select key, reserved from stock.balance order by key")).fetchall()
        await tx.connection.execute("truncate stock.reservation")
        await tx.connection.execute("update stock.balance set reserved = 0")
    return [(key, reserved) for key, reserved in rows]


async def _fill(tx: Tx) -> list[int]:
    """Make one distributor with plenty of every SKU and give the keys."""
    new = NewOrganization(kind=Kind.DISTRIBUTOR, code="BENCH", name="Bench", home_cell=CELL)
    (seller,) = await add_organizations(tx, organizations=[new])
    line = NewProductLine(brand_id=seller.id, code="A", name_zh="甲", name_en="A")
    (line_id,) = await add_product_lines(tx, lines=[line])
    tax = await add_tax_class(tx, tax_class=NewTaxClass(code="BENCH", name_zh="普", name_en="G", rate_ppm=130_000))
    added = await add_skus(
        tx,
        skus=[
            NewSKU(
                brand_id=seller.id,
                product_line_id=line_id,
                tax_class_id=tax.id,
                code=f"S{number}",
                name_zh="品",
                name_en="Item",
                base_unit="箱",
            )
            for number in range(SKUS)
        ],
    )
    keys = [key_of(bin_id=seller.bins[BinState.SELLABLE], sku_id=sku.id) for sku in added]
    receipts = [Receipt(UUID(int=1), 1, key, 100_000_000, cost_minor=0) for key in keys]
    await receive(tx, cell_id=CELL, document_kind="opening", receipts=receipts, business_on=DAY, user_id=None)
    return keys


def _batches(chance: random.Random, keys: list[int]) -> list[Batch]:
    return [
        [
            Claim(document_id, line_no, key, chance.randint(1, 24))
            for document_id in (uuid7(at=NOW) for _ in range(ORDERS))
            for line_no, key in enumerate(chance.sample(keys, LINES), 1)
        ]
        for _ in range(BATCHES)
    ]


def main() -> None:
    """Start a server, measure, and put everything away."""
    home = Home(Path(tempfile.mkdtemp(prefix="lingqu-bench-")) / "home")
    engine = PostgresEngine(home)
    engine.install()
    engine.start()
    try:
        url = engine.create_database("bench")
        initialise(url, cells=4, report=lambda _: None)
        asyncio.run(measure(url))
    finally:
        engine.stop()
        shutil.rmtree(home.postgres.resolve(), ignore_errors=True)
        shutil.rmtree(home.path.parent, ignore_errors=True)


if __name__ == "__main__":
    main()
