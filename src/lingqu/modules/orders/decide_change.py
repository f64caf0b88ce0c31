"""Decide a proposed change: the other side accepts or declines it, its own side withdraws it."""

from typing import Any
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import NotFound, Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.orders.change import ChangeDone, answer_of, check_link, check_open, tell_changed, told
from lingqu.modules.orders.close import side_of
from lingqu.modules.orders.desk import open_desk
from lingqu.modules.orders.events import ChangeDeclined, OrderCompleted
from lingqu.modules.orders.judge_again import judge_again
from lingqu.modules.orders.plan import payable
from lingqu.modules.orders.refusals import OtherSide
from lingqu.modules.orders.revise import revise
from lingqu.modules.orders.revision import OrderChange
from lingqu.modules.orders.sheet import Sheet, save_sheets
from lingqu.modules.orders.step import StepVerdict, business_date, only, per_cell, taken
from lingqu.modules.orders.types import OrderState
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class ProposalDecided(Refusal):
    """The proposal was made, declined or withdrawn before."""

    code = "orders.proposal-decided"
    status = 409
    title = Words("Already decided", "变更已处理")
    detail = Words("The proposed change is {status}.", "该变更{status}。")


class ProposalOutdated(Refusal):
    """Made now, the change would not be the one that was shown: the order or its prices moved on."""

    code = "orders.proposal-outdated"
    status = 409
    title = Words("The proposal is out of date", "变更内容已过时")
    detail = Words(
        "The order or its prices have moved on since; decline this proposal and ask for a new one.",
        "订单或价格已有变化，请拒绝该变更并请对方重新提出。",
    )


class ChangeDecision(Struct, frozen=True, kw_only=True):
    """Yes or no to a proposed change, by somebody who saw the order at this version."""

    order_id: UUID
    revision_id: UUID
    is_accepted: bool
    if_match: int
    reason: str = ""


class _Row(Struct, frozen=True, kw_only=True):
    id: UUID
    side: str
    status: str
    asked: OrderChange
    after: OrderState


async def decide_change(tx: Tx, *, scope: Scope, decision: ChangeDecision) -> ChangeDone:
    """Accept a proposed change and make it, decline it, or withdraw one's own.

    Raises: NotFound, Stale, WrongState, TimeOver, ProposalDecided, ProposalOutdated, OtherSide for accepting one's
            own, CannotChange where goods or money no longer reach, NoLink.
    """
    answer: list[ChangeDone] = []

    async def act(cell_id: int, pairs: list[tuple[ChangeDecision, Sheet]]) -> list[StepVerdict]:
        ((_, sheet),) = pairs
        side = side_of(sheet, scope)
        check_open(tx, sheet, decision.if_match)
        row = await tx.first(
            SQL["read_revision"], _Row, cell_id=cell_id, order_id=sheet.order.id, id=decision.revision_id
        )
        if row is None:
            raise NotFound(kind="revision", id=str(decision.revision_id))
        if row.status != "proposed":
            raise ProposalDecided(status=row.status)
        if not decision.is_accepted:
            answer.append(await _decline(tx, cell_id, scope=scope, sheet=sheet, row=row, decision=decision, side=side))
        elif side == row.side:
            raise OtherSide
        else:
            answer.append(await _accept(tx, cell_id, scope=scope, sheet=sheet, row=row, decision=decision))
        return [answer[0]]

    only(await per_cell(tx, [decision], act))
    return answer[0]


async def _accept(
    tx: Tx, cell_id: int, *, scope: Scope, sheet: Sheet, row: _Row, decision: ChangeDecision
) -> ChangeDone:
    desk = await open_desk(tx, cell_id=cell_id, sheet=sheet, change=row.asked)
    plan = desk.plan(row.asked, side=row.side)
    states = desk.before(plan), desk.after(plan, row.asked)
    if states[1] != row.after:
        raise ProposalOutdated
    check_link(tx, scope, desk, plan)
    if sheet.order.status == "placed" and row.side == "buyer":
        scope.require("orders.approve")  # it was proposed because the seller's rules or limit watch this buyer
    on = business_date(tx, sheet, scope, None)
    is_complete = await revise(
        tx, cell_id=cell_id, desk=desk, plan=plan, delivery=desk.delivery.changed(row.asked), on=on
    )
    step = taken(sheet, "accept-change", reason=decision.reason, side=row.side)
    again = await judge_again(tx, cell_id=cell_id, desk=desk)
    await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[step, *again])
    await _decided(tx, cell_id, sheet=sheet, row=row, decision=decision, status="made")
    tell_changed(
        tx, cell_id, sheet, on, row.id, side=row.side, reason=row.asked.reason, was_proposed=True, states=states
    )
    if is_complete:
        tx.emit(OrderCompleted(**told(sheet, on)), cell_id=cell_id)
    return answer_of(sheet, row.id, "made", payable_minor=plan.payable_minor)


async def _decline(
    tx: Tx, cell_id: int, *, scope: Scope, sheet: Sheet, row: _Row, decision: ChangeDecision, side: str
) -> ChangeDone:
    is_withdrawn = side == row.side
    status = "withdrawn" if is_withdrawn else "declined"
    step = taken(sheet, "withdraw-change" if is_withdrawn else "decline-change", reason=decision.reason, side=side)
    await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[step])
    await _decided(tx, cell_id, sheet=sheet, row=row, decision=decision, status=status)
    event = ChangeDeclined(
        **told(sheet, business_date(tx, sheet, scope, None)),
        revision_id=row.id,
        side=row.side,
        reason=decision.reason,
        is_withdrawn=is_withdrawn,
    )
    tx.emit(event, cell_id=cell_id)
    owed = payable(sheet.lines, sheet.order.freight_minor, title_passes=sheet.order.title_passes)
    return answer_of(sheet, row.id, status, payable_minor=owed)


async def _decided(tx: Tx, cell_id: int, *, sheet: Sheet, row: _Row, decision: ChangeDecision, status: str) -> None:
    who: dict[str, Any] = {
        "decided_by": None if tx.actor is None else tx.actor.user_id,
        "decided_by_name": "" if tx.actor is None else tx.actor.name,
    }
    await tx.run(
        SQL["decide_revision"],
        cell_id=cell_id,
        order_id=sheet.order.id,
        id=row.id,
        status=status,
        version=sheet.order.version,
        reason=decision.reason,
        now=tx.now,
        **who,
    )
