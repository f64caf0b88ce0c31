"""Carry what a step means in money into the ledger: settle, post, free, refund. One call each for a batch."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from lingqu.kernel.ids import uuid7
from lingqu.modules.ledger.api import (
    NewAccount,
    NewEntry,
    Posting,
    Settlement,
    account_id,
    open_accounts,
    post,
    settle,
    unhold,
)
from lingqu.modules.orders.money import Sums, change_of, give_back, payment_status, release, take
from lingqu.modules.orders.prepared import Prepared
from lingqu.modules.orders.sheet import OrderRow, PaymentRow, Sheet
from lingqu.runtime.tx import Tx

_INCOME = ("revenue", "tax", "freight")
_OVER = frozenset({"cancelled", "expired", "completed"})


async def move_money(
    tx: Tx,
    *,
    cell_id: int,
    sheets: Sequence[Sheet],
    business_on: date,
    users: Mapping[UUID, int | None] | None = None,
) -> dict[UUID, Sums]:
    """Bring payments and ledger in line with what the sheets' lines say now; tell what each step moved.

    ``users`` names by order who took the step, where the transaction serves several.

    Freight is charged with the first goods and freed when nothing was ever charged.
    """
    settled: list[Settlement] = []
    freed: list[Settlement] = []
    entries: list[NewEntry] = []
    moved: dict[UUID, Sums] = {}
    for sheet in sheets:
        order, change = sheet.order, change_of(sheet)
        freight = order.freight_minor - order.freight_posted_minor if change.charged else 0
        if change.charged:
            parts = take(sheet.payments, change.charged + freight)
            order.freight_posted_minor += freight
            settled += _settlements(order, parts)
            income = {"revenue": change.charged - change.charged_tax, "tax": change.charged_tax, "freight": freight}
            entries.append(_entry(tx, order, "sale", _charge(order, parts, income), business_on))
        freed_now = change.released + _unused_freight(sheet)
        if freed_now:
            freed += _settlements(order, release(sheet.payments, freed_now))
        if change.refunded:
            parts = give_back(sheet.payments, change.refunded)
            income = {"revenue": change.refunded - change.refunded_tax, "tax": change.refunded_tax}
            entries.append(_entry(tx, order, "refund", _refund(order, parts, income), business_on))
        order.payment_status = payment_status(sheet)
        moved[order.id] = change
    await _write(tx, cell_id, sheets, settled=settled, freed=freed, entries=entries, users=users)
    return moved


def _unused_freight(sheet: Sheet) -> int:
    """Freight that nobody will ever charge: the order ends with nothing charged (all of it may have been lost)."""
    order = sheet.order
    is_over = order.status in _OVER and sheet.order_before.status not in _OVER
    return order.freight_minor - order.freight_posted_minor if is_over else 0


async def _write(
    tx: Tx,
    cell_id: int,
    sheets: Sequence[Sheet],
    *,
    settled: Sequence[Settlement],
    freed: Sequence[Settlement],
    entries: Sequence[NewEntry],
    users: Mapping[UUID, int | None] | None,
) -> None:
    if settled:
        await settle(tx, cell_id=cell_id, settlements=settled)
    if entries:
        sellers = {(sheet.order.seller, sheet.order.currency) for sheet in sheets}
        accounts = [
            NewAccount(kind=kind, owner=seller, currency=currency)
            for seller, currency in sorted(sellers)
            for kind in _INCOME
        ]
        await open_accounts(tx, cell_id=cell_id, accounts=accounts)
        user_id = None if tx.actor is None else tx.actor.user_id
        await post(tx, cell_id=cell_id, entries=entries, user_id=user_id, users=users)
    if freed:
        await unhold(tx, cell_id=cell_id, settlements=freed)  # last: an account over its limit keeps what is freed


def _settlements(order: OrderRow, parts: Sequence[tuple[PaymentRow, int]]) -> list[Settlement]:
    return [Settlement(order.id, payment.account_id, amount) for payment, amount in parts]


def _charge(order: OrderRow, parts: Sequence[tuple[PaymentRow, int]], income: dict[str, int]) -> tuple[Posting, ...]:
    payers = [(payment.account_id, amount) for payment, amount in parts]
    return tuple(Posting(debit, credit, amount) for debit, credit, amount in match(payers, earned(order, income)))


def _refund(order: OrderRow, parts: Sequence[tuple[PaymentRow, int]], income: dict[str, int]) -> tuple[Posting, ...]:
    payees = [(payment.account_id, amount) for payment, amount in parts]
    return tuple(Posting(debit, credit, amount) for debit, credit, amount in match(earned(order, income), payees))


def earned(order: OrderRow | Prepared, income: dict[str, int]) -> list[tuple[UUID, int]]:
    """Name the seller's accounts that an income reaches, by kind; a kind with nothing in it is left out."""
    return [
        (account_id(kind=kind, owner=order.seller, currency=order.currency), amount)
        for kind, amount in income.items()
        if amount
    ]


def match(givers: Sequence[tuple[UUID, int]], takers: Sequence[tuple[UUID, int]]) -> list[tuple[UUID, UUID, int]]:
    """Pair those who give with those who take so that every amount is used up, with few postings, in this order.

    Shapes: both sides sum to the same amount; at most len(givers) + len(takers) - 1 postings (debit, credit, amount).
    Raises: AssertionError if the sides differ (a bug).
    """
    left_from, left_to = [amount for _, amount in givers], [amount for _, amount in takers]
    postings = []
    i = j = 0
    while i < len(givers) and j < len(takers):
        amount = min(left_from[i], left_to[j])
        postings.append((givers[i][0], takers[j][0], amount))
        left_from[i] -= amount
        left_to[j] -= amount
        i += left_from[i] == 0
        j += left_to[j] == 0
    if i < len(givers) or j < len(takers):
        raise AssertionError("both sides must sum to the same amount")
    return postings


def _entry(tx: Tx, order: OrderRow, kind: str, postings: tuple[Posting, ...], business_on: date) -> NewEntry:
    return NewEntry(
        id=uuid7(at=tx.now),
        kind=kind,
        document_kind="order",
        document_id=order.id,
        postings=postings,
        business_on=business_on,
        memo=order.number or "",
    )
