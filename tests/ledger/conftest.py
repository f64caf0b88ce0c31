"""Accounts of one seller towards two buyers, in cell 1."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.ledger.api import NewAccount, NewEntry, Posting, account_id, open_accounts, post
from lingqu.modules.network.api import AddedOrganization, Kind, NewLink, NewOrganization, add_links, add_organizations
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


@dataclass(frozen=True)
class Trade:
    """A seller in cell 1, a buyer in cell 2 that is linked to it, and a stranger in cell 3."""

    seller: AddedOrganization
    buyer: AddedOrganization
    stranger: AddedOrganization

    def account(self, kind: str) -> UUID:
        return account_id(kind=kind, owner=self.seller.party_id, counterparty=self.buyer.party_id, currency="CNY")

    def own(self, kind: str) -> UUID:
        return account_id(kind=kind, owner=self.seller.party_id, currency="CNY")

    def scope(self, one: AddedOrganization, *permissions: str) -> Scope:
        return Scope(
            actor=Actor(one.party_id, 7, "accountant"),
            organization_id=one.id,
            party_id=one.party_id,
            cell_id=one.home_cell,
            organization_ids=(one.id,),
            party_ids=(one.party_id,),
            cell_ids=(0, 1, 2, 3),
            permissions=frozenset(permissions),
            kind="distributor",
        )


@pytest.fixture
async def trade(tx: Tx) -> Trade:
    """Make the organizations and the link."""
    seller, buyer, stranger = await add_organizations(
        tx,
        organizations=[
            NewOrganization(kind=Kind.DISTRIBUTOR, code="SELLER", name="卖方商贸", home_cell=1),
            NewOrganization(kind=Kind.DISTRIBUTOR, code="BUYER", name="买方商贸", home_cell=2),
            NewOrganization(kind=Kind.DISTRIBUTOR, code="STRANGER", name="外人商贸", home_cell=3),
        ],
    )
    await add_links(tx, links=[NewLink(seller_id=seller.id, buyer_id=buyer.id, valid_from=date(2026, 1, 1))])
    return Trade(seller, buyer, stranger)


@pytest.fixture
def scope(trade: Trade) -> Scope:
    """Give the scope of the seller's accountant."""
    return trade.scope(trade.seller)
