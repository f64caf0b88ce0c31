"""Close: what has not been shipped of chosen lines will not come; its goods and money are free again (short close)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Protocol
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.errors import FieldError, NotFound, Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.orders.books import move_money
from lingqu.modules.orders.desk import open_desk
from lingqu.modules.orders.events import OrderCancelled, OrderCompleted, OrderLinesClosed
from lingqu.modules.orders.fulfilment import fact_of, settle_fulfilment
from lingqu.modules.orders.judge_again import judge_again
from lingqu.modules.orders.pairs import pair_of
from lingqu.modules.orders.release_sold import check_let_go, release_sold
from lingqu.modules.orders.revision import OrderChange
from lingqu.modules.orders.sheet import LineRow, Sheet, StepTaken, save_sheets
from lingqu.modules.orders.step import StepDone, StepVerdict, advance, business_date, done, only, per_cell, taken
from lingqu.modules.orders.types import OrderStatus, SomeQuantity
from lingqu.modules.stock.api import Claim, unreserve
from lingqu.runtime.tx import Tx

_UNKNOWN = Words("The order has no such line.", "订单没有该行。")
_TWICE = Words("This line is named twice.", "该行重复。")
_NOTHING = Words("Everything of this line was shipped or closed before.", "该行已全部发货或关闭。")
_CONFIRMED = Words(
    "The seller has confirmed; you alone may close {possible} of it.", "卖方已确认，您最多可自行关闭 {possible}。"
)
_MANY = Words("{asked} asked, {possible} open.", "请求 {asked}，未发 {possible}。")


class CannotClose(Refusal):
    """Some lines cannot be closed as asked; each is named and nothing is closed."""

    code = "orders.cannot-close"
    status = 422
    title = Words("Some lines cannot be closed", "部分行无法关闭")


class CloseLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much of a line shall not come any more, in base units; without a quantity all that is open."""

    line_no: Annotated[int, Meta(ge=1, le=2000)]
    quantity: SomeQuantity | None = None


class Closure(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is closed and why; without lines everything that is open."""

    reason: Annotated[str, Meta(min_length=1, max_length=1000)]
    lines: Annotated[list[CloseLine], Meta(min_length=1, max_length=2000)] | None = None
    business_on: date | None = None


class _Request(Struct, frozen=True, kw_only=True):
    order_id: UUID


class _Line(Protocol):
    """What closing asks of a line, stored or shown."""

    @property
    def reserved(self) -> int: ...
    @property
    def back_ordered(self) -> int: ...
    @property
    def shipped(self) -> int: ...
    @property
    def supplier_id(self) -> int | None: ...


def closable(line: _Line, *, side: str, status: str) -> int:
    """Tell how much of a line a side may close by itself. Units: base units.

    The seller: all that is open. The buyer: the same until the seller has confirmed; then what the seller owes, and
    the rest of a line that has begun to come. A confirmed line that stands ready and whole is the seller's to close.
    """
    if status not in {"placed", "confirmed"}:
        return 0
    if side == "seller" or status == "placed" or line.shipped:
        return line.reserved + line.back_ordered
    return 0 if line.supplier_id else line.back_ordered


async def close(tx: Tx, *, scope: Scope, order_id: UUID, closure: Closure) -> StepDone:
    """Close open lines, as either side: all that is named or nothing.

    An order of which nothing was shipped and nothing is left is cancelled; one that has nothing left to come is
    completed.

    Raises: NotFound, WrongState, CannotClose naming each line, Backdated.
    """

    async def act(cell_id: int, pairs: list[tuple[_Request, Sheet]]) -> list[StepVerdict]:
        ((_, sheet),) = pairs
        side = side_of(sheet, scope)
        advance(sheet, "close")
        on = business_date(tx, sheet, scope, closure.business_on)
        amounts = _amounts(sheet, side, closure)
        closed = {line.line_no: quantity for line, quantity in amounts}
        check_let_go(pair_of(sheet), closed)
        await close_lines(tx, cell_id=cell_id, sheet=sheet, amounts=closed, reason=closure.reason, side=side, on=on)
        await close_bought(tx, sheet=sheet, amounts=closed, reason=closure.reason, on=on)
        await release_sold(tx, pair=pair_of(sheet), line_nos=closed, reason=closure.reason, on=on)
        return [done(sheet)]

    return only(await per_cell(tx, [_Request(order_id=order_id)], act))


async def close_lines(
    tx: Tx,
    *,
    cell_id: int,
    sheet: Sheet,
    amounts: Mapping[int, int],
    reason: str,
    side: str,
    on: date,
    is_echo: bool = False,
) -> None:
    """Close so much of some lines of a locked order, and write it down. Units: base units, by line."""
    pairs = [(sheet.line(line_no), quantity) for line_no, quantity in amounts.items()]
    await _free_goods(tx, cell_id, sheet, pairs)
    is_over = not any(line.shipped or line.reserved or line.back_ordered for line in sheet.lines)
    if is_over:
        sheet.order.status, sheet.order.expires_at = OrderStatus.CANCELLED.value, None
    is_complete = settle_fulfilment(sheet)
    freed = (await move_money(tx, cell_id=cell_id, sheets=[sheet], business_on=on))[sheet.order.id].released
    _tell(tx, cell_id, sheet, reason, side=side, on=on, amounts=pairs, freed=freed, is_complete=is_complete)
    units = {str(line_no): quantity for line_no, quantity in amounts.items()}
    step = taken(sheet, "close", reason=reason, side=side, units=sum(units.values()), lines=units)
    again: list[StepTaken] = []
    if sheet.order.status == "placed" and sheet.order.approval_status == "waiting":
        desk = await open_desk(tx, cell_id=cell_id, sheet=sheet, change=OrderChange())
        again = await judge_again(tx, cell_id=cell_id, desk=desk)
    await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[step, *again], is_echo=is_echo)


async def close_bought(tx: Tx, *, sheet: Sheet, amounts: Mapping[int, int], reason: str, on: date) -> None:
    """Close what was bought of suppliers for lines that a selling order gave up. Units: base units, by its lines."""
    for pair in sheet.pairs if sheet.order.direct == "selling" else ():
        cut = {one.bought_by: amounts[one.line_no] for one in pair.lines if amounts.get(one.line_no)}
        if cut:
            await close_lines(
                tx,
                cell_id=pair.buying_cell,
                sheet=pair.buying,
                amounts=cut,
                reason=reason,
                side="buyer",
                on=on,
                is_echo=True,
            )


def side_of(sheet: Sheet, scope: Scope) -> str:
    """Tell for which side of an order the caller acts.

    Raises: NotFound for whoever is neither.
    """
    order = sheet.order
    if scope.organization_id == order.seller_id:
        return "seller"
    if scope.organization_id == order.buyer_id:
        return "buyer"
    raise NotFound(kind="order", id=str(order.id))


def _amounts(sheet: Sheet, side: str, closure: Closure) -> list[tuple[LineRow, int]]:
    """Find how much of which line is closed.

    Raises: CannotClose.
    """
    lines = {line.line_no: line for line in sheet.lines}
    named = closure.lines
    if named is None:
        named = [CloseLine(line_no=line.line_no) for line in sheet.lines if line.reserved + line.back_ordered]
    errors: list[FieldError] = []
    amounts: dict[int, int] = {}
    for i, one in enumerate(named):
        line = lines.get(one.line_no)
        if line is None:
            errors.append(FieldError(f"/lines/{i}/line_no", "unknown", _UNKNOWN))
        elif one.line_no in amounts:
            errors.append(FieldError(f"/lines/{i}/line_no", "duplicate", _TWICE))
        else:
            amounts[one.line_no], fault = _amount(i, line, one.quantity, side=side, status=sheet.order.status)
            errors += fault
    if not amounts and not errors:
        errors.append(FieldError("/lines", "nothing-open", _NOTHING))
    if errors:
        raise CannotClose(errors=errors)
    return [(lines[line_no], quantity) for line_no, quantity in amounts.items()]


def _amount(i: int, line: LineRow, asked: int | None, *, side: str, status: str) -> tuple[int, list[FieldError]]:
    open_units = line.reserved + line.back_ordered
    possible = closable(line, side=side, status=status)
    quantity = open_units if asked is None else asked
    facts = {"line_no": line.line_no, "asked": quantity, "possible": possible}
    if open_units == 0:
        return 0, [FieldError(f"/lines/{i}/line_no", "nothing-open", _NOTHING, facts)]
    if quantity > open_units:
        return 0, [FieldError(f"/lines/{i}/quantity", "too-many", _MANY, facts | {"possible": open_units})]
    if quantity > possible:
        return 0, [FieldError(f"/lines/{i}/quantity", "ask-the-seller", _CONFIRMED, facts)]
    return quantity, []


async def _free_goods(tx: Tx, cell_id: int, sheet: Sheet, amounts: Sequence[tuple[LineRow, int]]) -> None:
    """Give up what is owed before what is reserved."""
    claims: list[Claim] = []
    for line, quantity in amounts:
        owed = min(line.back_ordered, quantity)
        line.back_ordered -= owed
        line.reserved -= quantity - owed
        line.cancelled += quantity
        claims.append(Claim(sheet.order.id, line.line_no, line.key, quantity - owed, sheet.order.expires_at))
    await unreserve(tx, cell_id=cell_id, claims=claims)


def _tell(
    tx: Tx,
    cell_id: int,
    sheet: Sheet,
    reason: str,
    *,
    side: str,
    on: date,
    amounts: Sequence[tuple[LineRow, int]],
    freed: int,
    is_complete: bool,
) -> None:
    order = sheet.order
    who: dict[str, Any] = {
        "order_id": order.id,
        "buyer_id": order.buyer_id,
        "seller_id": order.seller_id,
        "business_on": on,
    }
    if order.status == OrderStatus.CANCELLED.value:
        tx.emit(OrderCancelled(**who, reason=reason), cell_id=cell_id)
        return
    event = OrderLinesClosed(
        **who,
        side=side,
        reason=reason,
        freed_minor=freed,
        lines=tuple(fact_of(line, quantity) for line, quantity in amounts),
    )
    tx.emit(event, cell_id=cell_id)
    if is_complete:
        tx.emit(OrderCompleted(**who), cell_id=cell_id)
