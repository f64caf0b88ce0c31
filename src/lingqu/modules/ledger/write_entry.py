"""Write an entry by hand, or give up what a buyer owes."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import FieldError, Invalid, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.ledger.by_hand import day_of, own_account, own_pairs, write_by_hand
from lingqu.modules.ledger.list_postings import Entry
from lingqu.modules.ledger.pay import Amount, check_owed, open_trade_accounts
from lingqu.modules.ledger.types import Posting
from lingqu.modules.network.api import organization_terms
from lingqu.runtime.tx import Tx

Reason = Annotated[str, Meta(min_length=1, max_length=500)]
_SAME = Words("An entry needs two accounts.", "借贷账户不能相同。")
_CURRENCY = Words("Both accounts must have one currency.", "两个账户的货币必须一致。")


class ManualEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money that moves between two accounts of one's own books, and why."""

    debit: UUID
    credit: UUID
    amount_minor: Amount
    reason: Reason
    business_on: date | None = None


class WriteOff(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a buyer owes and will not pay, and why."""

    buyer_id: Annotated[int, Meta(ge=1)]
    amount_minor: Amount
    reason: Reason
    business_on: date | None = None


async def write_entry(tx: Tx, *, scope: Scope, manual: ManualEntry) -> Entry:
    """Move money between two accounts of the caller's own books.

    Raises: NotFound for another's account; Invalid for the same account twice or two currencies; Insufficient;
            Forbidden for another day without the right.
    """
    debit = await own_account(tx, scope=scope, account_id=manual.debit)
    credit = await own_account(tx, scope=scope, account_id=manual.credit)
    if debit.id == credit.id:
        raise Invalid(errors=[FieldError("/credit", "same", _SAME)])
    if debit.currency != credit.currency:
        raise Invalid(errors=[FieldError("/credit", "currency", _CURRENCY)])
    terms = (await organization_terms(tx, organization_ids=[scope.organization_id]))[scope.organization_id]
    return await write_by_hand(
        tx,
        scope=scope,
        kind="manual",
        postings=(Posting(debit.id, credit.id, manual.amount_minor),),
        business_on=day_of(scope, manual.business_on, business_date(tx.now, terms.time_zone)),
        memo=manual.reason,
        counterparty=debit.counterparty or credit.counterparty,
        currency=debit.currency,
    )


async def write_off(tx: Tx, *, scope: Scope, loss: WriteOff) -> Entry:
    """Give up a part of what a buyer owes.

    Raises: NotFound for somebody who is no buyer or has no credit line; MoreThanOwed; Forbidden for another day
            without the right.
    """
    pair = (await own_pairs(tx, scope=scope, buyer_ids=[loss.buyer_id]))[loss.buyer_id]
    day = day_of(scope, loss.business_on, pair.today)
    await open_trade_accounts(tx, cell_id=pair.seller.home_cell, pairs=[pair])
    await check_owed(tx, scope=scope, pair=pair, amount=loss.amount_minor)
    return await write_by_hand(
        tx,
        scope=scope,
        kind="write-off",
        postings=(Posting(pair.own_account("write-off"), pair.account("credit"), loss.amount_minor),),
        business_on=day,
        memo=loss.reason,
        counterparty=pair.buyer.party_id,
        currency=pair.seller.currency,
    )
