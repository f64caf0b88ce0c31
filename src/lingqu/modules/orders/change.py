"""Change a placed order: made at once where it is the caller's own matter, else proposed to the other side."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Struct
from psycopg.types.json import Jsonb

from lingqu.kernel.errors import FieldError, Invalid, Refusal, Stale, Words
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.orders.approve import TimeOver
from lingqu.modules.orders.close import side_of
from lingqu.modules.orders.desk import Desk, open_desk
from lingqu.modules.orders.events import ChangeProposed, LineDelta, OrderChanged, OrderCompleted
from lingqu.modules.orders.judge_again import judge_again
from lingqu.modules.orders.market import is_live
from lingqu.modules.orders.plan import Plan
from lingqu.modules.orders.prepare import NeedsRelease, NoLink
from lingqu.modules.orders.refusals import SentBySupplier
from lingqu.modules.orders.revise import revise
from lingqu.modules.orders.revision import OrderChange
from lingqu.modules.orders.sheet import Sheet, save_sheets
from lingqu.modules.orders.step import StepDone, StepVerdict, advance, business_date, done, only, per_cell, taken
from lingqu.modules.orders.types import OrderState
from lingqu.modules.pricing.api import Changed
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_WHY = Words("Say why.", "请说明原因。")
_EARLY = Words("The requested date lies before the order's own.", "要求日期早于订单日期。")
_FOREIGN = Words("This belongs to the other side.", "该字段属于对方。")


class NothingChanged(Refusal):
    """The order is like this already."""

    code = "orders.nothing-changed"
    status = 409
    title = Words("Nothing is different", "没有变化")
    detail = Words("The order is like this already.", "订单已是所填内容。")


class ProposalOpen(Refusal):
    """Another change of the order waits for an answer."""

    code = "orders.proposal-open"
    status = 409
    title = Words("A change waits already", "已有待对方确认的变更")
    detail = Words(
        "A proposed change of this order waits for an answer; decide or withdraw it first.",
        "该订单有待确认的变更，请先处理或撤回。",
    )


class Asked(Struct, frozen=True, kw_only=True):
    """A change of one order, asked of the version that the caller saw."""

    order_id: UUID
    change: OrderChange
    if_match: int


class ChangeDone(StepDone, frozen=True, kw_only=True):
    """The order after a change, or after a proposal of one. ``revision_id`` None: only the caller's own notes."""

    revision_id: UUID | None
    revision_status: Literal["proposed", "made", "declined", "withdrawn"]
    payable_minor: int


async def change(tx: Tx, *, scope: Scope, asked: Asked) -> ChangeDone:
    """Change a placed order as its buyer or its seller.

    Until the seller confirms the buyer changes it freely; afterwards the seller has to agree. The seller alone may
    give less or ask for less money; for anything else the buyer has to agree. All of a change is made or nothing.

    Raises: NotFound, WrongState, Stale, TimeOver, CannotChange naming each field, Changed, NothingChanged,
            ProposalOpen, NoLink, NeedsRelease, Invalid.
    """
    answer: list[ChangeDone] = []

    async def act(cell_id: int, pairs: list[tuple[Asked, Sheet]]) -> list[StepVerdict]:
        ((_, sheet),) = pairs
        side = side_of(sheet, scope)
        check_open(tx, sheet, asked.if_match)
        _check_fields(asked.change, side, sheet)
        desk = await open_desk(tx, cell_id=cell_id, sheet=sheet, change=asked.change)
        has_notes = await _save_notes(tx, cell_id, sheet, side, asked.change)
        plan = desk.plan(asked.change, side=side)
        before, after = desk.before(plan), desk.after(plan, asked.change)
        if before == after and not has_notes:
            raise NothingChanged
        check_expected(asked.change, after)
        check_link(tx, scope, desk, plan)
        if side == "buyer":
            check_release(desk, before, after)
        if before == after:
            await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[taken(sheet, "note")])
            answer.append(_answer(sheet, None, "made", after))
        elif must_agree(side, desk, plan, before, after):
            answer.append(await _propose(tx, cell_id, scope, desk, asked.change, side=side, states=(before, after)))
        else:
            answer.append(
                await _make(
                    tx,
                    cell_id,
                    scope=scope,
                    desk=desk,
                    plan=plan,
                    asked=asked.change,
                    side=side,
                    states=(before, after),
                )
            )
        return [answer[0]]

    only(await per_cell(tx, [asked], act))
    return answer[0]


def check_open(tx: Tx, sheet: Sheet, if_match: int) -> None:
    """Refuse a change of an order that is over, or that moved on since the caller read it.

    Raises: Stale, WrongState, SentBySupplier, TimeOver.
    """
    if sheet.order.version != if_match:
        raise Stale(kind="order")
    advance(sheet, "change")
    if sheet.order.direct == "buying" or any(line.supplier_id for line in sheet.lines):
        raise SentBySupplier
    expires_at = sheet.order.expires_at
    if expires_at is not None and expires_at <= tx.now:
        raise TimeOver(expires_at=expires_at.isoformat())


def check_expected(asked: OrderChange, after: OrderState) -> None:
    """Refuse where the order would cost something else than the caller expects.

    Raises: Changed.
    """
    expected = asked.expected_total_minor
    if expected is not None and expected != after.payable_minor:
        raise Changed(expected_minor=expected, total_minor=after.payable_minor)


def check_link(tx: Tx, scope: Scope, desk: Desk, plan: Plan) -> None:
    """Refuse more over a link that is closed; less is always possible.

    Raises: NoLink.
    """
    today = business_date(tx, desk.sheet, scope, None)
    if plan.is_raising and (desk.link is None or not is_live(desk.link, on=today)):
        raise NoLink(seller_id=desk.sheet.order.seller_id)


def check_release(desk: Desk, before: OrderState, after: OrderState) -> None:
    """Refuse more than the buyer's own people let leave without them.

    Raises: NeedsRelease.
    """
    above = None if desk.watch is None else desk.watch.release_above_minor
    if above is not None and after.payable_minor > max(above, before.payable_minor):
        raise NeedsRelease(above_minor=above, total_minor=after.payable_minor)


def must_agree(side: str, desk: Desk, plan: Plan, before: OrderState, after: OrderState) -> bool:
    """Tell whether the other side has to agree.

    The buyer is free until the seller has confirmed, but for more where the seller's rules or the link's limit watch
    what it orders: what would have waited for approval when it was placed is not had by raising it afterwards. The
    seller is free to give less, at the same price or below.
    """
    if side == "buyer":
        is_more = plan.is_raising or after.payable_minor > before.payable_minor
        return desk.sheet.order.status != "placed" or (is_more and desk.is_watched(after.payable_minor))
    prices = {line.line_no: line.price_minor for line in before.lines}
    is_dearer = any(line.price_minor > prices.get(line.line_no, -1) for line in after.lines)
    is_more = any(one.more > 0 for one in plan.planned)
    is_elsewhere = (before.requested_on, before.ship_to) != (after.requested_on, after.ship_to)
    return is_dearer or is_more or is_elsewhere or after.payable_minor > before.payable_minor


def _check_fields(asked: OrderChange, side: str, sheet: Sheet) -> None:
    errors: list[FieldError] = []
    is_shared = asked.lines or asked.added or asked.requested_on is not UNSET or asked.ship_to is not UNSET
    if side == "seller" and is_shared and not asked.reason.strip():
        errors.append(FieldError("/reason", "required", _WHY))
    if side == "seller" and asked.po_number is not UNSET:
        errors.append(FieldError("/po_number", "foreign", _FOREIGN))
    wanted = asked.requested_on
    if isinstance(wanted, date) and wanted < sheet.order.business_on:
        errors.append(FieldError("/requested_on", "range", _EARLY))
    if errors:
        raise Invalid(errors=errors)


async def _save_notes(tx: Tx, cell_id: int, sheet: Sheet, side: str, asked: OrderChange) -> bool:
    """Keep what only the caller's own side sees; it needs nobody's agreement and stands in no revision."""
    note = None if asked.note is UNSET else asked.note
    po_number = None if asked.po_number is UNSET else asked.po_number
    if note is None and po_number is None:
        return False
    where = {"cell_id": cell_id, "order_id": sheet.order.id, "note": note}
    if side == "seller":
        await tx.run(SQL["save_seller_note"], **where)
    else:
        await tx.run(SQL["save_buyer_notes"], po_number=po_number, **where)
    return True


async def _propose(
    tx: Tx,
    cell_id: int,
    scope: Scope,
    desk: Desk,
    asked: OrderChange,
    *,
    side: str,
    states: tuple[OrderState, OrderState],
) -> ChangeDone:
    sheet = desk.sheet
    if await tx.values(SQL["find_proposal"], UUID, cell_id=cell_id, order_id=sheet.order.id):
        raise ProposalOpen
    on = business_date(tx, sheet, scope, None)
    step = taken(sheet, "propose-change", reason=asked.reason, side=side)
    await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[step])
    revision_id = await _write(tx, cell_id, sheet, asked, side=side, status="proposed", states=states)
    event = ChangeProposed(**told(sheet, on), revision_id=revision_id, side=side, reason=asked.reason)
    tx.emit(event, cell_id=cell_id)
    return _answer(sheet, revision_id, "proposed", states[1])


async def _make(
    tx: Tx,
    cell_id: int,
    *,
    scope: Scope,
    desk: Desk,
    plan: Plan,
    asked: OrderChange,
    side: str,
    states: tuple[OrderState, OrderState],
) -> ChangeDone:
    sheet = desk.sheet
    on = business_date(tx, sheet, scope, None)
    is_complete = await revise(tx, cell_id=cell_id, desk=desk, plan=plan, delivery=desk.delivery.changed(asked), on=on)
    step = taken(sheet, "change", reason=asked.reason, side=side)
    again = await judge_again(tx, cell_id=cell_id, desk=desk)
    await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[step, *again])
    revision_id = await _write(tx, cell_id, sheet, asked, side=side, status="made", states=states)
    tell_changed(tx, cell_id, sheet, on, revision_id, side=side, reason=asked.reason, was_proposed=False, states=states)
    if is_complete:
        tx.emit(OrderCompleted(**told(sheet, on)), cell_id=cell_id)
    return _answer(sheet, revision_id, "made", states[1])


async def _write(
    tx: Tx,
    cell_id: int,
    sheet: Sheet,
    asked: OrderChange,
    *,
    side: str,
    status: str,
    states: tuple[OrderState, OrderState],
) -> UUID:
    """Keep what was asked, without the caller's own notes, and what it changes."""
    revision_id = uuid7(at=tx.now)
    wish = msgspec.structs.replace(asked, note=UNSET, po_number=UNSET, expected_total_minor=None)
    await tx.run(
        SQL["insert_revision"],
        cell_id=cell_id,
        order_id=sheet.order.id,
        id=revision_id,
        side=side,
        status=status,
        reason=asked.reason,
        asked=Jsonb(msgspec.to_builtins(wish)),
        before=Jsonb(msgspec.to_builtins(states[0])),
        after=Jsonb(msgspec.to_builtins(states[1])),
        version=sheet.order.version,
        asked_by=None if tx.actor is None else tx.actor.user_id,
        asked_by_name="" if tx.actor is None else tx.actor.name,
        now=tx.now,
    )
    return revision_id


def told(sheet: Sheet, on: date) -> dict[str, Any]:
    """Give what every event of an order says."""
    order = sheet.order
    return {"order_id": order.id, "buyer_id": order.buyer_id, "seller_id": order.seller_id, "business_on": on}


def tell_changed(
    tx: Tx,
    cell_id: int,
    sheet: Sheet,
    on: date,
    revision_id: UUID,
    *,
    side: str,
    reason: str,
    was_proposed: bool,
    states: tuple[OrderState, OrderState],
) -> None:
    """Publish a change that was made."""
    before = {line.line_no: line for line in states[0].lines}
    deltas = []
    for line in states[1].lines:
        was = before.get(line.line_no)
        deltas.append(
            LineDelta(
                line_no=line.line_no,
                sku_id=line.sku_id,
                quantity_before=0 if was is None else was.quantity,
                quantity_after=line.quantity,
                total_before_minor=0 if was is None else was.total_minor,
                total_after_minor=line.total_minor,
            )
        )
    event = OrderChanged(
        **told(sheet, on),
        revision_id=revision_id,
        side=side,
        reason=reason,
        was_proposed=was_proposed,
        payable_before_minor=states[0].payable_minor,
        payable_after_minor=states[1].payable_minor,
        lines=tuple(deltas),
    )
    tx.emit(event, cell_id=cell_id)


def _answer(sheet: Sheet, revision_id: UUID | None, status: str, after: OrderState) -> ChangeDone:
    return answer_of(sheet, revision_id, status, payable_minor=after.payable_minor)


def answer_of(sheet: Sheet, revision_id: UUID | None, status: Any, *, payable_minor: int) -> ChangeDone:
    """Answer with the order's axes and what became of the change."""
    axes = msgspec.structs.asdict(done(sheet))
    return ChangeDone(**axes, revision_id=revision_id, revision_status=status, payable_minor=payable_minor)
