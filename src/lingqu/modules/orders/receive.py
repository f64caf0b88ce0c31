"""Receive: the buyer takes a shipment in, says what was missing, and the goods change owner."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.errors import FieldError, Invalid, NotFound, Refusal, Words
from lingqu.kernel.money import divide_half_up
from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.network.api import NodeTerms, node_terms, organization_terms
from lingqu.modules.orders.books import move_money
from lingqu.modules.orders.direct_fee import settle_fee
from lingqu.modules.orders.events import OrderCompleted, OrderReceived
from lingqu.modules.orders.fulfilment import fact_of, settle_fulfilment
from lingqu.modules.orders.refusals import TooMany
from lingqu.modules.orders.sheet import Pair, Sheet, save_sheets
from lingqu.modules.orders.step import StepVerdict, business_date, distinct, done, per_cell, taken
from lingqu.modules.orders.types import Quantity, ShortText
from lingqu.modules.stock.api import Carry, Issue, carry, issue, key_of
from lingqu.runtime.arrays import int8s, uuids
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


class ReceiptLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What arrived of one position of the shipment, in base units; less than was sent needs a reason."""

    position: Annotated[int, Meta(ge=1, le=32767)]
    received: Quantity
    reason: ShortText = ""


class NewReceipt(Struct, frozen=True, kw_only=True):
    """A request to receive a shipment; positions not named arrived whole."""

    shipment_id: UUID
    lines: list[ReceiptLine] = []
    node_id: int | None = None
    business_on: date | None = None


class _Row(Struct, frozen=True):
    id: UUID
    order_id: UUID
    number: str
    status: str
    receiving_node_id: int | None
    source_cell: int | None
    source_id: UUID | None


class _LineRow(Struct, frozen=True):
    shipment_id: UUID
    position: int
    line_no: int
    lot_id: UUID | None
    quantity: int


class _Arrival(Struct, frozen=True, kw_only=True):
    order_id: UUID
    request: NewReceipt
    scope: Scope
    actor: Actor | None


class _Unloaded(Struct, frozen=True, kw_only=True):
    """A shipment as it arrived: (line, received, reason) by position.

    ``passing``: the bins that goods pass which a supplier sent for the order's seller, by its line. They come to them
    as the buying order's shipment, and leave them as the selling one's; what was lost was lost before.
    """

    sheet: Sheet
    row: _Row
    on: date
    actor: Actor | None
    to_cell: int
    to_bin: int
    parts: list[tuple[_LineRow, int, str]]
    passing: dict[int, int] = {}


async def receive(tx: Tx, *, scope: Scope, receipts: Sequence[NewReceipt]) -> list[StepVerdict]:
    """Receive shipments as their buyer.

    Shapes: one verdict per receipt, in the order given; ``document_id`` is the shipment's.
    """
    return await _receive(tx, [(scope, tx.actor, receipt) for receipt in receipts])


async def receive_for(tx: Tx, *, wanted: Sequence[tuple[Scope, Sequence[NewReceipt]]]) -> list[list[StepVerdict]]:
    """Receive shipments for several callers, each as the buyer it is: one transaction, one set of locks.

    Shapes: one list of verdicts per caller, in the order given, as `receive` gives it. Two callers who take something
            of one order in take their steps one after the other.
    """
    verdicts: list[list[StepVerdict]] = [[] for _ in wanted]
    rows = await tx.tuples(SQL["find_shipment_orders"], ids=uuids({r.shipment_id for _, some in wanted for r in some}))
    orders: dict[UUID, UUID] = dict(rows)
    waiting = list(range(len(wanted)))
    while waiting:
        taken_up: dict[UUID | None, int] = {}
        later: list[int] = []
        for i in waiting:
            own = {orders.get(receipt.shipment_id) for receipt in wanted[i][1]} - {None}
            if own.isdisjoint(taken_up):
                taken_up |= dict.fromkeys(own, i)
            else:
                later.append(i)
        now = [i for i in waiting if i not in later]
        pairs = [(i, receipt) for i in now for receipt in wanted[i][1]]
        answers = await _receive(tx, [(wanted[i][0], wanted[i][0].actor, receipt) for i, receipt in pairs])
        for (i, _), answer in zip(pairs, answers, strict=True):
            verdicts[i].append(answer)
        waiting = later
    return verdicts


async def _receive(tx: Tx, wanted: Sequence[tuple[Scope, Actor | None, NewReceipt]]) -> list[StepVerdict]:
    rows = await tx.tuples(SQL["find_shipment_orders"], ids=uuids({receipt.shipment_id for _, _, receipt in wanted}))
    orders: dict[UUID, UUID] = dict(rows)
    arrivals = [
        _Arrival(order_id=orders[receipt.shipment_id], request=receipt, scope=scope, actor=actor)
        for scope, actor, receipt in wanted
        if receipt.shipment_id in orders
    ]

    async def act(cell_id: int, pairs: list[tuple[_Arrival, Sheet]]) -> list[StepVerdict]:
        return await _take_in(tx, cell_id, pairs)

    verdicts = iter(await per_cell(tx, arrivals, act))
    return [
        next(verdicts) if receipt.shipment_id in orders else NotFound(kind="shipment", id=str(receipt.shipment_id))
        for _, _, receipt in wanted
    ]


async def _take_in(tx: Tx, cell_id: int, pairs: Sequence[tuple[_Arrival, Sheet]]) -> list[StepVerdict]:
    ids = uuids({item.request.shipment_id for item, _ in pairs})
    rows = {row.id: row for row in await tx.rows(SQL["read_shipments"], _Row, cell_id=cell_id, ids=ids)}
    lines: dict[UUID, list[_LineRow]] = defaultdict(list)
    for line in await tx.rows(SQL["read_shipment_lines"], _LineRow, cell_id=cell_id, ids=ids):
        lines[line.shipment_id].append(line)
    nodes = await _nodes(tx, pairs, rows)
    verdicts: dict[UUID, StepVerdict] = {}
    unloaded: dict[UUID, _Unloaded] = {}
    for item, sheet in pairs:
        shipment_id = item.request.shipment_id
        try:
            unloaded[shipment_id] = _unload(
                tx, item, sheet, row=rows[shipment_id], lines=lines[shipment_id], node=nodes[shipment_id]
            )
        except Refusal as refusal:
            verdicts[shipment_id] = refusal
    by_day: dict[date, list[_Unloaded]] = defaultdict(list)
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
    tx: Tx, pairs: Sequence[tuple[_Arrival, Sheet]], rows: dict[UUID, _Row]
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
    arrival: _Arrival,
    sheet: Sheet,
    *,
    row: _Row,
    lines: Sequence[_LineRow],
    node: NodeTerms | None,
) -> _Unloaded:
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
    parts: list[tuple[_LineRow, int, str]] = []
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
    return _Unloaded(
        sheet=sheet,
        row=row,
        on=business_date(tx, sheet, scope, request.business_on),
        actor=arrival.actor,
        to_cell=node.home_cell,
        to_bin=node.sellable_bin_id,
        parts=parts,
        passing={} if row.source_id is None else {line.line_no: sheet.line(line.line_no).key for line in lines},
    )


async def _arrive_behind(tx: Tx, on: date, unloaded: Sequence[_Unloaded]) -> None:
    """Let what suppliers sent arrive first where it was bought: the seller's for an instant, short by the same."""
    behind: dict[int, list[tuple[Pair, _Unloaded]]] = defaultdict(list)
    for one in unloaded:
        if one.row.source_cell is None or one.row.source_id is None:
            continue
        where = {"cell_id": one.row.source_cell, "ids": [one.row.source_id]}
        (row,) = await tx.all(SQL["read_shipments"], _Row, **where)
        (pair,) = [pair for pair in one.sheet.pairs if pair.buying.order.id == row.order_id]
        told = {line.position: (received, reason) for line, received, reason in one.parts}
        lines = await tx.all(SQL["read_shipment_lines"], _LineRow, **where)
        sold = {line.bought_by: one.passing[line.line_no] for line in pair.lines if line.line_no in one.passing}
        arrival = _Unloaded(
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
        for pair in {id(pair): pair for pair, _ in some}.values():
            await settle_fee(tx, pair=pair, business_on=on)


async def _arrive(tx: Tx, cell_id: int, on: date, unloaded: Sequence[_Unloaded], *, is_echo: bool = False) -> None:
    """Carry what arrived to the buyers' bins, write off what did not, and settle the money for both."""
    costs = await _move_goods(tx, cell_id, on, unloaded)
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
    await _write(tx, cell_id, unloaded, costs)
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


async def _move_goods(tx: Tx, cell_id: int, on: date, unloaded: Sequence[_Unloaded]) -> dict[tuple[UUID, int], int]:
    """Move the goods; tell what each position cost its seller."""
    users = {one.row.id: None if one.actor is None else one.actor.user_id for one in unloaded}
    sources = await node_terms(tx, node_ids={one.sheet.order.ship_from for one in unloaded})
    carries: list[tuple[_Unloaded, _LineRow, Carry]] = []
    lost: dict[str, list[Issue]] = defaultdict(list)
    for one in unloaded:
        transit = sources[one.sheet.order.ship_from].in_transit_bin_id
        for part, received, reason in one.parts:
            line = one.sheet.line(part.line_no)
            passing = one.passing.get(line.line_no)
            is_sold = one.sheet.order.direct == "selling" and passing is not None
            from_key = passing if is_sold and passing else key_of(bin_id=transit, sku_id=line.sku_id)
            to_key = passing if passing and not is_sold else key_of(bin_id=one.to_bin, sku_id=line.sku_id)
            if received:
                net = divide_half_up((line.total_minor - line.tax_minor) * received, line.quantity)
                move = Carry(
                    document_id=one.row.id,
                    line_no=part.position,
                    from_cell=cell_id,
                    from_key=from_key,
                    to_cell=one.to_cell,
                    to_key=to_key,
                    quantity=received,
                    lot_id=part.lot_id,
                    cost_minor=net,
                )
                carries.append((one, part, move))
            if received < part.quantity and not is_sold:
                gone = Issue(one.row.id, part.position, from_key, part.quantity - received, part.lot_id)
                lost[reason].append(gone)
    lots = await carry(
        tx,
        document_kind="shipment",
        carries=[move for _, _, move in carries],
        out_kind="transfer-out",
        in_kind="receipt",
        business_on=on,
        user_id=None,
        users=users,
    )
    for reason, issues in sorted(lost.items()):
        lots += await issue(
            tx,
            cell_id=cell_id,
            document_kind="shipment",
            issues=issues,
            kind="adjustment",
            business_on=on,
            user_id=None,
            users=users,
            reason=reason,
        )
    costs: dict[tuple[UUID, int], int] = defaultdict(int)
    for lot in lots:
        costs[lot.document_id, lot.line_no] += lot.cost_minor
    return costs


async def _write(tx: Tx, cell_id: int, unloaded: Sequence[_Unloaded], costs: dict[tuple[UUID, int], int]) -> None:
    parts = [(one.row.id, *part) for one in unloaded for part in one.parts]
    await tx.run(SQL["save_shipments"], cell_id=cell_id, now=tx.now, ids=[one.row.id for one in unloaded])
    await tx.run(
        SQL["save_shipment_lines"],
        cell_id=cell_id,
        shipment_id=uuids([shipment_id for shipment_id, _, _, _ in parts]),
        position=[line.position for _, line, _, _ in parts],
        received=int8s([received for _, _, received, _ in parts]),
        short=int8s([line.quantity - received for _, line, received, _ in parts]),
        reason=[reason for _, _, _, reason in parts],
        cost=int8s([costs[shipment_id, line.position] for shipment_id, line, _, _ in parts]),
    )
    by_order: dict[UUID, int] = defaultdict(int)
    for one in unloaded:
        by_order[one.row.order_id] += sum(costs[one.row.id, part.position] for part, _, _ in one.parts)
    await tx.run(SQL["add_cost"], cell_id=cell_id, order_id=list(by_order), cost=list(by_order.values()))


def _tell(tx: Tx, cell_id: int, on: date, one: _Unloaded) -> None:
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
