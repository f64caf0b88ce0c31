"""Sell at the counter: the same document, placed, paid, handed over and complete in one transaction."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct
from msgspec.structs import replace

from lingqu.kernel.errors import Refusal
from lingqu.kernel.ids import uuid7
from lingqu.modules.ledger.api import NewAccount, NewEntry, Posting, open_accounts, post
from lingqu.modules.numbering.api import draw_numbers
from lingqu.modules.orders.allot import Allotted, allot
from lingqu.modules.orders.books import earned, match
from lingqu.modules.orders.exact import Verdict
from lingqu.modules.orders.placed import placed_event
from lingqu.modules.orders.prepared import Prepared
from lingqu.modules.orders.replay import find_placed
from lingqu.modules.orders.rows import write_orders
from lingqu.modules.orders.types import NewLine
from lingqu.modules.stock.api import Issue, IssuedLot, issue, lock_free
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

Tender = Literal["cash", "card", "wechat", "alipay", "transfer"]
"""How the customer pays at the counter; all of it is money in the seller's hands."""

_ANYTHING = 2**62


class NewSale(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sale at the counter. Without a member the customer is the seller's walk-in."""

    lines: Annotated[list[NewLine], Meta(min_length=1, max_length=200)]
    member_id: UUID | None = None
    tender: Tender = "cash"
    expected_total_minor: Annotated[int, Meta(ge=0, le=2**53)] | None = None
    business_on: date | None = None
    note: Annotated[str, Meta(max_length=1000)] = ""


class KeyedSale(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sale with its own Idempotency-Key, as the bulk endpoint and a till that was offline send it."""

    key: str
    sale: NewSale


class Sale(Struct, frozen=True):
    """A priced sale: the order and how it is paid. History brought in from elsewhere earns no points again."""

    order: Prepared
    tender: Tender
    member_id: UUID | None = None
    earns_points: bool = True


async def sell(tx: Tx, *, cell_id: int, business_on: date, sales: Sequence[Sale]) -> list[Verdict]:
    """Sell many baskets of one cell and day, first come, first served.

    Shapes: one verdict per sale, in the order given; one that the shelf cannot serve is refused whole.
    """
    keys = sorted({line.key for sale in sales for line in sale.order.lines})
    free = await lock_free(tx, cell_id=cell_id, keys=keys, business_on=business_on) if keys else {}
    # Under the locks of its goods: the same sale sent twice at once waits here for the other and finds it sold.
    verdicts: dict[UUID, Verdict] = dict(await find_placed(tx, [sale.order for sale in sales]))
    new = [sale for sale in sales if sale.order.id not in verdicts]
    till = {account: _ANYTHING for sale in new for account in sale.order.accounts}
    served: list[tuple[Sale, Allotted]] = []
    decisions = allot([sale.order for sale in new], free=free, available=till)
    for sale, decision in zip(new, decisions, strict=True):
        if isinstance(decision, Refusal):
            verdicts[sale.order.id] = decision
        else:
            served.append((sale, decision))
    if served:
        await _hand_over(tx, cell_id, business_on, served)
        verdicts |= {sale.order.id: sale.order.answer(status="completed") for sale, _ in served}
    return [verdicts[sale.order.id] for sale in sales]


async def _hand_over(tx: Tx, cell_id: int, on: date, served: Sequence[tuple[Sale, Allotted]]) -> None:
    numbers = await draw_numbers(
        tx, cell_id=cell_id, kind="CS", documents=[(sale.order.seller_id, on) for sale, _ in served]
    )
    orders = [replace(sale.order, number=number) for (sale, _), number in zip(served, numbers, strict=True)]
    decided = [Allotted(order, ((order.accounts[0], order.total_minor),)) for order in orders]
    await write_orders(tx, decided)
    lots = await issue(
        tx,
        cell_id=cell_id,
        document_kind="order",
        issues=[Issue(order.id, line.line_no, line.key, line.quantity) for order in orders for line in order.lines],
        business_on=on,
        user_id=None if tx.actor is None else tx.actor.user_id,
    )
    await _write_lots(tx, cell_id, on, list(zip(orders, numbers, strict=True)), lots)
    await _take_money(tx, cell_id, on, [sale for sale, _ in served], numbers)
    for (sale, _), number in zip(served, numbers, strict=True):
        order = sale.order
        earns = sale.earns_points and sale.member_id is not None
        event = placed_event(order, kind="retail", member_id=sale.member_id, earns_points=earns)
        tx.emit(event, cell_id=cell_id)
        tx.record("order", order.id, after={"number": number, "total_minor": order.total_minor}, cell_id=cell_id)


async def _write_lots(
    tx: Tx, cell_id: int, on: date, orders: Sequence[tuple[Prepared, str]], lots: Sequence[IssuedLot]
) -> None:
    """Keep which lots each customer got: a recall asks for it, and a refund puts the same lot back."""
    shipments = {order.id: uuid7(at=tx.now) for order, _ in orders}
    await tx.run(
        SQL["insert_hand_overs"],
        cell_id=cell_id,
        now=tx.now,
        business_on=on,
        id=list(shipments.values()),
        order_id=list(shipments),
        number=[number for _, number in orders],
    )
    positions: dict[UUID, int] = defaultdict(int)
    rows: list[tuple[int, IssuedLot]] = []
    for lot in lots:
        positions[lot.document_id] += 1
        rows.append((positions[lot.document_id], lot))
    await tx.run(
        SQL["insert_hand_over_lines"],
        cell_id=cell_id,
        shipment_id=[shipments[lot.document_id] for _, lot in rows],
        position=[position for position, _ in rows],
        order_id=[lot.document_id for _, lot in rows],
        line_no=[lot.line_no for _, lot in rows],
        lot_id=[lot.lot_id for _, lot in rows],
        lot_code=[lot.lot_code for _, lot in rows],
        produced_on=[lot.produced_on for _, lot in rows],
        expires_on=[lot.expires_on for _, lot in rows],
        quantity=[lot.quantity for _, lot in rows],
        cost=[lot.cost_minor for _, lot in rows],
    )
    costs: dict[UUID, int] = defaultdict(int)
    for lot in lots:
        costs[lot.document_id] += lot.cost_minor
    await tx.run(SQL["add_cost"], cell_id=cell_id, order_id=list(costs), cost=list(costs.values()))


async def _take_money(tx: Tx, cell_id: int, on: date, sales: Sequence[Sale], numbers: Sequence[str]) -> None:
    sellers = sorted({(sale.order.seller, sale.order.currency) for sale in sales})
    await open_accounts(
        tx,
        cell_id=cell_id,
        accounts=[
            NewAccount(kind=kind, owner=seller, currency=currency)
            for seller, currency in sellers
            for kind in ("cash", "revenue", "tax")
        ],
    )
    entries = [
        _entry(tx, sale, number, on) for sale, number in zip(sales, numbers, strict=True) if sale.order.total_minor
    ]
    await post(tx, cell_id=cell_id, entries=entries, user_id=None if tx.actor is None else tx.actor.user_id)


def _entry(tx: Tx, sale: Sale, number: str, on: date) -> NewEntry:
    order = sale.order
    postings = match(
        [(order.accounts[0], order.total_minor)], earned(order, {"revenue": order.goods_minor, "tax": order.tax_minor})
    )
    return NewEntry(
        id=uuid7(at=tx.now),
        kind="sale",
        document_kind="order",
        document_id=order.id,
        postings=tuple(Posting(debit, credit, amount) for debit, credit, amount in postings),
        business_on=on,
        memo=f"{number} {sale.tender}",
    )
