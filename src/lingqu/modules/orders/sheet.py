"""An order under lock with its lines and payments: read for a batch, changed in memory by a step, saved for a batch."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date, datetime
from typing import Any
from uuid import UUID

from msgspec import Struct
from psycopg.types.json import Jsonb

from lingqu.kernel.errors import NotFound
from lingqu.kernel.ids import uuid7s
from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.approval.api import State, withdraw
from lingqu.modules.orders.judged import APPROVAL
from lingqu.modules.orders.refusals import OtherSide
from lingqu.runtime.arrays import int8s, uuids
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

LOAD = "orders.load"
"""What a loader of history may do: take steps for many buyers or sellers at once. No role holds it, so no user can."""


class OrderRow(Struct):
    """The part of an order that steps read and change."""

    id: UUID
    kind: str
    buyer: UUID
    buyer_id: int | None
    seller: UUID
    seller_id: int
    number: str | None
    status: str
    approval_status: str
    payment_status: str
    fulfilment_status: str
    return_status: str
    title_passes: str
    currency: str
    freight_minor: int
    freight_posted_minor: int
    total_minor: int
    ship_from: int
    business_on: date
    time_zone: str
    placed_by: int | None
    expires_at: datetime | None
    version: int
    direct: str | None = None


class LineRow(Struct):
    """The part of a line that steps read and change."""

    order_id: UUID
    line_no: int
    sku_id: int
    key: int
    units_per_pack: int
    quantity: int
    reserved: int
    back_ordered: int
    cancelled: int
    shipped: int
    received: int
    short: int
    returned: int
    tax_minor: int
    total_minor: int
    supplier_id: int | None = None

    @property
    def owed(self) -> int:
        """What its seller owes of it: what a supplier sends straight to the buyer is promised there."""
        return 0 if self.supplier_id else self.back_ordered


class PaymentRow(Struct):
    """What one account pays."""

    order_id: UUID
    account_id: UUID
    position: int
    amount_minor: int
    settled_minor: int
    released_minor: int
    refunded_minor: int

    @property
    def held_minor(self) -> int:
        """What the ledger still holds for the order on this account."""
        return self.amount_minor - self.settled_minor - self.released_minor


class Sheet:
    """One order as it stands and as it stood when it was locked."""

    def __init__(self, order: OrderRow, lines: list[LineRow], payments: list[PaymentRow]) -> None:
        self.order = order
        self.lines = lines
        self.payments = payments
        self.order_before = copy(order)
        self.lines_before = [copy(line) for line in lines]
        self.payments_before = {payment.account_id: copy(payment) for payment in payments}
        self.pairs: list[Pair] = []

    def line(self, line_no: int) -> LineRow:
        """Find a line.

        Raises: NotFound.
        """
        if 0 < line_no <= len(self.lines) and self.lines[line_no - 1].line_no == line_no:
            return self.lines[line_no - 1]  # as nearly all orders are numbered
        for line in self.lines:
            if line.line_no == line_no:
                return line
        raise NotFound(kind="line", id=line_no)

    def require(self, scope: Scope, side: str) -> None:
        """Refuse whoever does not act for this side of the order. A loader of history acts for both.

        Raises: NotFound for an order outside the scope, OtherSide for the other party.
        """
        if scope.allows(LOAD):
            return
        acts_for = scope.organization_id
        own = self.order.seller_id if side == "seller" else self.order.buyer_id
        if acts_for == own:
            return
        if acts_for in (self.order.seller_id, self.order.buyer_id):
            raise OtherSide
        raise NotFound(kind="order", id=str(self.order.id))


class PairLine(Struct, frozen=True):
    """Which line of the selling order is bought by which line of the buying one."""

    line_no: int
    bought_by: int


class Pair(Struct, frozen=True, kw_only=True):
    """Two locked orders back to back: what ``selling`` has sold, ``buying`` buys from who sends it."""

    selling: Sheet
    selling_cell: int
    buying: Sheet
    buying_cell: int
    fee_ppm: int
    lines: tuple[PairLine, ...]


class StepTaken(Struct, frozen=True, kw_only=True):
    """A line of an order's history to write."""

    order_id: UUID
    name: str
    from_status: str
    to_status: str
    reason: str = ""
    facts: dict[str, Any] = {}


class Whereabouts(Struct, frozen=True):
    """Where an order lives, and whether it is one of a pair that stands back to back."""

    id: UUID
    cell_id: int
    is_direct: bool


async def find_cells(tx: Tx, *, order_ids: Iterable[UUID]) -> dict[UUID, Whereabouts]:
    """Tell in which cell each order lives; unknown ones are missing."""
    rows = await tx.all(SQL["find_order_cells"], Whereabouts, ids=list(order_ids))
    return {row.id: row for row in rows}


async def lock_sheets(tx: Tx, *, cell_id: int, order_ids: Iterable[UUID], is_whole: bool = True) -> dict[UUID, Sheet]:
    """Lock orders of one cell in the order of their ids and read them; if ``is_whole``, with lines and payments."""
    ids = uuids(sorted(set(order_ids)))
    orders = await tx.rows(SQL["lock_orders"], OrderRow, cell_id=cell_id, ids=ids)
    lines: dict[UUID, list[LineRow]] = defaultdict(list)
    payments: dict[UUID, list[PaymentRow]] = defaultdict(list)
    if orders and is_whole:
        for line in await tx.rows(SQL["read_lines"], LineRow, cell_id=cell_id, ids=ids):
            lines[line.order_id].append(line)
        for payment in await tx.rows(SQL["read_payments"], PaymentRow, cell_id=cell_id, ids=ids):
            payments[payment.order_id].append(payment)
    return {order.id: Sheet(order, lines[order.id], payments[order.id]) for order in orders}


async def save_sheets(
    tx: Tx,
    *,
    cell_id: int,
    sheets: Sequence[Sheet],
    steps: Sequence[StepTaken],
    actors: Mapping[UUID, Actor] | None = None,
    is_echo: bool = False,
) -> None:
    """Write changed orders, lines and payments and the steps that changed them: one statement a table.

    Each order's version rises by one, and the audit log gets its state before and after. ``actors`` tells by order who
    took the step, where the transaction serves several. ``is_echo``: the step was taken on the other order of a pair,
    by people who are nobody's business here.
    """
    if not sheets:
        return
    who = actors or {}
    orders = [sheet.order for sheet in sheets]
    for sheet in sheets:
        order = sheet.order
        order.version += 1
        tx.record("order", order.id, before=sheet.order_before, after=order, cell_id=cell_id, actor=who.get(order.id))
    await tx.run(
        SQL["save_orders"],
        cell_id=cell_id,
        id=uuids([o.id for o in orders]),
        number=[o.number for o in orders],
        status=[o.status for o in orders],
        approval=[o.approval_status for o in orders],
        payment=[o.payment_status for o in orders],
        fulfilment=[o.fulfilment_status for o in orders],
        returns=[o.return_status for o in orders],
        freight_posted=[o.freight_posted_minor for o in orders],
        expires=[o.expires_at for o in orders],
        version=[o.version for o in orders],
    )
    lines = [line for sheet in sheets for line, was in zip(sheet.lines, sheet.lines_before, strict=True) if line != was]
    if lines:
        await tx.run(
            SQL["save_lines"],
            cell_id=cell_id,
            order_id=uuids([line.order_id for line in lines]),
            line_no=[line.line_no for line in lines],
            key=int8s([line.key for line in lines]),
            reserved=int8s([line.reserved for line in lines]),
            back_ordered=int8s([line.back_ordered for line in lines]),
            cancelled=int8s([line.cancelled for line in lines]),
            shipped=int8s([line.shipped for line in lines]),
            received=int8s([line.received for line in lines]),
            short=int8s([line.short for line in lines]),
            returned=int8s([line.returned for line in lines]),
        )
    payments = [p for sheet in sheets for p in sheet.payments if p != sheet.payments_before.get(p.account_id)]
    if payments:
        await tx.run(
            SQL["save_payments"],
            cell_id=cell_id,
            order_id=[p.order_id for p in payments],
            account_id=[p.account_id for p in payments],
            settled=[p.settled_minor for p in payments],
            released=[p.released_minor for p in payments],
            refunded=[p.refunded_minor for p in payments],
        )
    await _end_requests(tx, sheets)
    versions = {o.id: o.version for o in orders}
    await _write_steps(tx, cell_id, steps, versions, {} if is_echo else {o.id: who.get(o.id, tx.actor) for o in orders})


async def _end_requests(tx: Tx, sheets: Sequence[Sheet]) -> None:
    """Ask nobody any more about orders that waited for approval and ended otherwise, whichever step that was."""
    over = [s.order for s in sheets if s.order.approval_status == "waiting" and s.order.status != s.order_before.status]
    expired = [order.id for order in over if order.status == "expired"]
    if expired:
        await withdraw(tx, kind=APPROVAL, object_ids=expired, state=State.EXPIRED)
    if len(expired) < len(over):
        await withdraw(tx, kind=APPROVAL, object_ids=[order.id for order in over])


async def _write_steps(
    tx: Tx,
    cell_id: int,
    steps: Sequence[StepTaken],
    versions: Mapping[UUID, int],
    actors: Mapping[UUID, Actor | None],
) -> None:
    who = [actors.get(step.order_id) for step in steps]
    await tx.run(
        SQL["write_steps"],
        cell_id=cell_id,
        now=tx.now,
        user_id=[None if actor is None else actor.user_id for actor in who],
        actor_name=["" if actor is None else actor.name for actor in who],
        order_id=uuids([step.order_id for step in steps]),
        id=uuids(uuid7s(len(steps), at=tx.now)),
        version=[versions[step.order_id] for step in steps],
        name=[step.name for step in steps],
        from_status=[step.from_status for step in steps],
        to_status=[step.to_status for step in steps],
        reason=[step.reason for step in steps],
        facts=[Jsonb(step.facts) for step in steps],
    )
