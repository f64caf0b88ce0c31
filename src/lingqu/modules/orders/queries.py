"""Read orders for screens: lists from either side, and the whole document as its reader may see it."""

from collections import defaultdict
from datetime import date
from typing import Any, Literal
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.approval.api import find_request
from lingqu.modules.orders.actions import actions_of
from lingqu.modules.orders.approve import can_decide
from lingqu.modules.orders.judged import APPROVAL
from lingqu.modules.orders.read_direct import read_direct
from lingqu.modules.orders.rules import JudgementView
from lingqu.modules.orders.types import (
    BuyerSide,
    Held,
    Order,
    OrderHead,
    OrderLine,
    OrderPayment,
    OrderStatus,
    OrderStep,
    OrderSummary,
    Return,
    ReturnLine,
    Revision,
    SellerSide,
    Shipment,
    ShipmentLine,
)
from lingqu.modules.orders.unpaid import read_unpaid
from lingqu.modules.orders.work import read_work
from lingqu.modules.routing.api import read_due
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"placed_at": "placed_at", "total": "total_minor", "business_on": "business_on"}, default="-placed_at")


class OrderQuery(ListQuery, frozen=True, kw_only=True):
    """Filters of the list of orders; ``q`` finds by number, own PO number or the partner's name."""

    side: Literal["buying", "selling"] | None = None
    kind: Literal["channel", "retail"] | None = None
    status: OrderStatus | None = None
    approval_status: Literal["none", "waiting", "approved", "rejected"] | None = None
    fulfilment_status: Literal["none", "part-shipped", "shipped", "received"] | None = None
    seller_id: int | None = None
    buyer_id: int | None = None
    sku_id: int | None = None
    placed_from: date | None = None
    placed_until: date | None = None


class _Head(OrderHead, frozen=True, kw_only=True):
    cell_id: int
    placed_by: int | None
    node_count: int
    direct_role: str | None


async def list_orders(tx: Tx, *, scope: Scope, query: OrderQuery) -> Listed[OrderSummary]:
    """List the orders that the caller's organizations buy or sell."""
    return await list_page(
        tx,
        SQL["list_orders"],
        OrderSummary,
        query=query,
        sorts=_SORTS,
        now=tx.now,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
        own_id=scope.organization_id,
        q=None if query.q is None else f"%{query.q}%",
        **{name: getattr(query, name) for name in _FILTERS},
    )


_FILTERS = (
    "side",
    "kind",
    "status",
    "approval_status",
    "fulfilment_status",
    "seller_id",
    "buyer_id",
    "sku_id",
    "placed_from",
    "placed_until",
)


async def read_order(tx: Tx, *, scope: Scope, order_id: UUID) -> Order:
    """Read one order with everything that its reader may see.

    Raises: NotFound.
    """
    head = await tx.first(
        SQL["find_order"],
        _Head,
        id=order_id,
        now=tx.now,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
    if head is None:
        raise NotFound(kind="order", id=str(order_id))
    where: dict[str, Any] = {"cell_id": head.cell_id, "order_id": order_id}
    side = _side_of(scope, head)
    own = {"cell_id", "placed_by", "node_count", "direct_role"}
    common = {name: value for name, value in msgspec.structs.asdict(head).items() if name not in own}
    lines = await tx.all(SQL["read_order_lines"], OrderLine, **where)
    shipments = await _shipments(tx, where)
    returns = await _returns(tx, where)
    revisions = await tx.all(SQL["read_order_revisions"], Revision, **where)
    payments = await tx.all(SQL["read_order_payments"], OrderPayment, **where)
    seller_side = await _seller_side(tx, scope, head, where) if side == "seller" else None
    return Order(
        **common,
        side=side,
        lines=lines,
        payments=payments,
        shipments=shipments,
        returns=returns,
        revisions=revisions,
        steps=[_shown(step, side) for step in await tx.all(SQL["read_order_steps"], OrderStep, **where)],
        actions=actions_of(
            scope,
            side=side,
            kind=head.kind,
            status=head.status,
            approval_status=head.approval_status,
            can_decide=await can_decide(tx, scope=scope, order_id=order_id, placed_by=head.placed_by)
            if side != "observer" and head.status == "placed" and head.approval_status == "waiting"
            else False,
            lines=lines,
            shipments=shipments,
            returns=returns,
            revisions=revisions,
            node_count=head.node_count,
            is_bought_for_others=head.direct_role == "buying",
            is_held=seller_side is not None and seller_side.held is not None,
        ),
        buyer_side=await _buyer_side(tx, where) if side == "buyer" else None,
        seller_side=seller_side,
        direct=await read_direct(tx, **where, role=head.direct_role, side=side),
        unpaid_minor=None if side == "observer" else await _unpaid(tx, head, where, payments),
    )


def _side_of(scope: Scope, head: _Head) -> Literal["buyer", "seller", "observer"]:
    if scope.organization_id == head.seller_id:
        return "seller"
    return "buyer" if scope.organization_id == head.buyer_id else "observer"


def _shown(step: OrderStep, side: str) -> OrderStep:
    """Keep the seller's rules to the seller."""
    if side == "seller" or step.name != "judge-again":
        return step
    return replace(step, facts={name: value for name, value in step.facts.items() if not name.startswith("rule")})


async def _unpaid(tx: Tx, head: _Head, where: dict[str, Any], payments: list[OrderPayment]) -> int:
    # One whose time is over may still hold money until it is swept.
    return 0 if head.status == "expired" else await read_unpaid(tx, **where, payments=payments)


async def _buyer_side(tx: Tx, where: dict[str, Any]) -> BuyerSide:
    return await tx.first(SQL["read_buyer_side"], BuyerSide, **where) or BuyerSide()


async def _seller_side(tx: Tx, scope: Scope, head: _Head, where: dict[str, Any]) -> SellerSide:
    side = await tx.first(SQL["read_seller_side"], SellerSide, **where) or SellerSide()
    judgement = await tx.first(SQL["read_judgement"], JudgementView, **where)
    asked = None if judgement is None else await find_request(tx, kind=APPROVAL, object_id=head.id)
    known = SellerSide(note=side.note, judgement=judgement, approval=asked)
    if head.node_count > 1:
        known = replace(
            known,
            work=await read_work(tx, **where),
            is_routed=await tx.value(SQL["is_routed"], bool, **where),
            due_at=await read_due(tx, **where),
            held=await tx.first(SQL["read_held"], Held, **where),
        )
    if side.cost_minor is None or not scope.allows("orders.cost"):
        return known
    return replace(known, cost_minor=side.cost_minor, margin_minor=head.goods_minor - side.cost_minor)


class _ShipmentHead(Struct, frozen=True):
    id: UUID
    number: str
    status: str
    carrier: str
    tracking: str
    business_on: date
    shipped_at: Any
    received_at: Any


class _ShipmentLine(ShipmentLine, frozen=True, kw_only=True):
    shipment_id: UUID


class _ReturnHead(Struct, frozen=True):
    id: UUID
    number: str
    status: str
    reason: str
    decision_reason: str
    refund_minor: int
    requested_at: Any
    decided_at: Any
    is_supplier_asked: bool
    joint_id: UUID | None


class _ReturnLine(ReturnLine, frozen=True, kw_only=True):
    return_id: UUID


async def _shipments(tx: Tx, where: dict[str, Any]) -> list[Shipment]:
    heads = await tx.all(SQL["read_order_shipments"], _ShipmentHead, **where)
    lines: dict[UUID, list[ShipmentLine]] = defaultdict(list)
    if heads:
        for line in await tx.all(SQL["read_order_shipment_lines"], _ShipmentLine, **where):
            lines[line.shipment_id].append(msgspec.convert(line, ShipmentLine, from_attributes=True))
    return [Shipment(**msgspec.structs.asdict(head), lines=lines[head.id]) for head in heads]


async def _returns(tx: Tx, where: dict[str, Any]) -> list[Return]:
    heads = await tx.all(SQL["read_order_returns"], _ReturnHead, **where)
    lines: dict[UUID, list[ReturnLine]] = defaultdict(list)
    if heads:
        for line in await tx.all(SQL["read_order_return_lines"], _ReturnLine, **where):
            lines[line.return_id].append(msgspec.convert(line, ReturnLine, from_attributes=True))
    return [Return(**msgspec.structs.asdict(head), lines=lines[head.id]) for head in heads]
