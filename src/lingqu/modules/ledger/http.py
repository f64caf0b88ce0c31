"""Routes of the ledger."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.errors import Invalid, NotFound
from lingqu.kernel.scope import Forbidden, Scope
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.ledger import end_entry, pay, write_entry
from lingqu.modules.ledger import list_accounts as accounts
from lingqu.modules.ledger import list_postings as postings
from lingqu.modules.ledger import open_balances as opening
from lingqu.modules.ledger.end_entry import NotReversible
from lingqu.modules.ledger.list_accounts import Account, AccountQuery
from lingqu.modules.ledger.list_postings import Entry, EntryLine, EntryQuery, PostingLine, PostingQuery
from lingqu.modules.ledger.open_balances import Opened, OpeningBalance
from lingqu.modules.ledger.pay import MoreThanOwed, Payment, Withdrawal
from lingqu.modules.ledger.post import Insufficient
from lingqu.modules.ledger.write_entry import ManualEntry, Reason, WriteOff
from lingqu.runtime.http.route import get, post
from lingqu.runtime.paging import Listed
from lingqu.runtime.tx import Tx


class OpeningBalances(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What buyers had paid or owed; ``business_on`` defaults to today."""

    business_on: date | None = None
    lines: Annotated[list[OpeningBalance], Meta(min_length=1, max_length=1000)]


class Reversal(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why an entry is taken back."""

    reason: Reason


@get("/accounts", permission="ledger.read", summary="Accounts: one's own, and those that others keep for one")
async def list_accounts(tx: Tx, *, scope: Scope, query: AccountQuery) -> Listed[Account]:
    return await accounts.list_accounts(tx, scope=scope, query=query)


@get("/accounts/{account_id:uuid}", permission="ledger.read", summary="One account", refusals=[NotFound])
async def read_account(tx: Tx, *, scope: Scope, account_id: UUID) -> Account:
    return await accounts.read_account(tx, scope=scope, account_id=account_id)


@get(
    "/accounts/{account_id:uuid}/postings",
    permission="ledger.read",
    summary="What happened on an account, with the running balance",
    refusals=[NotFound],
)
async def list_postings(tx: Tx, *, scope: Scope, account_id: UUID, query: PostingQuery) -> Listed[PostingLine]:
    return await postings.list_postings(tx, scope=scope, account_id=account_id, query=query)


@get("/entries", permission="ledger.read", summary="Entries that touch one's accounts")
async def list_entries(tx: Tx, *, scope: Scope, query: EntryQuery) -> Listed[EntryLine]:
    return await postings.list_entries(tx, scope=scope, query=query)


@get("/entries/{entry_id:uuid}", permission="ledger.read", summary="One entry with its postings", refusals=[NotFound])
async def read_entry(tx: Tx, *, scope: Scope, entry_id: UUID) -> Entry:
    return await postings.read_entry(tx, scope=scope, entry_id=entry_id)


@post(
    "/payments",
    permission="ledger.pay",
    summary="Record a payment of a buyer",
    refusals=[NotFound, MoreThanOwed, Forbidden, Invalid],
)
async def pay_in(tx: Tx, *, scope: Scope, body: Payment) -> Entry:
    return await pay.pay_in(tx, scope=scope, payment=body)


@post(
    "/withdrawals",
    permission="ledger.pay",
    summary="Record prepaid money given back to a buyer",
    refusals=[NotFound, Insufficient, Forbidden, Invalid],
)
async def pay_out(tx: Tx, *, scope: Scope, body: Withdrawal) -> Entry:
    return await pay.pay_out(tx, scope=scope, withdrawal=body)


@post(
    "/opening-balances",
    permission="ledger.adjust",
    summary="Load opening balances of buyers",
    refusals=[NotFound, Insufficient, Forbidden, Invalid],
)
async def open_balances(tx: Tx, *, scope: Scope, body: OpeningBalances) -> Opened:
    return await opening.open_balances(tx, scope=scope, balances=body.lines, business_on=body.business_on)


@post(
    "/entries",
    permission="ledger.adjust",
    summary="Write an entry by hand",
    refusals=[NotFound, Insufficient, Forbidden, Invalid],
)
async def write_manual_entry(tx: Tx, *, scope: Scope, body: ManualEntry) -> Entry:
    return await write_entry.write_entry(tx, scope=scope, manual=body)


@post(
    "/write-offs",
    permission="ledger.adjust",
    summary="Give up what a buyer owes",
    refusals=[NotFound, MoreThanOwed, Forbidden, Invalid],
)
async def write_off(tx: Tx, *, scope: Scope, body: WriteOff) -> Entry:
    return await write_entry.write_off(tx, scope=scope, loss=body)


@post(
    "/entries/{entry_id:uuid}/confirmation",
    permission="ledger.pay",
    summary="Let a pending entry count",
    refusals=[NotFound, WrongState, Insufficient],
)
async def confirm_entry(tx: Tx, *, scope: Scope, entry_id: UUID) -> Entry:
    return await end_entry.confirm_entry(tx, scope=scope, entry_id=entry_id)


@post(
    "/entries/{entry_id:uuid}/voiding",
    permission="ledger.pay",
    summary="Drop a pending entry",
    refusals=[NotFound, WrongState],
)
async def void_entry(tx: Tx, *, scope: Scope, entry_id: UUID) -> Entry:
    return await end_entry.void_entry(tx, scope=scope, entry_id=entry_id)


@post(
    "/entries/{entry_id:uuid}/reversal",
    permission="ledger.adjust",
    summary="Take an entry back by another",
    refusals=[NotFound, NotReversible, Insufficient],
)
async def reverse_entry(tx: Tx, *, scope: Scope, entry_id: UUID, body: Reversal) -> Entry:
    return await end_entry.reverse_entry(tx, scope=scope, entry_id=entry_id, reason=body.reason)


ROUTES = (
    list_accounts,
    read_account,
    list_postings,
    list_entries,
    read_entry,
    pay_in,
    pay_out,
    open_balances,
    write_manual_entry,
    write_off,
    confirm_entry,
    void_entry,
    reverse_entry,
)
