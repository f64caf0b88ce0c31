"""Record what a buyer paid in, or got back."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from lingqu.kernel.errors import NotFound, Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.ledger.by_hand import Pair, day_of, own_pairs, write_by_hand
from lingqu.modules.ledger.hold import lock_available
from lingqu.modules.ledger.list_accounts import read_account
from lingqu.modules.ledger.list_postings import Entry
from lingqu.modules.ledger.open_accounts import open_accounts
from lingqu.modules.ledger.types import EntryState, NewAccount, Posting
from lingqu.runtime.tx import Tx

Amount = Annotated[int, Meta(ge=1, le=1_000_000_000_000_000)]
Memo = Annotated[str, Meta(max_length=500)]


class MoreThanOwed(Refusal):
    """More is repaid or written off than is owed; what is over belongs on the prepaid account."""

    code = "ledger.more-than-owed"
    status = 409
    title = Words("More than is owed", "超出欠款金额")
    detail = Words("{owed} is owed (minor units), not {amount}.", "欠款为 {owed}（最小货币单位），少于 {amount}。")


class Payment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money from a buyer: onto its prepaid account, or to repay its credit line.

    ``is_pending``: announced but not in the bank yet; it counts once somebody confirms the entry.
    """

    buyer_id: Annotated[int, Meta(ge=1)]
    account: Literal["prepaid", "credit"] = "prepaid"
    amount_minor: Amount
    business_on: date | None = None
    memo: Memo = ""
    is_pending: bool = False


class Withdrawal(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Prepaid money that goes back to a buyer."""

    buyer_id: Annotated[int, Meta(ge=1)]
    amount_minor: Amount
    business_on: date | None = None
    memo: Memo = ""


async def pay_in(tx: Tx, *, scope: Scope, payment: Payment) -> Entry:
    """Record a payment of a buyer of the caller's organization.

    Raises: NotFound for somebody who is no buyer, or has no credit line to repay; MoreThanOwed; Forbidden for another
            day without the right; Invalid for a day to come.
    """
    pair = (await own_pairs(tx, scope=scope, buyer_ids=[payment.buyer_id]))[payment.buyer_id]
    day = day_of(scope, payment.business_on, pair.today)
    await open_trade_accounts(tx, cell_id=pair.seller.home_cell, pairs=[pair])
    if payment.account == "credit":
        await check_owed(tx, scope=scope, pair=pair, amount=payment.amount_minor)
    return await write_by_hand(
        tx,
        scope=scope,
        kind="top-up" if payment.account == "prepaid" else "repayment",
        postings=(Posting(pair.own_account("cash"), pair.account(payment.account), payment.amount_minor),),
        business_on=day,
        memo=payment.memo,
        counterparty=pair.buyer.party_id,
        currency=pair.seller.currency,
        state=EntryState.PENDING if payment.is_pending else EntryState.POSTED,
    )


async def pay_out(tx: Tx, *, scope: Scope, withdrawal: Withdrawal) -> Entry:
    """Record that prepaid money went back to a buyer.

    Raises: NotFound for somebody who is no buyer; Insufficient if it has not so much that is not held; Forbidden,
            Invalid as for a payment.
    """
    pair = (await own_pairs(tx, scope=scope, buyer_ids=[withdrawal.buyer_id]))[withdrawal.buyer_id]
    day = day_of(scope, withdrawal.business_on, pair.today)
    await open_trade_accounts(tx, cell_id=pair.seller.home_cell, pairs=[pair])
    return await write_by_hand(
        tx,
        scope=scope,
        kind="withdrawal",
        postings=(Posting(pair.account("prepaid"), pair.own_account("cash"), withdrawal.amount_minor),),
        business_on=day,
        memo=withdrawal.memo,
        counterparty=pair.buyer.party_id,
        currency=pair.seller.currency,
    )


async def open_trade_accounts(tx: Tx, *, cell_id: int, pairs: list[Pair]) -> None:
    """Open what the seller of these pairs needs: each buyer's prepaid account, its own cash, opening and write-off."""
    seller = pairs[0].seller
    own = [
        NewAccount(kind=kind, owner=seller.party_id, currency=seller.currency)
        for kind in ("cash", "opening", "write-off")
    ]
    prepaid = [
        NewAccount(
            kind="prepaid",
            owner=seller.party_id,
            counterparty=pair.buyer.party_id,
            currency=seller.currency,
            floor=0,
        )
        for pair in pairs
    ]
    await open_accounts(tx, cell_id=cell_id, accounts=[*own, *prepaid])


async def check_owed(tx: Tx, *, scope: Scope, pair: Pair, amount: int) -> None:
    """Lock a buyer's credit line and make sure that it owes at least ``amount``.

    Raises: NotFound without a credit line; MoreThanOwed.
    """
    credit = pair.account("credit")
    await lock_available(tx, cell_id=pair.seller.home_cell, account_ids=[credit])
    try:
        account = await read_account(tx, scope=scope, account_id=credit)
    except NotFound:
        raise NotFound(kind="credit line", id=pair.buyer.id) from None
    owed = max(-account.balance_minor, 0)
    if amount > owed:
        raise MoreThanOwed(owed=owed, amount=amount)
