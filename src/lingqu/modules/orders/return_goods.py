"""Return: the buyer asks to give goods back; the seller decides, takes them in and refunds them exactly."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.errors import NotFound, Refusal, Words
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import NodeTerms, node_terms, organization_terms
from lingqu.modules.numbering.api import draw_numbers
from lingqu.modules.orders.books import move_money
from lingqu.modules.orders.direct_fee import settle_fee
from lingqu.modules.orders.events import ReturnAccepted, ReturnRejected, ReturnRequested
from lingqu.modules.orders.fulfilment import fact_of
from lingqu.modules.orders.pairs import pair_of
from lingqu.modules.orders.refusals import TooMany
from lingqu.modules.orders.return_direct import SupplierDecides, carry_behind, pair_of_lines, request_behind
from lingqu.modules.orders.return_rule import ReturnNotAllowed, WindowOver, find_return_rule, find_unreturnable
from lingqu.modules.orders.sheet import LineRow, Pair, Sheet, save_sheets
from lingqu.modules.orders.step import StepDone, StepVerdict, advance, business_date, done, only, per_cell, taken
from lingqu.modules.orders.types import LongText, SomeQuantity
from lingqu.modules.stock.api import Carry, carry, key_of
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class ReturnDecided(Refusal):
    """The seller has decided this return before."""

    code = "orders.return-decided"
    status = 409
    title = Words("Already decided", "退货已处理")
    detail = Words("Return {number} is {status}.", "退货单 {number} 状态为 {status}。")


class DecidedTogether(Refusal):
    """The return is a part of a request over many orders, which is decided once."""

    code = "orders.decided-together"
    status = 409
    title = Words("Decided with other orders", "需整单处理")
    detail = Words(
        "Return {number} covers several orders and is decided as a whole.", "退货单 {number} 涉及多张订单，须整单处理。"
    )


class BackLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much of a line goes back, in base units."""

    line_no: Annotated[int, Meta(ge=1, le=2000)]
    quantity: SomeQuantity


class NewReturn(Struct, frozen=True, kw_only=True):
    """A request to give goods back."""

    order_id: UUID
    lines: list[BackLine]
    reason: LongText


class _Wanted(Struct, frozen=True, kw_only=True):
    order_id: UUID


class _Return(Struct, frozen=True):
    id: UUID
    order_id: UUID
    number: str
    status: str
    receiving_node_id: int | None
    twin_id: UUID | None
    joint_id: UUID | None


class _Arrival(Struct, frozen=True):
    line_no: int
    arrived_at: datetime


class _Line(Struct, frozen=True):
    line_no: int
    quantity: int


async def request_return(tx: Tx, *, scope: Scope, wanted: NewReturn) -> StepDone:
    """Ask to give received goods back; nothing moves until the seller accepts.

    Raises: NotFound, OtherSide, WrongState, MixedReturn, AskedByTheirs, TooMany (also counting what other open returns
            ask for), WindowOver, ReturnNotAllowed.
    """

    async def act(cell_id: int, pairs: list[tuple[NewReturn, Sheet]]) -> list[StepVerdict]:
        ((item, sheet),) = pairs
        sheet.require(scope, "buyer")
        advance(sheet, "return")
        asked = _summed(item.lines)
        pair = pair_of_lines(sheet, list(asked))
        open_ones = await tx.all(SQL["read_open_return_lines"], _Line, cell_id=cell_id, order_id=sheet.order.id)
        pending = _summed(open_ones)
        for line_no, quantity in asked.items():
            line = sheet.line(line_no)
            possible = line.received - line.returned - pending.get(line_no, 0)
            if quantity > possible:
                raise TooMany(line_no=line_no, asked=quantity, possible=possible)
        await _check_terms(tx, cell_id, sheet, asked)
        on = business_date(tx, sheet, scope, None)
        order = sheet.order
        (number,) = await draw_numbers(tx, cell_id=cell_id, kind="RT", documents=[(order.seller_id, on)])
        return_id = uuid7(at=tx.now)
        await tx.run(
            SQL["insert_return"],
            cell_id=cell_id,
            id=return_id,
            order_id=order.id,
            number=number,
            reason=item.reason,
            now=tx.now,
            line_no=list(asked),
            quantity=list(asked.values()),
        )
        event = ReturnRequested(
            order_id=order.id,
            buyer_id=order.buyer_id,
            seller_id=order.seller_id,
            business_on=on,
            return_id=return_id,
        )
        tx.emit(event, cell_id=cell_id)
        step = taken(sheet, "request-return", reason=item.reason, document=number, units=sum(asked.values()))
        await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[step])
        if pair is not None:
            await request_behind(tx, pair=pair, return_id=return_id, asked=asked, reason=item.reason, on=on)
        return [done(sheet, document_id=return_id, document_number=number)]

    return only(await per_cell(tx, [wanted], act))


async def accept_return(
    tx: Tx, *, scope: Scope, return_id: UUID, reason: str = "", is_sellable: bool = False
) -> StepDone:
    """Take the goods back and refund them to the accounts that paid, exact to the minor unit.

    ``is_sellable`` puts them back for sale; else they are blocked until somebody has looked at them.

    Raises: NotFound, OtherSide, ReturnDecided, DecidedTogether, SupplierDecides, OutOfStock if the buyer no longer has
            the goods.
    """
    order_id = await _order_of(tx, return_id)

    async def act(cell_id: int, pairs: list[tuple[_Wanted, Sheet]]) -> list[StepVerdict]:
        ((_, sheet),) = pairs
        row = await _open_return(tx, scope, cell_id, sheet, return_id)
        on = business_date(tx, sheet, scope, None)
        lines = await tx.all(SQL["read_return_lines"], _Line, cell_id=cell_id, return_id=return_id)
        pair = pair_of(sheet)
        if pair is None:
            await _carry_back(tx, cell_id, sheet, row, lines, is_sellable=is_sellable, on=on)
        else:
            twin = await _twin(tx, pair, row)
            source = await _node_of(tx, pair.selling, twin)
            await carry_behind(
                tx,
                pair=pair,
                source=source,
                return_id=row.id,
                twin_id=twin.id,
                amounts=_summed(lines),
                is_sellable=is_sellable,
                on=on,
            )
            await _take_back(
                tx, pair.selling_cell, pair.selling, twin, _sold(pair, lines), reason="", on=on, is_echo=True
            )
        await _take_back(tx, cell_id, sheet, row, lines, reason=reason, on=on)
        if pair is not None:
            await settle_fee(tx, pair=pair, business_on=on)
        return [done(sheet, document_id=return_id, document_number=row.number)]

    return only(await per_cell(tx, [_Wanted(order_id=order_id)], act))


async def reject_return(tx: Tx, *, scope: Scope, return_id: UUID, reason: str) -> StepDone:
    """Turn a return down; nothing moves.

    Raises: NotFound, OtherSide, ReturnDecided, DecidedTogether, SupplierDecides.
    """
    order_id = await _order_of(tx, return_id)

    async def act(cell_id: int, pairs: list[tuple[_Wanted, Sheet]]) -> list[StepVerdict]:
        ((_, sheet),) = pairs
        row = await _open_return(tx, scope, cell_id, sheet, return_id)
        on = business_date(tx, sheet, scope, None)
        await _turn_down(tx, cell_id, sheet, row, reason=reason, on=on)
        pair = pair_of(sheet)
        if pair is not None:
            twin = await _twin(tx, pair, row)
            await _turn_down(tx, pair.selling_cell, pair.selling, twin, reason=reason, on=on, is_echo=True)
        return [done(sheet, document_id=return_id, document_number=row.number)]

    return only(await per_cell(tx, [_Wanted(order_id=order_id)], act))


async def _take_back(
    tx: Tx,
    cell_id: int,
    sheet: Sheet,
    row: _Return,
    lines: Sequence[_Line],
    *,
    reason: str,
    on: date,
    is_echo: bool = False,
) -> None:
    """Refund goods that were carried back, and write the decision down."""
    for line in lines:
        sheet.line(line.line_no).returned += line.quantity
    settle_returns(sheet)
    order = sheet.order
    moved = (await move_money(tx, cell_id=cell_id, sheets=[sheet], business_on=on))[order.id]
    await _decide(tx, cell_id, row.id, "accepted", reason, refund_minor=moved.refunded)
    event = ReturnAccepted(
        order_id=order.id,
        buyer_id=order.buyer_id,
        seller_id=order.seller_id,
        business_on=on,
        return_id=row.id,
        refund_minor=moved.refunded,
        lines=tuple(fact_of(sheet.line(line.line_no), line.quantity) for line in lines),
    )
    tx.emit(event, cell_id=cell_id)
    step = taken(sheet, "accept-return", reason=reason, document=row.number, refund_minor=moved.refunded)
    await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[step], is_echo=is_echo)


async def _turn_down(
    tx: Tx, cell_id: int, sheet: Sheet, row: _Return, *, reason: str, on: date, is_echo: bool = False
) -> None:
    await _decide(tx, cell_id, row.id, "rejected", reason, refund_minor=0)
    order = sheet.order
    event = ReturnRejected(
        order_id=order.id,
        buyer_id=order.buyer_id,
        seller_id=order.seller_id,
        business_on=on,
        return_id=row.id,
        reason=reason,
    )
    tx.emit(event, cell_id=cell_id)
    step = taken(sheet, "reject-return", reason=reason, document=row.number)
    await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[step], is_echo=is_echo)


async def _twin(tx: Tx, pair: Pair, row: _Return) -> _Return:
    """Read the selling order's half of a return that its supplier decides."""
    return await tx.one(SQL["read_return"], _Return, cell_id=pair.selling_cell, id=row.twin_id)


def _sold(pair: Pair, lines: Sequence[_Line]) -> list[_Line]:
    sold = {one.bought_by: one.line_no for one in pair.lines}
    return [_Line(sold[line.line_no], line.quantity) for line in lines]


def settle_returns(sheet: Sheet) -> None:
    """Set the return axis from the lines."""
    returned = sum(line.returned for line in sheet.lines)
    received = sum(line.received for line in sheet.lines)
    sheet.order.return_status = "none" if not returned else "all" if returned == received else "part"


def _summed(lines: Sequence[BackLine] | Sequence[_Line]) -> dict[int, int]:
    amounts: dict[int, int] = {}
    for line in lines:
        amounts[line.line_no] = amounts.get(line.line_no, 0) + line.quantity
    return amounts


async def _order_of(tx: Tx, return_id: UUID) -> UUID:
    found = await tx.values(SQL["find_return_order"], UUID, id=return_id)
    if not found:
        raise NotFound(kind="return", id=str(return_id))
    return found[0]


async def _open_return(tx: Tx, scope: Scope, cell_id: int, sheet: Sheet, return_id: UUID) -> _Return:
    sheet.require(scope, "seller")
    row = await tx.one(SQL["read_return"], _Return, cell_id=cell_id, id=return_id)
    if row.status != "requested":
        raise ReturnDecided(number=row.number, status=row.status)
    if row.twin_id is not None and sheet.order.direct == "selling":
        raise SupplierDecides
    if row.joint_id is not None:
        raise DecidedTogether(number=row.number)
    return row


async def _check_terms(tx: Tx, cell_id: int, sheet: Sheet, asked: dict[int, int]) -> None:
    """Refuse what the seller does not take back: not granted, or arrived too long ago."""
    order = sheet.order
    seller_id, buyer_id = order.seller_id, order.buyer_id or 0
    goods = {sheet.line(line_no).sku_id for line_no in asked}
    if await find_unreturnable(tx, seller_id=seller_id, buyer_id=buyer_id, sku_ids=goods):
        raise ReturnNotAllowed
    rule = await find_return_rule(tx, cell_id=cell_id, seller_id=seller_id)
    since = rule.since(tx.now)
    if since is None:
        return
    arrivals = await tx.all(SQL["find_arrivals"], _Arrival, cell_id=cell_id, order_id=order.id)
    old = {one.line_no for one in arrivals if one.arrived_at < since} & asked.keys()
    if old:
        raise WindowOver(line_no=min(old), window_days=rule.window_days)


async def _carry_back(
    tx: Tx, cell_id: int, sheet: Sheet, row: _Return, lines: Sequence[_Line], *, is_sellable: bool, on: date
) -> None:
    source = await _node_of(tx, sheet, row)
    target = (await node_terms(tx, node_ids=[sheet.order.ship_from]))[sheet.order.ship_from]
    to_bin = target.sellable_bin_id if is_sellable else target.blocked_bin_id

    def move(line: _Line, of: LineRow) -> Carry:
        return Carry(
            document_id=row.id,
            line_no=line.line_no,
            from_cell=source.home_cell,
            from_key=key_of(bin_id=source.sellable_bin_id, sku_id=of.sku_id),
            to_cell=cell_id,
            to_key=key_of(bin_id=to_bin, sku_id=of.sku_id),
            quantity=line.quantity,
        )

    await carry(
        tx,
        document_kind="return",
        carries=[move(line, sheet.line(line.line_no)) for line in lines],
        out_kind="return",
        in_kind="return",
        business_on=on,
        user_id=None if tx.actor is None else tx.actor.user_id,
    )


async def _node_of(tx: Tx, sheet: Sheet, row: _Return) -> NodeTerms:
    """Find where the buyer has the goods."""
    buyer_id = sheet.order.buyer_id or 0
    buyers = await organization_terms(tx, organization_ids=[buyer_id])
    node_id = row.receiving_node_id or buyers[buyer_id].node_id or 0
    return (await node_terms(tx, node_ids=[node_id]))[node_id]


async def _decide(tx: Tx, cell_id: int, return_id: UUID, status: str, reason: str, *, refund_minor: int) -> None:
    await tx.run(
        SQL["decide_return"],
        cell_id=cell_id,
        id=return_id,
        status=status,
        reason=reason,
        refund_minor=refund_minor,
        now=tx.now,
    )
