"""Confirm: the seller will deliver; the order gets its number."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.ledger.api import keep as keep_money
from lingqu.modules.numbering.api import draw_numbers
from lingqu.modules.orders.events import OrderConfirmed
from lingqu.modules.orders.sheet import Sheet, save_sheets
from lingqu.modules.orders.step import StepVerdict, advance, business_date, done, per_cell, taken
from lingqu.modules.stock.api import keep as keep_goods
from lingqu.runtime.tx import Tx


class NotApproved(Refusal):
    """The order waits for approval, or was rejected."""

    code = "orders.not-approved"
    status = 409
    title = Words("Approval is missing", "尚未审批")
    detail = Words("The order must be approved before it is confirmed.", "订单须先审批通过才能确认。")


class Confirmation(Struct, frozen=True, kw_only=True):
    """A request to confirm one order."""

    order_id: UUID
    business_on: date | None = None


async def confirm(tx: Tx, *, scope: Scope, confirmations: Sequence[Confirmation]) -> list[StepVerdict]:
    """Confirm orders as their seller.

    Shapes: one verdict per confirmation, in the order given. An order confirmed already is refused.
    """

    async def act(cell_id: int, pairs: list[tuple[Confirmation, Sheet]]) -> list[StepVerdict]:
        verdicts: dict[UUID, StepVerdict] = {}
        good: dict[UUID, tuple[Sheet, date]] = {}
        for item, sheet in pairs:
            try:
                good[sheet.order.id] = (sheet, _checked(tx, scope, item, sheet))
            except Refusal as refusal:
                verdicts[sheet.order.id] = refusal
        sheets = [sheet for sheet, _ in good.values()]
        dates = {order_id: on for order_id, (_, on) in good.items()}
        numbers = await draw_numbers(
            tx, cell_id=cell_id, kind="SO", documents=[(s.order.seller_id, dates[s.order.id]) for s in sheets]
        )
        expiring = [sheet.order.id for sheet in sheets if sheet.order.expires_at is not None]
        for sheet, number in zip(sheets, numbers, strict=True):
            order = sheet.order
            order.status, order.number, order.expires_at = advance(sheet, "confirm"), number, None
            event = OrderConfirmed(
                order_id=order.id,
                buyer_id=order.buyer_id,
                seller_id=order.seller_id,
                business_on=dates[order.id],
                number=number,
            )
            tx.emit(event, cell_id=cell_id)
        if expiring:
            await keep_goods(tx, cell_id=cell_id, document_ids=expiring)
            await keep_money(tx, cell_id=cell_id, document_ids=expiring)
        await save_sheets(tx, cell_id=cell_id, sheets=sheets, steps=[taken(sheet, "confirm") for sheet in sheets])
        return [verdicts.get(sheet.order.id) or done(sheet) for _, sheet in pairs]

    return await per_cell(tx, confirmations, act, is_whole=False)


def _checked(tx: Tx, scope: Scope, item: Confirmation, sheet: Sheet) -> date:
    sheet.require(scope, "seller")
    advance(sheet, "confirm")
    if sheet.order.approval_status in {"waiting", "rejected"}:
        raise NotApproved
    return business_date(tx, sheet, scope, item.business_on)
