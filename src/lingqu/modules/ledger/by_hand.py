"""What every entry written by a person has in common: its day, its record, its event."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import FieldError, Invalid, NotFound, Words
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.ledger.account_id import account_id
from lingqu.modules.ledger.events import EntryWritten
from lingqu.modules.ledger.list_accounts import Account, read_account
from lingqu.modules.ledger.list_postings import Entry, read_entry
from lingqu.modules.ledger.post import post
from lingqu.modules.ledger.types import EntryState, NewEntry, Posting
from lingqu.modules.network.api import OrganizationTerms, link_terms, organization_terms
from lingqu.runtime.tx import Tx

_FUTURE = Words("Today is {today}; an entry cannot be dated later.", "今天是 {today}，记账日期不能晚于今天。")


class Pair(Struct, frozen=True, kw_only=True):
    """The caller's organization as seller, one of its buyers, and the day at the seller's."""

    seller: OrganizationTerms
    buyer: OrganizationTerms
    today: date

    def account(self, kind: str) -> UUID:
        """Find the account of the pair that the seller keeps."""
        return account_id(
            kind=kind, owner=self.seller.party_id, counterparty=self.buyer.party_id, currency=self.seller.currency
        )

    def own_account(self, kind: str) -> UUID:
        """Find an account of the seller alone."""
        return account_id(kind=kind, owner=self.seller.party_id, currency=self.seller.currency)


async def own_pairs(tx: Tx, *, scope: Scope, buyer_ids: Sequence[int]) -> dict[int, Pair]:
    """Find the caller's buyers: those its organization has a trade link with, live or not.

    Raises: NotFound for the first that is none.
    """
    seller_id = scope.organization_id
    links = await link_terms(tx, pairs=[(seller_id, buyer_id) for buyer_id in buyer_ids])
    for buyer_id in buyer_ids:
        if (seller_id, buyer_id) not in links:
            raise NotFound(kind="buyer", id=buyer_id)
    terms = await organization_terms(tx, organization_ids=[seller_id, *buyer_ids])
    seller = terms[seller_id]
    today = business_date(tx.now, seller.time_zone)
    return {buyer_id: Pair(seller=seller, buyer=terms[buyer_id], today=today) for buyer_id in buyer_ids}


async def own_account(tx: Tx, *, scope: Scope, account_id: UUID) -> Account:
    """Find an account of the caller's own organization, lying in its own cell.

    Raises: NotFound for any other.
    """
    account = await read_account(tx, scope=scope, account_id=account_id)
    if account.owner != scope.party_id:
        raise NotFound(kind="account", id=account_id)
    return account


def day_of(scope: Scope, business_on: date | None, today: date) -> date:
    """Settle an entry's business date: today, or an earlier day for who may choose it.

    Raises: Forbidden without that right; Invalid for a day to come.
    """
    if business_on is None or business_on == today:
        return today
    scope.require("ledger.backdate")
    if business_on > today:
        raise Invalid(errors=[FieldError("/business_on", "range", _FUTURE, {"today": str(today)})])
    return business_on


async def write_by_hand(
    tx: Tx,
    *,
    scope: Scope,
    kind: str,
    postings: tuple[Posting, ...],
    business_on: date,
    memo: str,
    counterparty: UUID | None,
    currency: str,
    document_id: UUID | None = None,
    reverses: UUID | None = None,
    state: EntryState = EntryState.POSTED,
) -> Entry:
    """Write an entry into the books of the caller's organization, record and publish it.

    Raises: Insufficient.
    """
    entry_id = uuid7(at=tx.now)
    entry = NewEntry(
        id=entry_id,
        kind=kind,
        document_kind=kind,
        document_id=document_id or entry_id,
        postings=postings,
        business_on=business_on,
        memo=memo,
        state=state,
        reverses=reverses,
    )
    await post(tx, cell_id=scope.cell_id, entries=[entry], user_id=scope.actor.user_id)
    written = await read_entry(tx, scope=scope, entry_id=entry_id)
    tx.record("entry", entry_id, after=written, cell_id=scope.cell_id)
    tell(tx, scope, written, counterparty=counterparty, currency=currency)
    return written


def tell(tx: Tx, scope: Scope, entry: Entry, *, counterparty: UUID | None, currency: str) -> None:
    """Publish what became of an entry."""
    tx.emit(
        EntryWritten(
            entry_id=entry.id,
            kind=entry.kind,
            state=entry.state,
            owner=scope.party_id,
            counterparty=counterparty,
            amount_minor=entry.amount_minor,
            currency=currency,
        ),
        cell_id=scope.cell_id,
    )
