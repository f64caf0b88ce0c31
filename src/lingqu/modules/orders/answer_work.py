"""Answer for a warehouse: it takes on what an order leaves to it, or lets it go with a reason."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import node_terms
from lingqu.modules.orders.confirm import Confirmation, NotApproved
from lingqu.modules.orders.move_on import hold_or_release, lines_at, move_on
from lingqu.modules.orders.sheet import LineRow, Sheet, save_sheets
from lingqu.modules.orders.step import StepDone, StepVerdict, advance, business_date, done, only, per_cell, taken
from lingqu.modules.orders.work import silent_nodes
from lingqu.modules.routing.api import keep_answers, set_due
from lingqu.runtime.tx import Tx


class NoWorkThere(Refusal):
    """The node has nothing of the order left to send."""

    code = "orders.no-work-there"
    status = 409
    title = Words("Nothing to answer for", "该仓没有待发商品")
    detail = Words("This warehouse has nothing of the order left to send.", "该仓没有这张订单的待发商品。")


class WorkAccepted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A warehouse takes an order on."""

    node_id: Annotated[int, Meta(ge=1, le=2**31 - 1)]


class WorkRejected(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A warehouse lets an order go, and why."""

    node_id: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    reason: Annotated[str, Meta(min_length=1, max_length=1000)]


async def accept_work(tx: Tx, *, scope: Scope, order_id: UUID, asked: WorkAccepted) -> StepDone:
    """Take on what an order leaves to one node, as its seller; once every node has, no time runs any more.

    Raises: NotFound, OtherSide, WrongState, NotApproved, NoWorkThere.
    """

    async def act(cell_id: int, pairs: list[tuple[Confirmation, Sheet]]) -> list[StepVerdict]:
        ((_, sheet),) = pairs
        await _open_lines(tx, scope, sheet, asked.node_id, "accept-work")
        await keep_answers(tx, cell_id=cell_id, order_id=order_id, node_ids=[asked.node_id], answer="accepted")
        if not await silent_nodes(tx, cell_id=cell_id, sheet=sheet):
            await set_due(tx, cell_id=cell_id, order_ids=[order_id], due_at=None)
        step = taken(sheet, "accept-work", node=asked.node_id)
        await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[step])
        return [done(sheet)]

    return only(await per_cell(tx, [Confirmation(order_id=order_id)], act))


async def reject_work(tx: Tx, *, scope: Scope, order_id: UUID, asked: WorkRejected) -> StepDone:
    """Let go of what an order leaves to one node, as its seller: it moves on to the next by the rules, or is held.

    Raises: NotFound, OtherSide, WrongState, NotApproved, NoWorkThere.
    """

    async def act(cell_id: int, pairs: list[tuple[Confirmation, Sheet]]) -> list[StepVerdict]:
        ((_, sheet),) = pairs
        lines = await _open_lines(tx, scope, sheet, asked.node_id, "reject-work")
        await keep_answers(
            tx, cell_id=cell_id, order_id=order_id, node_ids=[asked.node_id], answer="rejected", reason=asked.reason
        )
        on = business_date(tx, sheet, scope, None)
        moved = await move_on(
            tx, cell_id=cell_id, sheet=sheet, lines=lines, business_on=on, cause="rejected", reason=asked.reason
        )
        await hold_or_release(
            tx, cell_id=cell_id, sheet=sheet, moved=moved, cause="rejected", reason=asked.reason, business_on=on
        )
        nodes = {str(route.line_no): route.node_id for route in moved.routes}
        step = taken(sheet, "reject-work", reason=asked.reason, node=asked.node_id, nodes=nodes, owed=moved.owed)
        await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[step])
        return [done(sheet)]

    return only(await per_cell(tx, [Confirmation(order_id=order_id)], act))


async def _open_lines(tx: Tx, scope: Scope, sheet: Sheet, node_id: int, step: str) -> list[LineRow]:
    sheet.require(scope, "seller")
    advance(sheet, step)
    if sheet.order.approval_status == "waiting":
        raise NotApproved
    node = (await node_terms(tx, node_ids=[node_id])).get(node_id)
    lines = [] if node is None or sheet.order.buyer_id is None else lines_at(sheet, {node.sellable_bin_id})
    if not lines:
        raise NoWorkThere
    return lines
