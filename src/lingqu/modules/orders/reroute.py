"""Reroute: a person says, with a reason, from which node lines leave instead; the promise moves along."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.errors import FieldError, Invalid, Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import NodeTerms, node_terms
from lingqu.modules.orders.confirm import Confirmation
from lingqu.modules.orders.refusals import SentBySupplier, out_of_stock
from lingqu.modules.orders.sheet import LineRow, Sheet, save_sheets
from lingqu.modules.orders.step import StepDone, StepVerdict, advance, business_date, done, only, per_cell, taken
from lingqu.modules.orders.types import ShortLine
from lingqu.modules.routing.api import (
    Choice,
    LineRoute,
    find_setting,
    forget_answers,
    keep_choices,
    next_attempt,
    set_due,
)
from lingqu.modules.stock.api import Claim, key_of, lock_free, reserve, unreserve
from lingqu.runtime.tx import Tx

_FOREIGN = Words("This is no open node of the seller.", "这不是卖方营业中的仓店。")
_TWICE = Words("This line is named twice.", "该行重复。")


class NothingToReroute(Refusal):
    """Everything of the line has left, or was given up."""

    code = "orders.nothing-to-reroute"
    status = 409
    title = Words("Nothing to reroute", "没有可改仓的商品")
    detail = Words("Line {line_no} has nothing left to send.", "第 {line_no} 行没有待发的商品。")


class LineNode(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From which node a line shall leave."""

    line_no: Annotated[int, Meta(ge=1, le=2000)]
    node_id: Annotated[int, Meta(ge=1, le=2**31 - 1)]


class Reroute(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Other nodes for some lines, and why."""

    lines: Annotated[list[LineNode], Meta(min_length=1, max_length=2000)]
    reason: Annotated[str, Meta(min_length=1, max_length=1000)]


async def reroute(tx: Tx, *, scope: Scope, order_id: UUID, asked: Reroute) -> StepDone:
    """Take lines from other nodes, as the seller.

    What is reserved must lie there; what is owed is taken as far as it does.

    Raises: NotFound, OtherSide, WrongState, SentBySupplier, NothingToReroute, Invalid, OutOfStock naming each line.
    """

    async def act(cell_id: int, pairs: list[tuple[Confirmation, Sheet]]) -> list[StepVerdict]:
        ((_, sheet),) = pairs
        sheet.require(scope, "seller")
        advance(sheet, "reroute")
        nodes = await _nodes(tx, sheet, cell_id, asked)
        moves = [(sheet.line(one.line_no), nodes[one.node_id]) for one in asked.lines]
        for line, _ in moves:
            if line.supplier_id is not None:
                raise SentBySupplier
            if line.reserved + line.back_ordered == 0:
                raise NothingToReroute(line_no=line.line_no)
        routes = await _move(tx, cell_id, sheet, moves, scope)
        # Whom a person chooses is asked anew, whatever it said before.
        await forget_answers(tx, cell_id=cell_id, order_id=order_id, node_ids={one.node_id for one in asked.lines})
        hours = (await find_setting(tx, seller_id=sheet.order.seller_id))[0].accept_hours
        await set_due(tx, cell_id=cell_id, order_ids=[order_id], due_at=None)
        choice = Choice(
            order_id=order_id,
            seller_id=sheet.order.seller_id,
            setting_version=0,
            due_at=None if hours is None else tx.now + timedelta(hours=hours),
            user_id=scope.actor.user_id,
            lines=routes,
            attempt=await next_attempt(tx, cell_id=cell_id, order_id=order_id),
        )
        await keep_choices(tx, cell_id=cell_id, choices=[choice], cause="override", reason=asked.reason)
        step = taken(sheet, "reroute", reason=asked.reason, nodes={str(r.line_no): r.node_id for r in routes})
        await save_sheets(tx, cell_id=cell_id, sheets=[sheet], steps=[step])
        return [done(sheet)]

    return only(await per_cell(tx, [Confirmation(order_id=order_id)], act))


async def _nodes(tx: Tx, sheet: Sheet, cell_id: int, asked: Reroute) -> dict[int, NodeTerms]:
    nodes = await node_terms(tx, node_ids={one.node_id for one in asked.lines})
    errors: list[FieldError] = []
    seen: set[int] = set()
    for i, one in enumerate(asked.lines):
        node = nodes.get(one.node_id)
        is_own = node is not None and node.organization_id == sheet.order.seller_id and node.home_cell == cell_id
        if node is None or not is_own or not node.is_open:
            errors.append(FieldError(f"/lines/{i}/node_id", "unknown", _FOREIGN))
        if one.line_no in seen:
            errors.append(FieldError(f"/lines/{i}/line_no", "duplicate", _TWICE))
        seen.add(one.line_no)
    if errors:
        raise Invalid(errors=errors)
    return nodes


async def _move(
    tx: Tx, cell_id: int, sheet: Sheet, moves: Sequence[tuple[LineRow, NodeTerms]], scope: Scope
) -> list[LineRoute]:
    """Free what is promised at the old nodes and promise it at the new ones, all keys locked in order first."""
    order = sheet.order
    new_keys = [key_of(bin_id=node.sellable_bin_id, sku_id=line.sku_id) for line, node in moves]
    keys = sorted({line.key for line, _ in moves} | set(new_keys))
    free = await lock_free(tx, cell_id=cell_id, keys=keys, business_on=business_date(tx, sheet, scope, None))
    await unreserve(
        tx,
        cell_id=cell_id,
        claims=[Claim(order.id, line.line_no, line.key, line.reserved, order.expires_at) for line, _ in moves],
    )
    for line, _ in moves:
        free[line.key] += line.reserved
    routes: list[LineRoute] = []
    short: list[ShortLine] = []
    claims: list[Claim] = []
    for (line, node), key in zip(moves, new_keys, strict=True):
        had, wanted = free[key], line.reserved + line.back_ordered
        if had < line.reserved:
            short.append(ShortLine(line.line_no, line.sku_id, line.reserved, had))
        line.key, line.reserved = key, min(wanted, max(had, 0))
        line.back_ordered = wanted - line.reserved
        free[key] = had - line.reserved
        routes.append(LineRoute(line.line_no, line.sku_id, wanted, node.id, had, "person"))
        if line.reserved:
            claims.append(Claim(order.id, line.line_no, key, line.reserved, order.expires_at))
    if short:
        raise out_of_stock(short)
    await reserve(tx, cell_id=cell_id, claims=claims)
    return routes
