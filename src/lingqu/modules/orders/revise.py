"""Carry a planned change out: goods, money and rows in one transaction, all of it or nothing."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from psycopg.types.json import Jsonb

from lingqu.kernel.errors import FieldError, Words
from lingqu.modules.ledger.api import Hold, Settlement, account_id, hold, lock_available, unhold
from lingqu.modules.network.api import node_terms
from lingqu.modules.orders.books import move_money
from lingqu.modules.orders.deal import PAYING
from lingqu.modules.orders.desk import Delivery, Desk
from lingqu.modules.orders.fulfilment import settle_fulfilment
from lingqu.modules.orders.plan import Plan, Planned, new_line
from lingqu.modules.orders.sheet import LineRow, PaymentRow, Sheet
from lingqu.modules.orders.wish import CannotChange
from lingqu.modules.stock.api import Claim, key_of, lock_free, reserve, unreserve
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_SHORT = Words("{asked} more needed, {free} free.", "还需 {asked}，可用 {free}。")
_MONEY = Words(
    "The change needs {needed_minor} more (minor units), {available_minor} are available.",
    "本次修改需增加 {needed_minor}（分），可用 {available_minor}。",
)


class _Goods(Struct, frozen=True, kw_only=True):
    """What a change frees and takes, and the lines as they then stand."""

    lines: dict[int, LineRow]
    freed: list[Claim]
    taken: list[tuple[int, int, int]]
    errors: list[FieldError]


async def revise(tx: Tx, *, cell_id: int, desk: Desk, plan: Plan, delivery: Delivery, on: date) -> bool:
    """Change a locked order as planned; tell whether it is complete now and was not before.

    Stock keys are locked before accounts, each in key order, and nothing is written before both are known to reach.

    Raises: CannotChange naming each line that goods do not reach, and the money if that does not reach.
    """
    sheet = desk.sheet
    rows = await _rows(tx, sheet, plan)
    goods = await _decide_goods(tx, cell_id, desk, plan, rows, on=on)
    payments, errors = await _decide_money(tx, cell_id, desk, plan.total_minor - sheet.order.total_minor)
    if goods.errors or errors:
        raise CannotChange(errors=[*goods.errors, *errors])
    sheet.order.total_minor, sheet.order.freight_minor = plan.total_minor, plan.freight_minor
    expires = sheet.order.expires_at
    await unreserve(tx, cell_id=cell_id, claims=goods.freed)
    await reserve(
        tx, cell_id=cell_id, claims=[Claim(sheet.order.id, no, key, n, expires) for no, key, n in goods.taken]
    )
    await _save_money(tx, cell_id, sheet, payments)
    await _save_rows(tx, cell_id, sheet, plan, goods.lines)
    is_complete = settle_fulfilment(sheet)
    await move_money(tx, cell_id=cell_id, sheets=[sheet], business_on=on)
    await _save_order(tx, cell_id, sheet, delivery)
    return is_complete


async def _rows(tx: Tx, sheet: Sheet, plan: Plan) -> dict[int, LineRow]:
    """Give every line that the plan touches as it stands; what is added leaves from the order's own node."""
    rows = {line.line_no: replace(line) for line in sheet.lines}
    added = [one for one in plan.planned if one.wish.line is None]
    if added:
        nodes = await node_terms(tx, node_ids=[sheet.order.ship_from])
        bin_id = nodes[sheet.order.ship_from].sellable_bin_id
        for one in added:
            key = key_of(bin_id=bin_id, sku_id=one.wish.sku_id)
            rows[one.line_no] = replace(new_line(sheet.order.id, one, key=key), quantity=0)
    return rows


async def _decide_goods(tx: Tx, cell_id: int, desk: Desk, plan: Plan, rows: dict[int, LineRow], *, on: date) -> _Goods:
    """Give up first what is owed, then what is reserved; take what is free. What is freed serves the same change."""
    order = desk.sheet.order
    less = [(wish.line.line_no, wish.cut) for wish in plan.cuts if wish.line is not None]
    less += [(one.line_no, -one.more) for one in plan.planned if one.more < 0]
    more = [one for one in plan.planned if one.more > 0]
    keys = sorted({rows[no].key for no, _ in less} | {rows[one.line_no].key for one in more})
    free = await lock_free(tx, cell_id=cell_id, keys=keys, business_on=on) if keys else {}
    cut = {wish.line.line_no for wish in plan.cuts if wish.line is not None}
    freed: list[Claim] = []
    for line_no, units in less:
        row = rows[line_no]
        owed = min(row.back_ordered, units)
        row.back_ordered -= owed
        row.reserved -= units - owed
        if line_no in cut:
            row.cancelled += units
        free[row.key] += units - owed
        freed.append(Claim(order.id, line_no, row.key, units - owed, order.expires_at))
    taken: list[tuple[int, int, int]] = []
    errors: list[FieldError] = []
    for one in more:
        row = rows[one.line_no]
        had = min(max(free[row.key], 0), one.more)
        if had < one.more and desk.policy != "back-order":
            facts = {"line_no": one.line_no, "sku_id": row.sku_id, "asked": one.more, "free": had}
            errors.append(FieldError(f"{one.wish.path}/packs", "short", _SHORT, facts))
        free[row.key] -= had
        row.reserved += had
        row.back_ordered += one.more - had
        if had:
            taken.append((one.line_no, row.key, had))
    return _Goods(lines=rows, freed=freed, taken=taken, errors=errors)


async def _decide_money(
    tx: Tx, cell_id: int, desk: Desk, delta: int
) -> tuple[list[tuple[UUID, int]], list[FieldError]]:
    """Say by how much each account pays more or less: more from the first that can, less from the last that holds."""
    sheet = desk.sheet
    if delta <= 0:
        parts: list[tuple[UUID, int]] = []
        rest = -delta
        for payment in reversed(sheet.payments):
            part = min(rest, payment.held_minor)
            if part:
                parts.append((payment.account_id, -part))
                rest -= part
        if rest:
            raise AssertionError(f"{rest} less than the order's payments hold")
        return parts, []
    order = sheet.order
    accounts = [
        account_id(kind=kind, owner=order.seller, counterparty=order.buyer, currency=order.currency) for kind in PAYING
    ]
    available = await lock_available(tx, cell_id=cell_id, account_ids=accounts)
    parts, rest = [], delta
    for account in accounts:
        part = min(rest, max(available.get(account, 0), 0))
        if part:
            parts.append((account, part))
            rest -= part
    if rest:
        facts = {"needed_minor": delta, "available_minor": delta - rest}
        return [], [FieldError("", "money-short", _MONEY, facts)]
    return parts, []


async def _save_money(tx: Tx, cell_id: int, sheet: Sheet, parts: Sequence[tuple[UUID, int]]) -> None:
    order = sheet.order
    more = [Hold(order.id, account, part, order.expires_at) for account, part in parts if part > 0]
    less = [Settlement(order.id, account, -part) for account, part in parts if part < 0]
    await hold(tx, cell_id=cell_id, holds=more)
    if less:
        await unhold(tx, cell_id=cell_id, settlements=less)
    by_account = {payment.account_id: payment for payment in sheet.payments}
    position = max((payment.position for payment in sheet.payments), default=0)
    for account, part in parts:
        if account not in by_account:
            position += 1
            by_account[account] = PaymentRow(
                order_id=order.id,
                account_id=account,
                position=position,
                amount_minor=0,
                settled_minor=0,
                released_minor=0,
                refunded_minor=0,
            )
            sheet.payments.append(by_account[account])
        by_account[account].amount_minor += part
    if parts:
        await tx.run(
            SQL["save_amounts"],
            cell_id=cell_id,
            order_id=order.id,
            account_id=[p.account_id for p in sheet.payments],
            position=[p.position for p in sheet.payments],
            amount=[p.amount_minor for p in sheet.payments],
        )


async def _save_rows(tx: Tx, cell_id: int, sheet: Sheet, plan: Plan, rows: dict[int, LineRow]) -> None:
    """Write lines anew and add lines; what a cut line gives up is written with the step, like any other."""
    old = [one for one in plan.planned if one.wish.line is not None]
    new = [one for one in plan.planned if one.wish.line is None]
    for one in plan.planned:
        row = rows[one.line_no]
        row.quantity, row.tax_minor, row.total_minor = one.quantity, one.tax_minor, one.total_minor
    if old:
        await tx.run(
            SQL["rewrite_lines"],
            cell_id=cell_id,
            order_id=sheet.order.id,
            quantity=[one.quantity for one in old],
            **_columns(old, rows),
        )
    if new:
        await tx.run(
            SQL["insert_lines"],
            cell_id=cell_id,
            order_id=sheet.order.id,
            sku_id=[one.wish.sku_id for one in new],
            pack_id=[one.wish.pack_id for one in new],
            key=[rows[one.line_no].key for one in new],
            units=[one.units_per_pack for one in new],
            **_columns(new, rows),
        )
    anew = {one.line_no for one in plan.planned}
    before = {line.line_no: line for line in sheet.lines_before}
    sheet.lines = [rows[line_no] for line_no in sorted(rows)]
    # A line written anew has nothing behind it: for the money of this step it stands as it did not before.
    sheet.lines_before = [replace(row) if row.line_no in anew else before[row.line_no] for row in sheet.lines]


def _columns(some: Sequence[Planned], rows: dict[int, LineRow]) -> dict[str, list[object]]:
    return {
        "line_no": [one.line_no for one in some],
        "packs": [one.wish.packs for one in some],
        "reserved": [rows[one.line_no].reserved for one in some],
        "back_ordered": [rows[one.line_no].back_ordered for one in some],
        "price": [one.price_minor for one in some],
        "included": [one.is_tax_included for one in some],
        "ppm": [one.tax_ppm for one in some],
        "tax": [one.tax_minor for one in some],
        "total": [one.total_minor for one in some],
        "item": [one.price_item_id for one in some],
    }


async def _save_order(tx: Tx, cell_id: int, sheet: Sheet, delivery: Delivery) -> None:
    tax = sum(line.tax_minor for line in sheet.lines)
    await tx.run(
        SQL["revise_order"],
        cell_id=cell_id,
        order_id=sheet.order.id,
        goods=sum(line.total_minor for line in sheet.lines) - tax,
        tax=tax,
        freight=sheet.order.freight_minor,
        total=sheet.order.total_minor,
        requested_on=delivery.requested_on,
        ship_to=Jsonb(msgspec.to_builtins(delivery.ship_to)),
    )
