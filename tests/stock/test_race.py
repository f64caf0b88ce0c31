"""Stock with many real sessions at once. `begin` and not `run`: a deadlock or a retry would show as an error."""

import asyncio
import random
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from lingqu.modules.stock.api import (
    CHECKS,
    Carry,
    Claim,
    Issue,
    Receipt,
    carry,
    issue,
    lock_free,
    receive,
    release,
    reserve,
)
from lingqu.runtime.check import run_checks
from lingqu.runtime.db import Database

TODAY = date(2026, 3, 2)


async def put(database: Database, *lines: tuple[int, int]) -> None:
    receipts = [Receipt(uuid4(), 1, key, quantity, cost_minor=100 * quantity) for key, quantity in lines]
    async with database.begin() as tx:
        await receive(tx, cell_id=1, document_kind="opening", receipts=receipts, business_on=TODAY, user_id=None)


async def violations(database: Database) -> list[str]:
    async with database.begin() as tx:
        return [finding.check.name for finding in await run_checks(tx, CHECKS) if finding.by_cell]


async def test_of_200_buyers_of_50_units_exactly_50_get_one(committed: tuple[Database, Any]) -> None:
    database, world = committed
    key = world.here.key(world.tea)
    await put(database, (key, 50))

    async def buy() -> bool:
        async with database.begin() as tx:
            free = await lock_free(tx, cell_id=1, keys=[key], business_on=TODAY)
            if free[key] < 1:
                return False
            await reserve(tx, cell_id=1, claims=[Claim(uuid4(), 1, key, 1)])
            return True

    answers = await asyncio.gather(*(buy() for _ in range(200)))

    assert (answers.count(True), answers.count(False)) == (50, 150)
    async with database.begin() as tx:
        assert await lock_free(tx, cell_id=1, keys=[key], business_on=TODAY) == {key: 0}
    assert await violations(database) == []


async def test_keys_asked_for_in_opposite_orders_never_deadlock(committed: tuple[Database, Any]) -> None:
    database, world = committed
    keys = [world.here.key(sku) for sku in (world.tea, world.salt)]
    await put(database, *((key, 1000) for key in keys))

    async def buy(order: list[int], document: UUID) -> None:
        async with database.begin() as tx:
            await lock_free(tx, cell_id=1, keys=order, business_on=TODAY)
            await reserve(tx, cell_id=1, claims=[Claim(document, line_no, key, 2) for line_no, key in enumerate(order)])
        async with database.begin() as tx:
            await issue(
                tx,
                cell_id=1,
                document_kind="order",
                issues=[Issue(document, line_no, key, 1) for line_no, key in enumerate(order)],
                business_on=TODAY,
                user_id=None,
            )
        async with database.begin() as tx:
            await release(tx, cell_id=1, document_ids=[document])

    orders = [keys, keys[::-1]]
    await asyncio.gather(*(buy(orders[number % 2], uuid4()) for number in range(80)))

    async with database.begin() as tx:
        free = await lock_free(tx, cell_id=1, keys=keys, business_on=TODAY)
    assert free == dict.fromkeys(keys, 920)
    assert await violations(database) == []


async def test_goods_on_the_move_are_never_seen_twice_nor_missed(committed: tuple[Database, Any]) -> None:
    database, world = committed
    places = [(1, world.here.key(world.tea)), (1, world.here.transit_key(world.tea)), (2, world.there.key(world.tea))]
    await put(database, (places[0][1], 300))
    seen: list[int] = []
    is_over = asyncio.Event()

    async def move(number: int) -> None:
        dice = random.Random(number)
        for _ in range(6):
            (from_cell, from_key), (to_cell, to_key) = dice.sample(places, 2)
            line = Carry(uuid4(), 1, from_cell, from_key, to_cell, to_key, 1)
            async with database.begin() as tx:
                free = await lock_free(tx, cell_id=from_cell, keys=[from_key], business_on=TODAY)
            if free[from_key] > 40:
                async with database.begin() as tx:
                    await carry(tx, document_kind="test", carries=[line], business_on=TODAY, user_id=None)

    async def watch() -> None:
        while not is_over.is_set():
            async with database.begin() as tx:
                cursor = await tx.connection.execute("select sum(on_hand)::bigint from stock.balance")
                row = await cursor.fetchone()
                assert row is not None
                seen.append(row[0])

    watcher = asyncio.create_task(watch())
    await asyncio.gather(*(move(number) for number in range(40)))
    is_over.set()
    await watcher

    assert len(seen) > 10
    assert set(seen) == {300}
    assert await violations(database) == []


@pytest.mark.parametrize("first", ["release", "issue"])
async def test_a_release_and_an_issue_of_one_document_take_turns(committed: tuple[Database, Any], first: str) -> None:
    """Whoever comes second waits and sees what is left: nothing is freed that has been issued."""
    database, world = committed
    key, document = world.here.key(world.tea), uuid4()
    await put(database, (key, 10))
    async with database.begin() as tx:
        await reserve(tx, cell_id=1, claims=[Claim(document, 1, key, 10)])

    async def take() -> None:
        async with database.begin() as tx:
            line = Issue(document, 1, key, 6)
            await issue(tx, cell_id=1, document_kind="order", issues=[line], business_on=TODAY, user_id=None)
            await asyncio.sleep(0.05 if first == "issue" else 0)

    async def free() -> int:
        async with database.begin() as tx:
            freed = await release(tx, cell_id=1, document_ids=[document])
            await asyncio.sleep(0.05 if first == "release" else 0)
            return sum(one.quantity for one in freed)

    async def later(work: Any) -> Any:
        await asyncio.sleep(0.02)
        return await work

    if first == "issue":
        _, freed = await asyncio.gather(take(), later(free()))
        assert freed == 4
    else:
        freed, _ = await asyncio.gather(free(), later(take()))
        assert freed == 10
    async with database.begin() as tx:
        assert await lock_free(tx, cell_id=1, keys=[key], business_on=TODAY) == {key: 4}
    assert await violations(database) == []
