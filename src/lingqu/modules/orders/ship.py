"""Ship: goods leave the seller's node, lot by lot, first expired first; what was promised becomes goods in transit."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import NodeTerms, node_terms
from lingqu.modules.numbering.api import draw_numbers
from lingqu.modules.orders.books import move_money
from lingqu.modules.orders.events import OrderShipped
from lingqu.modules.orders.fulfilment import fact_of, settle_fulfilment
from lingqu.modules.orders.pairs import pair_of
from lingqu.modules.orders.refusals import TooMany
from lingqu.modules.orders.sheet import LineRow, Sheet, save_sheets
from lingqu.modules.orders.ship_on import check_sold, ship_on
from lingqu.modules.orders.shipped import load_shipment_lines
from lingqu.modules.orders.step import StepVerdict, advance, business_date, distinct, done, per_cell, taken
from lingqu.modules.orders.types import LongText, ShortText, SomeQuantity
from lingqu.modules.stock.api import Carry, IssuedLot, carry, key_of
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class NothingToShip(Refusal):
    """No goods are reserved for the order any more."""

    code = "orders.nothing-to-ship"
    status = 409
    title = Words("Nothing to ship", "没有可发货的商品")
    detail = Words("Nothing is reserved for this order.", "该订单没有已预留的商品。")


class ShipLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much of a line leaves now, in base units."""

    line_no: Annotated[int, Meta(ge=1, le=2000)]
    quantity: SomeQuantity


class NewShipment(Struct, frozen=True, kw_only=True):
    """A request to ship; without ``lines`` everything reserved leaves."""

    order_id: UUID
    lines: list[ShipLine] | None = None
    carrier: ShortText = ""
    tracking: ShortText = ""
    note: LongText = ""
    business_on: date | None = None


class _Load(Struct, frozen=True, kw_only=True):
    """A shipment about to leave."""

    id: UUID
    sheet: Sheet
    request: NewShipment
    on: date
    amounts: dict[int, int]


async def ship(tx: Tx, *, scope: Scope, shipments: Sequence[NewShipment]) -> list[StepVerdict]:
    """Ship as the seller.

    Shapes: one verdict per shipment, in the order given; ``document_id`` is the shipment's. One order may ship once
            per batch.
    """

    async def act(cell_id: int, pairs: list[tuple[NewShipment, Sheet]]) -> list[StepVerdict]:
        verdicts: dict[UUID, StepVerdict] = {}
        loads: list[_Load] = []
        for item, sheet in pairs:
            try:
                loads.append(_load(tx, scope, item, sheet))
            except Refusal as refusal:
                verdicts[sheet.order.id] = refusal
        numbers = await draw_numbers(
            tx, cell_id=cell_id, kind="SH", documents=[(load.sheet.order.seller_id, load.on) for load in loads]
        )
        by_day: dict[date, list[tuple[_Load, str]]] = defaultdict(list)
        for load, number in zip(loads, numbers, strict=True):
            by_day[load.on].append((load, number))
        for on, some in sorted(by_day.items()):
            await _leave(tx, cell_id, on, some)
        documents = {load.sheet.order.id: (load.id, number) for load, number in zip(loads, numbers, strict=True)}
        return [verdicts.get(sheet.order.id) or _answer(sheet, documents) for _, sheet in pairs]

    return await per_cell(tx, shipments, act)


def _answer(sheet: Sheet, documents: dict[UUID, tuple[UUID, str]]) -> StepVerdict:
    shipment_id, number = documents[sheet.order.id]
    return done(sheet, document_id=shipment_id, document_number=number)


def _load(tx: Tx, scope: Scope, item: NewShipment, sheet: Sheet) -> _Load:
    sheet.require(scope, "seller")
    advance(sheet, "ship")
    check_sold(pair_of(sheet))
    on = business_date(tx, sheet, scope, item.business_on)
    wanted: dict[int, int] = {}
    if item.lines is None:
        wanted = {line.line_no: line.reserved for line in sheet.lines if line.reserved}
    for line in item.lines or ():
        wanted[line.line_no] = wanted.get(line.line_no, 0) + line.quantity
    if not wanted:
        raise NothingToShip
    for line_no, quantity in wanted.items():
        possible = sheet.line(line_no).reserved
        if quantity > possible:
            raise TooMany(line_no=line_no, asked=quantity, possible=possible)
    return _Load(id=uuid7(at=tx.now), sheet=sheet, request=item, on=on, amounts=wanted)


async def _leave(tx: Tx, cell_id: int, on: date, loads: Sequence[tuple[_Load, str]]) -> None:
    """Carry the goods of one business day into transit, charge them where title passes now, and write it all down."""
    nodes = await node_terms(tx, node_ids={load.sheet.order.ship_from for load, _ in loads})
    lots = await carry(
        tx,
        document_kind="order",
        carries=[
            _carry(cell_id, nodes[load.sheet.order.ship_from], load, line)
            for load, _ in loads
            for line in load.sheet.lines
            if load.amounts.get(line.line_no)
        ],
        out_kind="issue",
        in_kind="transfer-in",
        business_on=on,
        user_id=None if tx.actor is None else tx.actor.user_id,
    )
    sheets = distinct([(load, load.sheet) for load, _ in loads])
    for load, _ in loads:
        for line_no, quantity in load.amounts.items():
            line = load.sheet.line(line_no)
            line.reserved -= quantity
            line.shipped += quantity
        settle_fulfilment(load.sheet)
    await move_money(tx, cell_id=cell_id, sheets=sheets, business_on=on)
    await _write(tx, cell_id, on, loads, lots)
    steps = [
        taken(load.sheet, "ship", reason=load.request.note, shipment=number, units=sum(load.amounts.values()))
        for load, number in loads
    ]
    await save_sheets(tx, cell_id=cell_id, sheets=sheets, steps=steps)
    for load, _ in loads:
        pair = pair_of(load.sheet)
        if pair is not None:
            await ship_on(
                tx,
                pair=pair,
                source_id=load.id,
                amounts=load.amounts,
                lots=[lot for lot in lots if lot.document_id == load.sheet.order.id],
                carrier=load.request.carrier,
                tracking=load.request.tracking,
                business_on=on,
            )


def _carry(cell_id: int, node: NodeTerms, load: _Load, line: LineRow) -> Carry:
    return Carry(
        document_id=load.sheet.order.id,
        line_no=line.line_no,
        from_cell=cell_id,
        from_key=line.key,
        to_cell=cell_id,
        to_key=key_of(bin_id=node.in_transit_bin_id, sku_id=line.sku_id),
        quantity=load.amounts[line.line_no],
    )


async def _write(tx: Tx, cell_id: int, on: date, loads: Sequence[tuple[_Load, str]], lots: Sequence[IssuedLot]) -> None:
    by_order: dict[UUID, list[IssuedLot]] = defaultdict(list)
    for lot in lots:
        by_order[lot.document_id].append(lot)
    await tx.run(
        SQL["insert_shipments"],
        cell_id=cell_id,
        now=tx.now,
        business_on=on,
        id=[load.id for load, _ in loads],
        order_id=[load.sheet.order.id for load, _ in loads],
        number=[number for _, number in loads],
        carrier=[load.request.carrier for load, _ in loads],
        tracking=[load.request.tracking for load, _ in loads],
    )
    await load_shipment_lines(
        tx,
        cell_id=cell_id,
        shipments=[
            (load.id, load.sheet.order.id, [(lot.line_no, lot) for lot in by_order[load.sheet.order.id]])
            for load, _ in loads
        ],
    )
    for load, _ in loads:
        order = load.sheet.order
        event = OrderShipped(
            order_id=order.id,
            buyer_id=order.buyer_id,
            seller_id=order.seller_id,
            business_on=on,
            shipment_id=load.id,
            lines=tuple(fact_of(load.sheet.line(no), quantity) for no, quantity in sorted(load.amounts.items())),
        )
        tx.emit(event, cell_id=cell_id)
