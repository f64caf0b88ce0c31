"""Load what buyers had paid or owed before the books began."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.errors import FieldError, Invalid, Words
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.ledger.by_hand import day_of, own_pairs
from lingqu.modules.ledger.open_accounts import open_accounts
from lingqu.modules.ledger.pay import Amount, open_trade_accounts
from lingqu.modules.ledger.post import post
from lingqu.modules.ledger.types import NewAccount, NewEntry, Posting
from lingqu.runtime.tx import Tx

_TWICE = Words("This account stands twice.", "该账户重复出现。")


class OpeningBalance(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a buyer had paid in advance (prepaid), or owed (credit)."""

    buyer_id: Annotated[int, Meta(ge=1)]
    account: Literal["prepaid", "credit"]
    amount_minor: Amount


class Opened(Struct, frozen=True, kw_only=True):
    """How many balances were loaded, under which document."""

    document_id: UUID
    business_on: date
    entry_count: int
    prepaid_minor: int
    owed_minor: int


async def open_balances(
    tx: Tx, *, scope: Scope, balances: Sequence[OpeningBalance], business_on: date | None = None
) -> Opened:
    """Load opening balances of buyers of the caller's organization. All or none.

    What is owed must lie within the credit line: agree on it first.

    Raises: NotFound for somebody who is no buyer; Invalid for an account that stands twice; Insufficient if more is
            owed than the limit allows; Forbidden for another day without the right.
    """
    keys = [(balance.buyer_id, balance.account) for balance in balances]
    errors = [FieldError(f"/lines/{i}", "twice", _TWICE) for i, key in enumerate(keys) if key in keys[:i]]
    if errors:
        raise Invalid(errors=errors)
    pairs = await own_pairs(tx, scope=scope, buyer_ids=sorted({balance.buyer_id for balance in balances}))
    first = next(iter(pairs.values()))
    day = day_of(scope, business_on, first.today)
    await open_trade_accounts(tx, cell_id=scope.cell_id, pairs=list(pairs.values()))
    # A buyer without an agreement owes nothing that could be loaded: its credit line has the limit 0.
    await open_accounts(
        tx,
        cell_id=scope.cell_id,
        accounts=[
            NewAccount(
                kind="credit",
                owner=first.seller.party_id,
                counterparty=pairs[balance.buyer_id].buyer.party_id,
                currency=first.seller.currency,
                floor=0,
            )
            for balance in balances
            if balance.account == "credit"
        ],
    )
    document_id = uuid7(at=tx.now)
    opening = first.own_account("opening")
    entries = [
        NewEntry(
            id=uuid7(at=tx.now),
            kind="opening",
            document_kind="opening",
            document_id=document_id,
            postings=(
                Posting(opening, pairs[balance.buyer_id].account("prepaid"), balance.amount_minor)
                if balance.account == "prepaid"
                else Posting(pairs[balance.buyer_id].account("credit"), opening, balance.amount_minor),
            ),
            business_on=day,
        )
        for balance in balances
    ]
    await post(tx, cell_id=scope.cell_id, entries=entries, user_id=scope.actor.user_id)
    opened = Opened(
        document_id=document_id,
        business_on=day,
        entry_count=len(entries),
        prepaid_minor=sum(balance.amount_minor for balance in balances if balance.account == "prepaid"),
        owed_minor=sum(balance.amount_minor for balance in balances if balance.account == "credit"),
    )
    tx.record("opening-balances", document_id, after={"opened": opened, "lines": balances}, cell_id=scope.cell_id)
    return opened
