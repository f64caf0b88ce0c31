"""Book what came in and what went back. Ids follow from the payment, so that nothing can be booked twice."""

from uuid import UUID, uuid5

from lingqu.kernel.clock import business_date
from lingqu.modules.ledger.api import (
    Hold,
    NewAccount,
    NewEntry,
    Posting,
    Settlement,
    account_id,
    hold,
    lock_owed,
    open_accounts,
    post,
    settle,
    void,
)
from lingqu.modules.ledger.events import EntryWritten
from lingqu.modules.network.api import OrganizationTerms, organization_terms
from lingqu.modules.payment.types import Row
from lingqu.runtime.tx import Tx


class _Books:
    """The accounts of a payment's pair, in the seller's books."""

    def __init__(self, row: Row, seller: OrganizationTerms, buyer: OrganizationTerms) -> None:
        self.seller, self.buyer, self.currency = seller, buyer, row.currency
        self.cash = account_id(kind="cash", owner=seller.party_id, currency=row.currency)
        self.prepaid, self.credit = (
            account_id(kind=kind, owner=seller.party_id, counterparty=buyer.party_id, currency=row.currency)
            for kind in ("prepaid", "credit")
        )


async def receive(tx: Tx, *, row: Row, is_held: bool) -> None:
    """Book money received: what an order's buyer owes is repaid first, the rest stands on its prepaid account.

    ``is_held``: it goes back, so all of it stands there and nobody can spend it meanwhile.
    """
    books = await _open(tx, row)
    owed = await lock_owed(tx, cell_id=row.cell_id, credit=books.credit, beside=[books.prepaid])
    repaid = 0 if is_held or row.order_id is None else min(owed, row.amount_minor)
    parts = [(books.credit, repaid), (books.prepaid, row.amount_minor - repaid)]
    postings = tuple(Posting(books.cash, account, amount) for account, amount in parts if amount)
    await _post(tx, row, books, kind="online-receipt", postings=postings)
    if is_held:
        await hold(tx, cell_id=row.cell_id, holds=[Hold(row.id, books.prepaid, row.amount_minor)])


async def give_back(tx: Tx, *, row: Row) -> None:
    """Book that held money went back to the buyer."""
    books = await _open(tx, row)
    await lock_owed(tx, cell_id=row.cell_id, credit=books.credit, beside=[books.prepaid])
    await settle(tx, cell_id=row.cell_id, settlements=[Settlement(row.id, books.prepaid, row.amount_minor)])
    postings = (Posting(books.prepaid, books.cash, row.amount_minor),)
    await _post(tx, row, books, kind="online-refund", postings=postings)


async def leave_there(tx: Tx, *, row: Row) -> None:
    """Let the buyer use money that was to go back."""
    await void(tx, cell_id=row.cell_id, document_ids=[row.id])


async def _open(tx: Tx, row: Row) -> _Books:
    terms = await organization_terms(tx, organization_ids=[row.seller_id, row.buyer_id])
    seller, buyer = terms[row.seller_id], terms[row.buyer_id]
    accounts = [
        NewAccount(kind="cash", owner=seller.party_id, currency=row.currency),
        NewAccount(kind="prepaid", owner=seller.party_id, counterparty=buyer.party_id, currency=row.currency, floor=0),
    ]
    await open_accounts(tx, cell_id=row.cell_id, accounts=accounts)
    return _Books(row, seller, buyer)


async def _post(tx: Tx, row: Row, books: _Books, *, kind: str, postings: tuple[Posting, ...]) -> None:
    entry_id: UUID = uuid5(row.id, kind)
    entry = NewEntry(
        id=entry_id,
        kind=kind,
        document_kind="online-payment",
        document_id=row.id,
        postings=postings,
        business_on=business_date(tx.now, books.seller.time_zone),
    )
    await post(tx, cell_id=row.cell_id, entries=[entry])
    tx.record("entry", entry_id, after=entry, cell_id=row.cell_id)
    tx.emit(
        EntryWritten(
            entry_id=entry_id,
            kind=kind,
            state="posted",
            owner=books.seller.party_id,
            counterparty=books.buyer.party_id,
            amount_minor=row.amount_minor,
            currency=row.currency,
        ),
        cell_id=row.cell_id,
    )
