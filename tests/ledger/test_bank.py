"""Money goes to and fro between accounts of three cells while others look: each cell balances at every instant.

`begin` and not `run`: a deadlock or a retry would show as an error.
"""

import asyncio
import random
from typing import Any
from uuid import UUID, uuid4

from lingqu.modules.ledger.api import (
    CHECKS,
    Crossing,
    Insufficient,
    NewAccount,
    NewEntry,
    Posting,
    fold,
    open_accounts,
    post,
    post_across,
)
from lingqu.runtime.check import run_checks
from lingqu.runtime.db import Database

CELLS = (0, 1, 2)
OF_ALL = """
select cell_id, sum(amount)::bigint as total from (
    select cell_id, posted as amount from ledger.balance union all select cell_id, amount from ledger.delta) as s
group by cell_id
"""
OF_CUSTOMERS = """
select sum(amount)::bigint from (
    select account_id, posted as amount from ledger.balance
    union all select account_id, amount from ledger.delta) as s
where account_id = any (%(ids)s)
"""
BELOW_ZERO = "select count(*)::int from ledger.balance where account_id = any (%(ids)s) and posted - held < 0"


async def _open(database: Database, today: Any) -> dict[UUID, int]:
    """Open five accounts that cannot go below zero in each cell, with 200 in each; give their cells."""
    cell_of: dict[UUID, int] = {}
    for cell in CELLS:
        async with database.begin() as tx:
            owner = uuid4()
            accounts = [
                NewAccount(kind="prepaid", owner=owner, counterparty=uuid4(), currency="CNY", floor=0) for _ in range(5)
            ]
            till, *ids = await open_accounts(
                tx, cell_id=cell, accounts=[NewAccount(kind="cash", owner=owner, currency="CNY"), *accounts]
            )
            entries = [
                NewEntry(
                    id=uuid4(),
                    kind="test",
                    document_kind="test",
                    document_id=uuid4(),
                    postings=(Posting(till, account, 200),),
                    business_on=today,
                )
                for account in ids
            ]
            await post(tx, cell_id=cell, entries=entries)
        cell_of |= dict.fromkeys(ids, cell)
    return cell_of


async def test_each_cell_balances_at_every_instant(committed: tuple[Database, Any]) -> None:
    database, books = committed
    today = books.entry(books.cash, books.prepaid, 1).business_on
    cell_of = await _open(database, today)
    ids = sorted(cell_of)
    is_over = asyncio.Event()
    seen: list[tuple[int, int]] = []
    moved: list[tuple[UUID, UUID, int]] = []
    crossed = 0

    async def send(number: int) -> int:
        nonlocal crossed
        dice, refused = random.Random(number), 0
        for _ in range(10):
            pairs = [(*dice.sample(ids, 2), dice.randint(1, 150)) for _ in range(dice.randint(1, 3))]
            crossings = [
                Crossing(
                    kind="test",
                    document_kind="test",
                    document_id=uuid4(),
                    from_cell=cell_of[debit],
                    debit=debit,
                    to_cell=cell_of[credit],
                    credit=credit,
                    amount=amount,
                    currency="CNY",
                )
                for debit, credit, amount in pairs
            ]
            try:
                async with database.begin() as tx:
                    await post_across(tx, crossings=crossings, business_on=today)
            except Insufficient:
                refused += 1
                continue
            moved.extend(pairs)
            crossed += sum(cell_of[debit] != cell_of[credit] for debit, credit, _ in pairs)
        return refused

    async def watch() -> None:
        while not is_over.is_set():
            async with database.begin() as tx:
                by_cell = await (await tx.connection.execute(OF_ALL)).fetchall()
                whole = await (await tx.connection.execute(OF_CUSTOMERS, {"ids": ids})).fetchone()
                below = await (await tx.connection.execute(BELOW_ZERO, {"ids": ids})).fetchone()
            assert whole is not None
            seen.append((sum(abs(total) for _, total in by_cell), whole[0]))
            assert below == (0,)

    async def add_up() -> None:
        while not is_over.is_set():
            for cell in CELLS:
                async with database.begin() as tx:
                    await fold(tx, cell_id=cell, limit=5)

    others = [asyncio.create_task(work()) for work in (watch, watch, add_up)]
    refused = await asyncio.gather(*(send(number) for number in range(24)))
    is_over.set()
    await asyncio.gather(*others)

    assert sum(refused) > 0, "some asked for more than was there"
    assert crossed > 100, "most of it left its cell"
    assert len(seen) > 20
    assert set(seen) == {(0, 3_000)}
    for account in ids:
        async with database.begin() as tx:
            row = await (await tx.connection.execute(OF_CUSTOMERS, {"ids": [account]})).fetchone()
        got = sum(amount for _, credit, amount in moved if credit == account)
        gave = sum(amount for debit, _, amount in moved if debit == account)
        assert row == (200 + got - gave,)
    async with database.begin() as tx:
        assert [finding.check.name for finding in await run_checks(tx, CHECKS) if finding.by_cell] == []
