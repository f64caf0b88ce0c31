"""Receive: the buyer takes a shipment in, says what was missing, and the goods change owner."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from lingqu.kernel.errors import FieldError, Invalid, NotFound, Refusal, Words
from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.network.api import NodeTerms, node_terms, organization_terms
from lingqu.modules.orders.arrivals import (
    Arrival,
    NewReceipt,
    PartRow,
    ShipmentRow,
    Unloaded,
    move_goods,
    write_arrivals,
)
from lingqu.modules.orders.books import move_money
from lingqu.modules.orders.direct_fee import settle_fee
from lingqu.modules.orders.events import OrderCompleted, OrderReceived
from lingqu.modules.orders.fulfilment import fact_of, settle_fulfilment
from lingqu.modules.orders.refusals import TooMany
from lingqu.modules.orders.sheet import Pair, Sheet, save_sheets
from lingqu.modules.orders.step import StepVerdict, business_date, distinct, done, per_cell, taken
from lingqu.runtime.arrays import uuids
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_WHY = Words("Say why goods are missing.", "请说明缺少货物的原因。")


class AlreadyReceived(Refusal):
    """The shipment was taken in before."""

    code = "orders.already-received"
    status = 409
    title = Words("Already received", "已收货")
    detail = Words("Shipment {number} was received before.", "发货单 {number} 已收货。")


class ReceivedByTheirs(Refusal):
    """The goods go straight to the buyer's own buyer, who takes them in for both."""

    code = "orders.received-by-theirs"
    status = 409
    title = Words("Your buyer receives these goods", "由您的下级收货")
    detail = Words(
        "The supplier sends them straight to your buyer; its receipt is yours too.",
        "供应商将货物直发您的下级，对方收货即视为您已收货。",
    )


async def receive(tx: Tx, *, scope: Scope, receipts: Sequence[NewReceipt]) -> list[StepVerdict]:
    """Receive shipments as their buyer.

    Shapes: one verdict per receipt, in the order given; ``document_id`` is the shipment's.
    """
    orders = await _orders_of(tx, receipts)
    return await _receive(tx, orders, [(scope, tx.actor, receipt) for receipt in receipts])


async def receive_for(tx: Tx, *, wanted: Sequence[tuple[Scope, Sequence[NewReceipt]]]) -> list[list[StepVerdict]]:
    """Receive shipments for several callers, each as the buyer it is: one transaction, one set of locks.

    Shapes: one list of verdicts per caller, in the order given, as `receive` gives it. Two callers who take something
            of one order in take their steps one after the other.
    """
    verdicts: list[list[StepVerdict]] = [[] for _ in wanted]
    orders = await _orders_of(tx, [receipt for _, some in wanted for receipt in some])
    waiting = list(range(len(wanted)))
    while waiting:
        taken_up: set[UUID] = set()
        later: list[int] = []
        for i in waiting:
            own = {orders[receipt.shipment_id] for receipt in wanted[i][1] if receipt.shipment_id in orders}
            if own.isdisjoint(taken_up):
                taken_up |= own
            else:
                later.append(i)
        now = [i for i in waiting if i not in later]
        pairs = [(i, receipt) for i in now for receipt in wanted[i][1]]
        answers = await _receive(tx, orders, [(wanted[i][0], wanted[i][0].actor, receipt) for i, receipt in pairs])
        for (i, _), answer in zip(pairs, answers, strict=True):
            verdicts[i].append(answer)
        waiting = later
    return verdicts


async def _orders_of(tx: Tx, receipts: Sequence[NewReceipt]) -> dict[UUID, UUID]:
    """Find the order of each shipment that there is."""
    return dict(await tx.tuples(SQL["find_shipment_orders"], ids=uuids({one.shipment_id for one in receipts})))


async def _receive(
    tx: Tx, orders: Mapping[UUID, UUID], wanted: Sequence[tuple[Scope, Actor | None, NewReceipt]]
) -> list[StepVerdict]:
    arrivals = [
        Arrival(order_id=orders[receipt.shipment_id], request=receipt, scope=scope, actor=actor)
        for scope, actor, receipt in wanted
        if receipt.shipment_id in orders
    ]

    async def act(cell_id: int, pairs: list[tuple[Arrival, Sheet]]) -> list[StepVerdict]:
        return await _take_in(tx, cell_id, pairs)

    verdicts = iter(await per_cell(tx, arrivals, act))
    return [
        next(verdicts) if receipt.shipment_id in orders else NotFound(kind="shipment", id=str(receipt.shipment_id))
        for _, _, receipt in wanted
    ]


async def _take_in(tx: Tx, cell_id: int, pairs: Sequence[tuple[Arrival, Sheet]]) -> list[StepVerdict]:
    ids = uuids({item.request.shipment_id for item, _ in pairs})
    rows = {row.id: row for row in await tx.rows(SQL["read_shipments"], ShipmentRow, cell_id=cell_id, ids=ids)}
    lines: dict[UUID, list[PartRow]] = defaultdict(list)
    for line in await tx.rows(SQL["read_shipment_lines"], PartRow, cell_id=cell_id, ids=ids):
        lines[line.shipment_id].append(line)
    nodes = await _nodes(tx, pairs, rows)
    verdicts: dict[UUID, StepVerdict] = {}
    unloaded: dict[UUID, Unloaded] = {}
    for item, sheet in pairs:
        shipment_id = item.request.shipment_id
        try:
            unloaded[shipment_id] = _unload(
                tx, item, sheet, row=rows[shipment_id], lines=lines[shipment_id], node=nodes[shipment_id]
            )
        except Refusal as refusal:
            verdicts[shipment_id] = refusal
    by_day: dict[date, list[Unloaded]] = defaultdict(list)
    for one in unloaded.values():
        by_day[one.on].append(one)
    for on, some in sorted(by_day.items()):
        await _arrive_behind(tx, on, some)
        await _arrive(tx, cell_id, on, some)
    return [
        verdicts.get(item.request.shipment_id)
        or done(
            sheet,
            document_id=item.request.shipment_id,
            document_number=rows[item.request.shipment_id].number,
        )
        for item, sheet in pairs
    ]


async def _nodes(
    tx: Tx, pairs: Sequence[tuple[Arrival, Sheet]], rows: dict[UUID, ShipmentRow]
) -> dict[UUID, NodeTerms | None]:
    """Find where each shipment goes: the node named now, else the order's, else the buyer's first."""
    buyers = await organization_terms(tx, organization_ids={s.order.buyer_id for _, s in pairs if s.order.buyer_id})
    wanted: dict[UUID, int | None] = {}
    for item, sheet in pairs:
        row = rows[item.request.shipment_id]
        buyer = buyers.get(sheet.order.buyer_id or 0)
        default = None if buyer is None else buyer.node_id
        wanted[row.id] = item.request.node_id or row.receiving_node_id or default
    nodes = await node_terms(tx, node_ids={node_id for node_id in wanted.values() if node_id})
    return {shipment_id: nodes.get(node_id or 0) for shipment_id, node_id in wanted.items()}


def _unload(
    tx: Tx,
    arrival: Arrival,
    sheet: Sheet,
    *,
    row: ShipmentRow,
    lines: Sequence[PartRow],
    node: NodeTerms | None,
) -> Unloaded:
    request, scope = arrival.request, arrival.scope
    sheet.require(scope, "buyer")
    if sheet.order.direct == "buying":
        raise ReceivedByTheirs
    if row.status != "shipped":
        raise AlreadyReceived(number=row.number)
    if node is None or node.organization_id != sheet.order.buyer_id:
        raise NotFound(kind="node", id=request.node_id or row.receiving_node_id or "")
    told = {line.position: line for line in request.lines}
    strange = sorted(told.keys() - {line.position for line in lines})
    if strange:
        raise NotFound(kind="position", id=strange[0])
    parts: list[tuple[PartRow, int, str]] = []
    for line in lines:
        answer = told.get(line.position)
        received = line.quantity if answer is None else answer.received
        reason = "" if answer is None else answer.reason
        if received > line.quantity:
            raise TooMany(line_no=line.line_no, asked=received, possible=line.quantity)
        if received < line.quantity and not reason:
            index = next(i for i, one in enumerate(request.lines) if one.position == line.position)
            raise Invalid(errors=[FieldError(f"/lines/{index}/reason", "required", _WHY)])
        parts.append((line, received, reason))
    return Unloaded(
        sheet=sheet,
        row=row,
        on=business_date(tx, sheet, scope, request.business_on),
        actor=arrival.actor,
        to_cell=node.home_cell,
        to_bin=node.sellable_bin_id,
        parts=parts,
        passing={} if row.source_id is None else {line.line_no: sheet.line(line.line_no).key for line in lines},
    )


async def _arrive_behind(tx: Tx, on: date, unloaded: Sequence[Unloaded]) -> None:
    """Let what suppliers sent arrive first where it was bought: the seller's for an instant, short by the same."""
    behind: dict[int, list[tuple[Pair, Unloaded]]] = defaultdict(list)
    for one in unloaded:
        if one.row.source_cell is None or one.row.source_id is None:
            continue
        where = {"cell_id": one.row.source_cell, "ids": [one.row.source_id]}
        (row,) = await tx.all(SQL["read_shipments"], ShipmentRow, **where)
        (pair,) = [pair for pair in one.sheet.pairs if pair.buying.order.id == row.order_id]
        told = {line.position: (received, reason) for line, received, reason in one.parts}
        lines = await tx.all(SQL["read_shipment_lines"], PartRow, **where)
        sold = {line.bought_by: one.passing[line.line_no] for line in pair.lines if line.line_no in one.passing}
        arrival = Unloaded(
            sheet=pair.buying,
            row=row,
            on=on,
            actor=one.actor,
            to_cell=pair.selling_cell,
            to_bin=0,
            parts=[(line, *told[line.position]) for line in lines],
            passing=sold,
        )
        behind[pair.buying_cell].append((pair, arrival))
    for cell_id, some in sorted(behind.items()):
        await _arrive(tx, cell_id, on, [arrival for _, arrival in some], is_echo=True)
        for pair, actor in {id(pair): (pair, arrival.actor) for pair, arrival in some}.values():
            await settle_fee(tx, pair=pair, business_on=on, actor=actor)


async def _arrive(tx: Tx, cell_id: int, on: date, unloaded: Sequence[Unloaded], *, is_echo: bool = False) -> None:
    """Carry what arrived to the buyers' bins, write off what did not, and settle the money for both."""
    costs = await move_goods(tx, cell_id, on, unloaded)
    sheets = distinct([(one, one.sheet) for one in unloaded])
    for one in unloaded:
        for part, received, _ in one.parts:
            line = one.sheet.line(part.line_no)
            line.received += received
            line.short += part.quantity - received
    completed = [sheet for sheet in sheets if settle_fulfilment(sheet)]
    actors = {one.sheet.order.id: one.actor for one in unloaded if one.actor is not None}
    users = {order_id: actor.user_id for order_id, actor in actors.items()}
    await move_money(tx, cell_id=cell_id, sheets=sheets, business_on=on, users=users)
    await write_arrivals(tx, cell_id, unloaded, costs)
    for one in unloaded:
        _tell(tx, cell_id, on, one)
    for sheet in completed:
        order = sheet.order
        event = OrderCompleted(order_id=order.id, buyer_id=order.buyer_id, seller_id=order.seller_id, business_on=on)
        tx.emit(event, cell_id=cell_id)
    steps = [
        taken(
            one.sheet,
            "receive",
            shipment=one.row.number,
            units=sum(received for _, received, _ in one.parts),
            short=sum(part.quantity - received for part, received, _ in one.parts),
        )
        for one in unloaded
    ]
    await save_sheets(tx, cell_id=cell_id, sheets=sheets, steps=steps, actors=actors, is_echo=is_echo)


def _tell(tx: Tx, cell_id: int, on: date, one: Unloaded) -> None:
    order = one.sheet.order
    arrived: dict[int, int] = defaultdict(int)
    for part, received, _ in one.parts:
        arrived[part.line_no] += received
    event = OrderReceived(
        order_id=order.id,
        buyer_id=order.buyer_id,
        seller_id=order.seller_id,
        business_on=on,
        shipment_id=one.row.id,
        short=sum(part.quantity - received for part, received, _ in one.parts),
        lines=tuple(fact_of(one.sheet.line(no), quantity) for no, quantity in sorted(arrived.items()) if quantity),
    )
    tx.emit(event, cell_id=cell_id)
