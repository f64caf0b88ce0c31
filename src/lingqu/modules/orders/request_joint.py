"""Ask to give goods back that were bought in many orders: one request, all of it or nothing."""

from typing import Any
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import FieldError, Invalid, Refusal, Words
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.numbering.api import draw_numbers
from lingqu.modules.orders.events import JointReturnRequested, ReturnRequested
from lingqu.modules.orders.joint_queries import read_joint
from lingqu.modules.orders.joint_types import JointReturn, NewJointReturn
from lingqu.modules.orders.plan_return import (
    MAX_ORDERS,
    Booked,
    Sides,
    TooManyOrders,
    book_goods,
    find_sides,
    missing_of,
    reasons_of,
)
from lingqu.modules.orders.sheet import Sheet, lock_sheets, save_sheets
from lingqu.modules.orders.step import advance, taken
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_TWICE = Words("These goods are named twice.", "该商品重复。")


class CannotReturn(Refusal):
    """Not everything that was named can go back; each line is named and nothing is asked for."""

    code = "orders.cannot-return"
    status = 409
    title = Words("Not everything can be returned", "部分商品无法退货")


class PlanChanged(Refusal):
    """The goods would be booked otherwise than the caller was shown."""

    code = "orders.return-plan-changed"
    status = 409
    title = Words("The plan has changed", "退货分配已变化")
    detail = Words(
        "Meanwhile other goods were returned or bought, or the seller's rule changed. Look at the new plan.",
        "期间有新的退货、到货或规则变化，请查看新的分配后重新提交。",
    )


class _Request(Struct, frozen=True):
    """What is asked for, of whom, and what it means."""

    wanted: NewJointReturn
    sides: Sides
    booked: Booked


async def request_joint(tx: Tx, *, scope: Scope, wanted: NewJointReturn) -> JointReturn:
    """Ask for goods to go back from the orders they were bought in, exactly as it was shown.

    The orders are locked in the order of their ids before the plan is made that counts, so of two requests for the
    same last goods the second is refused.

    Raises: NotFound, Forbidden, Invalid for goods named twice, CannotReturn naming each line, PlanChanged,
            TooManyOrders.
    """
    named = [one.sku_id for one in wanted.lines]
    twice = [i for i, sku_id in enumerate(named) if sku_id in named[:i]]
    if twice:
        raise Invalid(errors=[FieldError(f"/lines/{i}/sku_id", "duplicate", _TWICE) for i in twice])
    sides = await find_sides(tx, scope=scope, seller_id=wanted.seller_id, buyer_id=wanted.buyer_id)
    orders = {one.order_id for one in wanted.plan}
    if len(orders) > MAX_ORDERS:
        raise TooManyOrders(count=len(orders), most=MAX_ORDERS)
    # Only the caller's own orders are locked, whatever a plan may name.
    own = await tx.values(
        SQL["find_own_orders"],
        UUID,
        cell_id=sides.seller.home_cell,
        ids=sorted(orders),
        buyer=sides.buyer.party_id,
        seller_id=sides.seller.id,
    )
    sheets = await lock_sheets(tx, cell_id=sides.seller.home_cell, order_ids=own)
    booked = await book_goods(tx, sides=sides, goods=wanted.lines)
    _check(wanted, booked)
    for sheet in sheets.values():
        advance(sheet, "return")
    return await _write(tx, scope, _Request(wanted, sides, booked), sheets)


def _check(wanted: NewJointReturn, booked: Booked) -> None:
    if booked.missing:
        errors = []
        for i, one in enumerate(wanted.lines):
            if one.sku_id in booked.missing:
                why = missing_of(booked, one.sku_id, one.quantity)
                facts = {"asked": why.asked, "possible": why.possible}
                errors.append(FieldError(f"/lines/{i}/quantity", why.code, why.words, facts))
        raise CannotReturn(errors=errors)
    now = {(s.line.order_id, s.line.line_no): (s.quantity, s.refund_minor) for s in booked.shares}
    then = {(one.order_id, one.line_no): (one.quantity, one.refund_minor) for one in wanted.plan}
    if now != then or len(then) != len(wanted.plan):
        raise PlanChanged


async def _write(tx: Tx, scope: Scope, request: _Request, sheets: dict[UUID, Sheet]) -> JointReturn:
    sides, shares, cell_id = request.sides, request.booked.shares, request.sides.seller.home_cell
    on = business_date(tx.now, sides.seller.time_zone)
    refund = sum(share.refund_minor for share in shares)
    order_ids = sorted({share.line.order_id for share in shares})
    (number,) = await draw_numbers(tx, cell_id=cell_id, kind="RT", documents=[(sides.seller.id, on)])
    joint_id = uuid7(at=tx.now)
    parts = {order_id: uuid7(at=tx.now) for order_id in order_ids}
    where = {"cell_id": cell_id, "number": number, "reason": request.wanted.reason, "now": tx.now}
    await tx.run(
        SQL["insert_joint_return"],
        **where,
        id=joint_id,
        seller_id=sides.seller.id,
        buyer_id=sides.buyer.id,
        side=sides.side,
        currency=request.booked.currency,
        shown_minor=refund,
        asked_by=scope.actor.user_id,
        asked_by_name=scope.actor.name,
    )
    await tx.run(SQL["insert_joint_parts"], **where, joint_id=joint_id, id=list(parts.values()), order_id=list(parts))
    await _write_lines(tx, request, parts)
    ids: dict[str, Any] = {"buyer_id": sides.buyer.id, "seller_id": sides.seller.id, "business_on": on}
    units = dict.fromkeys(order_ids, 0)
    for share in shares:
        units[share.line.order_id] += share.quantity
    steps = []
    for order_id, return_id in parts.items():
        tx.emit(ReturnRequested(order_id=order_id, return_id=return_id, **ids), cell_id=cell_id)
        facts = {"document": number, "units": units[order_id]}
        steps.append(taken(sheets[order_id], "request-return", reason=request.wanted.reason, **facts))
    event = JointReturnRequested(
        joint_id=joint_id, side=sides.side, order_ids=tuple(order_ids), shown_minor=refund, **ids
    )
    tx.emit(event, cell_id=cell_id)
    await save_sheets(tx, cell_id=cell_id, sheets=[sheets[i] for i in order_ids], steps=steps)
    made = await read_joint(tx, scope=scope, joint_id=joint_id)
    tx.record("joint return", joint_id, after=made, cell_id=cell_id)
    return made


async def _write_lines(tx: Tx, request: _Request, parts: dict[UUID, UUID]) -> None:
    reasons, shares = reasons_of(request.wanted.lines), request.booked.shares
    await tx.run(
        SQL["insert_joint_lines"],
        cell_id=request.sides.seller.home_cell,
        return_id=[parts[share.line.order_id] for share in shares],
        line_no=[share.line.line_no for share in shares],
        quantity=[share.quantity for share in shares],
        refund_minor=[share.refund_minor for share in shares],
        reason=[reasons[share.line.sku_id] for share in shares],
    )
