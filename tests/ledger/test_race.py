"""The ledger with many real sessions at once. `begin` and not `run`: a deadlock or a retry would show as an error."""

import asyncio
import random
from typing import Any
from uuid import UUID, uuid4

from lingqu.modules.ledger.api import (
    CHECKS,
    Hold,
    NewAccount,
    fold,
    hold,
    lock_available,
    open_accounts,
    post,
    post_each,
    void,
)
from lingqu.runtime.check import run_checks
from lingqu.runtime.db import Database

TOTAL = """
select sum(s.amount)::bigint from (
    select posted as amount from ledger.balance where account_id = any (%(ids)s)
    union all
    select amount from ledger.delta where account_id = any (%(ids)s)) as s
"""


async def total(database: Database, ids: list[UUID]) -> int:
    async with database.begin() as tx:
        row = await (await tx.connection.execute(TOTAL, {"ids": ids})).fetchone()
    assert row is not None
    return row[0]


async def violations(database: Database) -> list[str]:
    async with database.begin() as tx:
        return [finding.check.name for finding in await run_checks(tx, CHECKS) if finding.by_cell]


async def test_bank(committed: tuple[Database, Any]) -> None:
    """Money is sent about between ten accounts, some with a floor and some without; every read sums to the same."""
    database, books = committed
    async with database.begin() as tx:
        accounts = [
            NewAccount(kind="prepaid", owner=books.seller, counterparty=uuid4(), currency="CNY", floor=0)
            for _ in range(7)
        ] + [NewAccount(kind="fee", owner=uuid4(), currency="CNY") for _ in range(3)]
        ids = await open_accounts(tx, cell_id=1, accounts=accounts)
        await post(tx, cell_id=1, entries=[books.entry(books.cash, account, 100) for account in ids])
    seen: list[int] = []
    is_over = asyncio.Event()

    async def send(number: int) -> int:
        dice = random.Random(number)
        refused = 0
        for _ in range(8):
            entries = [books.entry(*dice.sample(ids, 2), dice.randint(1, 90)) for _ in range(3)]
            async with database.begin() as tx:
                refused += sum(lack is not None for lack in await post_each(tx, cell_id=1, entries=entries))
        return refused

    async def watch() -> None:
        while not is_over.is_set():
            seen.append(await total(database, ids))

    async def add_up() -> None:
        while not is_over.is_set():
            async with database.begin() as tx:
                await fold(tx, cell_id=1, limit=5)
            await asyncio.sleep(0)

    others = [asyncio.create_task(work()) for work in (watch, add_up, add_up)]
    refused = await asyncio.gather(*(send(number) for number in range(30)))
    is_over.set()
    await asyncio.gather(*others)

    assert sum(refused) > 0
    assert len(seen) > 10
    assert set(seen) == {1000}
    assert await violations(database) == []
    async with database.begin() as tx:
        await fold(tx, cell_id=1)
        left = await (await tx.connection.execute("select count(*) from ledger.delta")).fetchone()
    assert left == (0,)
    assert await total(database, ids) == 1000
    assert await violations(database) == []


async def test_of_200_buyers_of_50_coins_exactly_50_hold_one(committed: tuple[Database, Any]) -> None:
    database, books = committed
    async with database.begin() as tx:
        await books.pay_in(tx, 50)

    async def buy() -> bool:
        async with database.begin() as tx:
            available = await lock_available(tx, cell_id=1, account_ids=[books.prepaid])
            if available[books.prepaid] < 1:
                return False
            await hold(tx, cell_id=1, holds=[Hold(uuid4(), books.prepaid, 1)])
            return True

    answers = await asyncio.gather(*(buy() for _ in range(200)))

    assert (answers.count(True), answers.count(False)) == (50, 150)
    assert await violations(database) == []


async def test_accounts_named_in_opposite_orders_never_deadlock(committed: tuple[Database, Any]) -> None:
    database, books = committed
    async with database.begin() as tx:
        await books.pay_in(tx, 10_000)
    orders = [[books.prepaid, books.credit], [books.credit, books.prepaid]]

    async def work(order: list[UUID], document: UUID) -> None:
        async with database.begin() as tx:
            await lock_available(tx, cell_id=1, account_ids=order)
            await hold(tx, cell_id=1, holds=[Hold(document, account, 5) for account in order])
        async with database.begin() as tx:
            await post(tx, cell_id=1, entries=[books.entry(*order, 1)])
        async with database.begin() as tx:
            await void(tx, cell_id=1, document_ids=[document])

    await asyncio.gather(*(work(orders[number % 2], uuid4()) for number in range(80)))

    async with database.begin() as tx:
        assert await books.read(tx, books.prepaid) == (10_000, 0, 0)
        assert await books.read(tx, books.credit) == (0, 0, -1000)
    assert await violations(database) == []


async def test_two_folders_at_once_add_each_delta_once(committed: tuple[Database, Any]) -> None:
    database, books = committed
    for _ in range(40):
        async with database.begin() as tx:
            await post(tx, cell_id=1, entries=[books.entry(books.cash, books.revenue, 1)])

    async def add_up() -> int:
        done = 0
        for _ in range(8):
            async with database.begin() as tx:
                done += await fold(tx, cell_id=1, limit=11)
        return done

    assert sum(await asyncio.gather(*(add_up() for _ in range(4)))) == 80
    async with database.begin() as tx:
        assert await books.read(tx, books.revenue) == (40, 0, None)
    assert await violations(database) == []
