"""Refund a counter sale: goods come back over the counter, money goes back out of the till, exact to the minor unit."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import node_terms
from lingqu.modules.orders.books import move_money
from lingqu.modules.orders.events import SaleRefunded
from lingqu.modules.orders.fulfilment import fact_of
from lingqu.modules.orders.refusals import TooMany
from lingqu.modules.orders.return_goods import BackLine, settle_returns
from lingqu.modules.orders.sheet import Sheet, save_sheets
from lingqu.modules.orders.step import StepDone, StepVerdict, business_date, done, only, per_cell, taken
from lingqu.modules.orders.types import LongText
from lingqu.modules.stock.api import Receipt, key_of, receive
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class SaleRefund(Struct, frozen=True, kw_only=True):
    """A request to take sold goods back. ``is_sellable`` False puts them into the blocked bin."""

    order_id: UUID
    lines: list[BackLine]
    reason: LongText
    is_sellable: bool = True
    business_on: date | None = None


class _Lot(Struct, frozen=True):
    line_no: int
    lot_code: str | None
    produced_on: date | None
    expires_on: date | None
    quantity: int


async def refund_sale(tx: Tx, *, scope: Scope, refund: SaleRefund) -> StepDone:
    """Take goods back and refund them from the till.

    Raises: NotFound (also for an order that is no counter sale), OtherSide, TooMany, Backdated.
    """

    async def act(cell_id: int, pairs: list[tuple[SaleRefund, Sheet]]) -> list[StepVerdict]:
        ((item, sheet),) = pairs
        sheet.require(scope, "seller")
        if sheet.order.kind != "retail":
            raise NotFound(kind="sale", id=str(item.order_id))
        asked: dict[int, int] = {}
        for back in item.lines:
            asked[back.line_no] = asked.get(back.line_no, 0) + back.quantity
        for line_no, quantity in asked.items():
            line = sheet.line(line_no)
            if quantity > line.received - line.returned:
                raise TooMany(line_no=line_no, asked=quantity, possible=line.received - line.returned)
        on = business_date(tx, sheet, scope, item.business_on)
        await _put_back(tx, cell_id, sheet, asked, item, on=on)
        for line_no, quantity in asked.items():
            sheet.line(line_no).returned += quantity
        settle_returns(sheet)
        moved = (await move_money(tx, cell_id=cell_id, sheets=[sheet], business_on=on))[sheet.order.id]
        _tell(tx, cell_id, sheet, asked, on, refund_minor=moved.refunded)
        step = taken(sheet, "refund", reason=item.reason, refund_minor=moved.refunded, units=sum(asked.values()))
        await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[step])
        return [done(sheet)]

    return only(await per_cell(tx, [refund], act))


def _tell(tx: Tx, cell_id: int, sheet: Sheet, asked: dict[int, int], on: date, *, refund_minor: int) -> None:
    order = sheet.order
    event = SaleRefunded(
        order_id=order.id,
        buyer_id=None,
        seller_id=order.seller_id,
        business_on=on,
        customer=order.buyer,
        refund_minor=refund_minor,
        lines=tuple(fact_of(sheet.line(line_no), quantity) for line_no, quantity in asked.items()),
    )
    tx.emit(event, cell_id=cell_id)


async def _put_back(tx: Tx, cell_id: int, sheet: Sheet, asked: dict[int, int], item: SaleRefund, *, on: date) -> None:
    lots = await tx.all(SQL["read_sold_lots"], _Lot, cell_id=cell_id, order_id=sheet.order.id)
    node = (await node_terms(tx, node_ids=[sheet.order.ship_from]))[sheet.order.ship_from]
    bin_id = node.sellable_bin_id if item.is_sellable else node.blocked_bin_id
    receipts = []
    for line_no, quantity in asked.items():
        line = sheet.line(line_no)
        key = key_of(bin_id=bin_id, sku_id=line.sku_id)
        for lot, part in _parts([lot for lot in lots if lot.line_no == line_no], line.returned, quantity):
            receipts.append(Receipt(sheet.order.id, line_no, key, part, lot.lot_code, lot.produced_on, lot.expires_on))
    await receive(
        tx,
        cell_id=cell_id,
        document_kind="order",
        receipts=receipts,
        kind="return",
        business_on=on,
        user_id=None if tx.actor is None else tx.actor.user_id,
        reason=item.reason,
    )


def _parts(lots: Sequence[_Lot], before: int, quantity: int) -> list[tuple[_Lot, int]]:
    """Choose lots for ``quantity`` units, after the ``before`` units that came back earlier."""
    parts = []
    for lot in lots:
        skipped = min(before, lot.quantity)
        before -= skipped
        part = min(quantity, lot.quantity - skipped)
        if part:
            parts.append((lot, part))
            quantity -= part
    return parts
