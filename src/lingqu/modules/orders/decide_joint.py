"""Decide on a return over many orders: once, whole or in part, goods and money of all orders together or nothing."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import FieldError, Invalid, NotFound, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.approval.api import RequesterCannotDecide
from lingqu.modules.network.api import node_terms, organization_terms
from lingqu.modules.orders.books import move_money
from lingqu.modules.orders.events import JointReturnDecided, ReturnAccepted, ReturnRejected
from lingqu.modules.orders.fulfilment import fact_of
from lingqu.modules.orders.joint_queries import JointHead, find_joint, read_joint
from lingqu.modules.orders.joint_types import JointDecision, JointReturn, LineDecision
from lingqu.modules.orders.refusals import OtherSide, TooMany
from lingqu.modules.orders.return_goods import ReturnDecided, settle_returns
from lingqu.modules.orders.returnable import refund_of
from lingqu.modules.orders.sheet import LineRow, Sheet, StepTaken, lock_sheets, save_sheets
from lingqu.modules.orders.step import taken
from lingqu.modules.stock.api import Carry, carry, key_of
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_WHY = Words("Say why.", "请说明原因。")
_ALL_OR_LINES = Words("A no takes nothing back.", "整单不收时无需逐行填写。")
_TWICE = Words("This line is named twice.", "该行重复。")


class _Line(Struct, frozen=True):
    return_id: UUID
    order_id: UUID
    line_no: int
    quantity: int


class _Receiving(Struct, frozen=True):
    order_id: UUID
    receiving_node_id: int


class _Verdict(Struct):
    """What becomes of one line."""

    asked: _Line
    line: LineRow
    accepted: int
    reason: str = ""
    refund_minor: int = 0


class _Case(Struct):
    """A request under decision; ``refunds`` by order, once money has moved."""

    head: JointHead
    decision: JointDecision
    verdicts: list[_Verdict]
    sheets: dict[UUID, Sheet]
    on: date
    refunds: dict[UUID, int] = {}

    @property
    def status(self) -> str:
        """Name what became of the whole."""
        if not any(one.accepted for one in self.verdicts):
            return "rejected"
        return "accepted" if all(one.accepted == one.asked.quantity for one in self.verdicts) else "part"


async def decide_joint(tx: Tx, *, scope: Scope, joint_id: UUID, decision: JointDecision) -> JointReturn:
    """Take goods back from the buyer and refund each line exactly, or turn the request down, all of it or in part.

    ``is_sellable`` puts them back for sale; else they are blocked until somebody has looked at them. All orders of
    the request are locked in the order of their ids, then the stock keys, then the accounts.

    Raises: NotFound, OtherSide, ReturnDecided, RequesterCannotDecide, Invalid for a no without its reason, TooMany,
            OutOfStock if the buyer no longer has the goods.
    """
    head = await find_joint(tx, scope=scope, joint_id=joint_id)
    if scope.organization_id != head.seller_id:
        raise OtherSide
    asked = await tx.all(SQL["read_joint_lines"], _Line, cell_id=head.cell_id, joint_id=joint_id)
    sheets = await lock_sheets(tx, cell_id=head.cell_id, order_ids={line.order_id for line in asked})
    # Whoever decides holds the locks of all its orders, so the request as it is read now stays as it is.
    head = await find_joint(tx, scope=scope, joint_id=joint_id)
    if head.status != "requested":
        raise ReturnDecided(number=head.number, status=head.status)
    if head.asked_by is not None and head.asked_by == scope.actor.user_id:
        raise RequesterCannotDecide
    verdicts = _read(decision, [_Verdict(one, sheets[one.order_id].line(one.line_no), one.quantity) for one in asked])
    before = await read_joint(tx, scope=scope, joint_id=joint_id)
    on = business_date(tx.now, next(iter(sheets.values())).order.time_zone)
    await _carry_out(tx, scope, _Case(head, decision, verdicts, sheets, on))
    after = await read_joint(tx, scope=scope, joint_id=joint_id)
    tx.record("joint return", joint_id, before=before, after=after, cell_id=head.cell_id)
    return after


def _read(decision: JointDecision, verdicts: list[_Verdict]) -> list[_Verdict]:
    """Read what the seller decided of each line.

    Raises: Invalid, NotFound, TooMany.
    """
    errors: list[FieldError] = []
    if not decision.is_accepted:
        if not decision.reason.strip():
            errors.append(FieldError("/reason", "required", _WHY))
        if decision.lines:
            errors.append(FieldError("/lines", "not-with-no", _ALL_OR_LINES))
        for verdict in verdicts:
            verdict.accepted = 0
    by_line = {(one.asked.order_id, one.asked.line_no): one for one in verdicts}
    seen: set[tuple[UUID, int]] = set()
    for i, told in enumerate(decision.lines if decision.is_accepted else ()):
        place = (told.order_id, told.line_no)
        found = by_line.get(place)
        if found is None:
            raise NotFound(kind="line", id=told.line_no)
        errors += _faults(i, told, found, is_twice=place in seen)
        seen.add(place)
        found.accepted, found.reason = told.accepted, told.reason
    if errors:
        raise Invalid(errors=errors)
    return verdicts


def _faults(i: int, told: LineDecision, of: _Verdict, *, is_twice: bool) -> list[FieldError]:
    if told.accepted > of.asked.quantity:
        raise TooMany(line_no=told.line_no, asked=told.accepted, possible=of.asked.quantity)
    faults = [FieldError(f"/lines/{i}/line_no", "duplicate", _TWICE)] if is_twice else []
    if told.accepted < of.asked.quantity and not told.reason.strip():
        faults.append(FieldError(f"/lines/{i}/reason", "required", _WHY))
    return faults


async def _carry_out(tx: Tx, scope: Scope, case: _Case) -> None:
    """Move goods, then money, then write what was decided."""
    cell_id, sheets, moving = case.head.cell_id, case.sheets, [one for one in case.verdicts if one.accepted]
    touched = [sheets[i] for i in sorted({one.asked.order_id for one in moving})]
    if moving:
        await _carry_back(tx, case, moving)
    for one in moving:
        title = sheets[one.asked.order_id].order.title_passes
        one.refund_minor = refund_of(one.line, one.accepted, title_passes=title)
        one.line.returned += one.accepted
    for sheet in touched:
        settle_returns(sheet)
    moved = await move_money(tx, cell_id=cell_id, sheets=touched, business_on=case.on) if touched else {}
    case.refunds = {order_id: sums.refunded for order_id, sums in moved.items()}
    await _write(tx, scope, case)
    ordered = [sheet for _, sheet in sorted(sheets.items())]
    await save_sheets(tx, cell_id=cell_id, sheets=ordered, steps=[_tell(tx, case, sheet) for sheet in ordered])
    event = JointReturnDecided(
        joint_id=case.head.id,
        buyer_id=case.head.buyer_id,
        seller_id=case.head.seller_id,
        business_on=case.on,
        status=case.status,
        refund_minor=sum(case.refunds.values()),
        order_ids=tuple(sorted(sheets)),
    )
    tx.emit(event, cell_id=cell_id)


async def _carry_back(tx: Tx, case: _Case, moving: Sequence[_Verdict]) -> None:
    """Take the goods from where each order was received to where it was sent from, all under one set of locks."""
    head, sheets = case.head, case.sheets
    buyer = (await organization_terms(tx, organization_ids=[head.buyer_id]))[head.buyer_id]
    rows = await tx.all(SQL["read_receiving"], _Receiving, cell_id=head.cell_id, order_ids=sorted(sheets))
    receiving = {row.order_id: row.receiving_node_id for row in rows}
    sources = {order_id: receiving.get(order_id, buyer.node_id or 0) for order_id in sheets}
    targets = {order_id: sheet.order.ship_from for order_id, sheet in sheets.items()}
    nodes = await node_terms(tx, node_ids=sorted({*sources.values(), *targets.values()}))

    def move(one: _Verdict) -> Carry:
        source, target = nodes[sources[one.asked.order_id]], nodes[targets[one.asked.order_id]]
        to_bin = target.sellable_bin_id if case.decision.is_sellable else target.blocked_bin_id
        return Carry(
            document_id=one.asked.return_id,
            line_no=one.line.line_no,
            from_cell=source.home_cell,
            from_key=key_of(bin_id=source.sellable_bin_id, sku_id=one.line.sku_id),
            to_cell=head.cell_id,
            to_key=key_of(bin_id=to_bin, sku_id=one.line.sku_id),
            quantity=one.accepted,
        )

    await carry(
        tx,
        document_kind="return",
        carries=[move(one) for one in moving],
        out_kind="return",
        in_kind="return",
        business_on=case.on,
        user_id=None if tx.actor is None else tx.actor.user_id,
    )


async def _write(tx: Tx, scope: Scope, case: _Case) -> None:
    verdicts, decision, cell_id = case.verdicts, case.decision, case.head.cell_id
    await tx.run(
        SQL["decide_joint_lines"],
        cell_id=cell_id,
        return_id=[one.asked.return_id for one in verdicts],
        line_no=[one.asked.line_no for one in verdicts],
        accepted=[one.accepted for one in verdicts],
        refund_minor=[one.refund_minor for one in verdicts],
        reason=[one.reason for one in verdicts],
    )
    parts = {one.asked.return_id: one.asked.order_id for one in verdicts}
    taken_back = {one.asked.return_id for one in verdicts if one.accepted}
    await tx.run(
        SQL["decide_joint_parts"],
        cell_id=cell_id,
        now=tx.now,
        id=list(parts),
        status=["accepted" if part in taken_back else "rejected" for part in parts],
        reason=[decision.reason] * len(parts),
        refund_minor=[case.refunds.get(order_id, 0) for order_id in parts.values()],
    )
    await tx.run(
        SQL["decide_joint"],
        cell_id=cell_id,
        id=case.head.id,
        status=case.status,
        refund_minor=sum(case.refunds.values()),
        decided_by=scope.actor.user_id,
        decided_by_name=scope.actor.name,
        now=tx.now,
        reason=decision.reason,
    )


def _tell(tx: Tx, case: _Case, sheet: Sheet) -> StepTaken:
    """Publish what became of one order's part, and give the step for its history."""
    order, head = sheet.order, case.head
    own = [one for one in case.verdicts if one.asked.order_id == order.id]
    back = [one for one in own if one.accepted]
    ids: dict[str, Any] = {
        "order_id": order.id,
        "buyer_id": order.buyer_id,
        "seller_id": order.seller_id,
        "business_on": case.on,
        "return_id": own[0].asked.return_id,
    }
    if not back:
        reason = case.decision.reason or own[0].reason
        tx.emit(ReturnRejected(**ids, reason=reason), cell_id=head.cell_id)
        return taken(sheet, "reject-return", reason=reason, document=head.number)
    refund = case.refunds[order.id]
    facts = tuple(fact_of(one.line, one.accepted) for one in back)
    tx.emit(ReturnAccepted(**ids, refund_minor=refund, lines=facts), cell_id=head.cell_id)
    return taken(sheet, "accept-return", reason=case.decision.reason, document=head.number, refund_minor=refund)
