"""What arrives: a receipt as it was asked for, a shipment as it was unloaded, and what both do to goods and rows."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.money import divide_half_up
from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.network.api import node_terms
from lingqu.modules.orders.sheet import Sheet
from lingqu.modules.orders.types import Quantity, ShortText
from lingqu.modules.stock.api import Carry, Issue, carry, issue, key_of
from lingqu.runtime.arrays import int8s, uuids
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


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


class ShipmentRow(Struct, frozen=True):
    id: UUID
    order_id: UUID
    number: str
    status: str
    receiving_node_id: int | None
    source_cell: int | None
    source_id: UUID | None


class PartRow(Struct, frozen=True):
    shipment_id: UUID
    position: int
    line_no: int
    lot_id: UUID | None
    quantity: int


class Arrival(Struct, frozen=True, kw_only=True):
    order_id: UUID
    request: NewReceipt
    scope: Scope
    actor: Actor | None


class Unloaded(Struct, frozen=True, kw_only=True):
    """A shipment as it arrived: (line, received, reason) by position.

    ``passing``: the bins that goods pass which a supplier sent for the order's seller, by its line. They come to them
    as the buying order's shipment, and leave them as the selling one's; what was lost was lost before.
    """

    sheet: Sheet
    row: ShipmentRow
    on: date
    actor: Actor | None
    to_cell: int
    to_bin: int
    parts: list[tuple[PartRow, int, str]]
    passing: dict[int, int] = {}


async def move_goods(tx: Tx, cell_id: int, on: date, unloaded: Sequence[Unloaded]) -> dict[tuple[UUID, int], int]:
    """Move the goods; tell what each position cost its seller."""
    users = {one.row.id: None if one.actor is None else one.actor.user_id for one in unloaded}
    sources = await node_terms(tx, node_ids={one.sheet.order.ship_from for one in unloaded})
    carries: list[Carry] = []
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
                carries.append(move)
            if received < part.quantity and not is_sold:
                gone = Issue(one.row.id, part.position, from_key, part.quantity - received, part.lot_id)
                lost[reason].append(gone)
    lots = await carry(
        tx,
        document_kind="shipment",
        carries=carries,
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


async def write_arrivals(
    tx: Tx, cell_id: int, unloaded: Sequence[Unloaded], costs: dict[tuple[UUID, int], int]
) -> None:
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
