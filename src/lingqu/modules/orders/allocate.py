"""Allocate: goods that have come meanwhile are reserved for what an order is still owed."""

from uuid import UUID

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.orders.confirm import Confirmation
from lingqu.modules.orders.events import BackOrdersServed
from lingqu.modules.orders.fulfilment import fact_of
from lingqu.modules.orders.sheet import Sheet, save_sheets
from lingqu.modules.orders.step import StepDone, StepVerdict, advance, business_date, done, only, per_cell, taken
from lingqu.modules.stock.api import Claim, lock_free, reserve
from lingqu.runtime.tx import Tx


class NothingOwed(Refusal):
    """The order has no back orders, or nothing came for them yet."""

    code = "orders.nothing-owed"
    status = 409
    title = Words("Nothing to allocate", "没有可分配的欠货")
    detail = Words("No back-ordered goods of this order are free now.", "该订单的欠货目前没有可用库存。")


async def allocate(tx: Tx, *, scope: Scope, order_id: UUID) -> StepDone:
    """Reserve what is free now for the order's back orders, as its seller; the money is held already.

    Raises: NotFound, OtherSide, WrongState, NothingOwed.
    """

    async def act(cell_id: int, pairs: list[tuple[Confirmation, Sheet]]) -> list[StepVerdict]:
        ((_, sheet),) = pairs
        sheet.require(scope, "seller")
        advance(sheet, "allocate")
        owed = [line for line in sheet.lines if line.owed]
        on = business_date(tx, sheet, scope, None)
        free = await lock_free(tx, cell_id=cell_id, keys=sorted({line.key for line in owed}), business_on=on)
        claims = []
        for line in owed:
            quantity = min(line.back_ordered, max(free[line.key], 0))
            if quantity:
                free[line.key] -= quantity
                line.back_ordered -= quantity
                line.reserved += quantity
                claims.append(Claim(order_id, line.line_no, line.key, quantity, sheet.order.expires_at))
        if not claims:
            raise NothingOwed
        await reserve(tx, cell_id=cell_id, claims=claims)
        event = BackOrdersServed(
            order_id=order_id,
            buyer_id=sheet.order.buyer_id,
            seller_id=sheet.order.seller_id,
            business_on=on,
            lines=tuple(fact_of(sheet.line(claim.line_no), claim.quantity) for claim in claims),
        )
        tx.emit(event, cell_id=cell_id)
        step = taken(sheet, "allocate", units=sum(claim.quantity for claim in claims))
        await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[step])
        return [done(sheet)]

    return only(await per_cell(tx, [Confirmation(order_id=order_id)], act))
