"""Postings and entries for people."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct
from msgspec.structs import replace

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.ledger.list_accounts import Side, read_account
from lingqu.modules.ledger.types import AccountKind, EntryState
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"recorded_at": "recorded_at"}, default="-recorded_at")


class PostingQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Days are from, until (not included)."""

    from_on: date | None = None
    until_on: date | None = None
    document_id: UUID | None = None


class PostingLine(Struct, frozen=True, kw_only=True):
    """One movement on an account, and the balance it left, both as the caller's side sees them."""

    id: str
    entry_id: UUID
    kind: str
    document_kind: str
    document_id: UUID
    memo: str
    business_on: date
    recorded_at: datetime
    user_name: str | None
    other_account_id: UUID
    other_kind: AccountKind
    amount_minor: int
    balance_minor: int


class EntryQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``kind`` is what wrote the entry: sale, refund, top-up, repayment, opening, write-off, manual or reversal."""

    kind: Annotated[str, Meta(max_length=40)] | None = None
    state: EntryState | None = None
    document_id: UUID | None = None
    from_on: date | None = None
    until_on: date | None = None


class EntryLine(Struct, frozen=True, kw_only=True):
    """An entry in a list; ``amount_minor`` is the sum of its postings."""

    id: UUID
    cell_id: int
    kind: str
    state: EntryState
    document_kind: str
    document_id: UUID
    reverses: UUID | None
    reversed_by: UUID | None
    memo: str
    business_on: date
    recorded_at: datetime
    user_name: str | None
    amount_minor: int
    currency: str


class EntryPosting(Struct, frozen=True, kw_only=True):
    """One movement of an entry."""

    line_no: int
    debit: UUID
    debit_kind: AccountKind
    debit_owner: UUID
    debit_name: str | None
    credit: UUID
    credit_kind: AccountKind
    credit_owner: UUID
    credit_name: str | None
    amount_minor: int


class Entry(EntryLine, frozen=True, kw_only=True):
    """An entry with its postings."""

    postings: list[EntryPosting] = []


async def list_postings(tx: Tx, *, scope: Scope, account_id: UUID, query: PostingQuery) -> Listed[PostingLine]:
    """List what happened on an account, the newest first, with the running balance.

    Raises: NotFound for an account that the caller may not see.
    """
    account = await read_account(tx, scope=scope, account_id=account_id)
    return await list_page(
        tx,
        SQL["list_postings"],
        PostingLine,
        query=query,
        sorts=_SORTS,
        cell_id=account.cell_id,
        account_id=account_id,
        sign=1 if account.side is Side.OWNER else -1,
        from_on=query.from_on,
        until_on=query.until_on,
        document_id=query.document_id,
    )


async def list_entries(tx: Tx, *, scope: Scope, query: EntryQuery) -> Listed[EntryLine]:
    """List the entries that touch an account of the caller's tree, the newest first."""
    return await list_page(
        tx,
        SQL["list_entries"],
        EntryLine,
        query=query,
        sorts=_SORTS,
        id=None,
        kind=query.kind,
        state=query.state,
        document_id=query.document_id,
        from_on=query.from_on,
        until_on=query.until_on,
        q=query.q,
        is_whole=scope.is_whole,
        party_ids=list(scope.party_ids),
    )


async def read_entry(tx: Tx, *, scope: Scope, entry_id: UUID) -> Entry:
    """Read an entry with its postings.

    Raises: NotFound.
    """
    found = await tx.first(
        SQL["list_entries"],
        Entry,
        id=entry_id,
        kind=None,
        state=None,
        document_id=None,
        from_on=None,
        until_on=None,
        q=None,
        is_whole=scope.is_whole,
        party_ids=list(scope.party_ids),
    )
    if found is None:
        raise NotFound(kind="entry", id=entry_id)
    postings = await tx.all(SQL["list_entry_postings"], EntryPosting, cell_id=found.cell_id, entry_id=entry_id)
    return replace(found, postings=postings)
