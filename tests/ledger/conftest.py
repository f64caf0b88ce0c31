"""Accounts of one seller towards two buyers, in cell 1."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from lingqu.modules.ledger.api import NewAccount, NewEntry, Posting, open_accounts, post
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Books:
    """The seller's accounts in cell 1."""

    seller: UUID
    buyer: UUID
    prepaid: UUID
    credit: UUID
    revenue: UUID
    cash: UUID

    def entry(self, debit: UUID, credit: UUID, amount: int, document_id: UUID | None = None) -> NewEntry:
        return NewEntry(
            id=uuid4(),
            kind="test",
            document_kind="order",
            document_id=document_id or uuid4(),
            postings=(Posting(debit, credit, amount),),
            business_on=TODAY,
        )

    async def pay_in(self, tx: Tx, amount: int) -> None:
        await post(tx, cell_id=1, entries=[self.entry(self.cash, self.prepaid, amount)])

    async def read(self, tx: Tx, account_id: UUID) -> tuple[int, int, int | None]:
        """Read posted (deltas included), held and floor."""
        cursor = await tx.connection.execute(
            """
            select b.posted + coalesce((select sum(d.amount) from ledger.delta as d
                                        where d.cell_id = 1 and d.account_id = b.account_id), 0)::bigint,
                   b.held, b.floor
            from ledger.balance as b where b.cell_id = 1 and b.account_id = %s
            """,
            (account_id,),
        )
        row = await cursor.fetchone()
        assert row is not None
        return row


async def build_books(tx: Tx) -> Books:
    """Open the accounts: prepaid with floor 0, credit with a limit of 1,000, the rest without floor."""
    seller, buyer = uuid4(), uuid4()
    ids = await open_accounts(
        tx,
        cell_id=1,
        accounts=[
            NewAccount(kind="prepaid", owner=seller, counterparty=buyer, currency="CNY", floor=0),
            NewAccount(kind="credit", owner=seller, counterparty=buyer, currency="CNY", floor=-1000),
            NewAccount(kind="revenue", owner=seller, currency="CNY"),
            NewAccount(kind="cash", owner=seller, currency="CNY"),
        ],
    )
    return Books(seller, buyer, *ids)


@pytest.fixture(scope="session")
def make_books() -> Callable[[Tx], Awaitable[Books]]:
    """Give the function that opens the accounts, for tests that open transactions themselves."""
    return build_books


@pytest.fixture
async def books(tx: Tx) -> Books:
    """Give books that go with the test's transaction."""
    return await build_books(tx)


@pytest.fixture
async def committed(fresh_database: Callable[[], str]) -> AsyncIterator[tuple[Database, Books]]:
    """Give a database of the test's own with committed books, for tests with several sessions."""
    database = Database(fresh_database(), size=24, clock=lambda: NOW)
    await database.open()
    async with database.begin(now=NOW) as tx:
        books = await build_books(tx)
    yield database, books
    await database.close()
