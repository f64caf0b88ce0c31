"""Take in goods of a transfer, give up what will not come, or call it off."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.scope import Scope
from lingqu.modules.stock.carry import carry
from lingqu.modules.stock.issue import issue
from lingqu.modules.stock.nodes import own_node
from lingqu.modules.stock.ship_transfer import check_most
from lingqu.modules.stock.transfers import (
    FLOW,
    Part,
    Transfer,
    TransferStatus,
    finish_step,
    own_transfer,
    sum_parts,
    take_step,
)
from lingqu.modules.stock.types import Carry, Issue, MoveKind
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class OnTheWay(Struct, frozen=True):
    """What a document has in a bin of goods in transit: the sum of its own moves there."""

    line_no: int
    key: int
    lot_id: UUID | None
    expires_on: date | None
    quantity: int


async def on_the_way(tx: Tx, *, cell_id: int, document_id: UUID, bin_id: int) -> list[OnTheWay]:
    """Find which lots a document has in transit, first expired first.

    Shapes: one per line and lot, quantities above zero.
    """
    return await tx.all(SQL["find_on_the_way"], OnTheWay, cell_id=cell_id, document_id=document_id, bin_id=bin_id)


async def receive_transfer(
    tx: Tx, *, scope: Scope, transfer_id: UUID, parts: Sequence[Part], if_match: int
) -> Transfer:
    """Take goods in, with the lots they were sent with, also in another cell. May be done in parts.

    What is missing stays in transit until more comes or the transfer is closed with a reason. When everything that
    was asked for has been shipped and received, the transfer closes by itself.

    Raises: NotFound for another's transfer; WrongState; Stale; MoreThanAsked.
    """
    before = await own_transfer(tx, scope=scope, transfer_id=transfer_id)
    FLOW.target("receive", before.status, id=transfer_id)
    received = sum_parts(before, parts)
    check_most(received, {line.line_no: line.in_transit for line in before.lines})
    is_whole = all(line.received + line.lost + received.get(line.line_no, 0) == line.quantity for line in before.lines)
    status = TransferStatus.CLOSED if is_whole else TransferStatus.IN_TRANSIT
    await take_step(tx, before=before, step="receive", if_match=if_match, received=received, status=status)
    source = await own_node(tx, scope=scope, node_id=before.from_node_id)
    target = await own_node(tx, scope=scope, node_id=before.to_node_id)
    goods = await on_the_way(tx, cell_id=before.cell_id, document_id=transfer_id, bin_id=source.in_transit_bin_id)
    sku_of = {line.line_no: line.sku_id for line in before.lines}
    await carry(
        tx,
        document_kind="transfer",
        carries=[
            Carry(
                transfer_id,
                one.line_no,
                source.home_cell,
                one.key,
                target.home_cell,
                target.sellable(sku_of[one.line_no]),
                quantity,
                one.lot_id,
            )
            for one, quantity in pick(goods, received)
        ],
        business_on=target.today(tx.now),
        user_id=scope.actor.user_id,
    )
    return await finish_step(tx, scope=scope, before=before, step="receive")


async def close_transfer(tx: Tx, *, scope: Scope, transfer_id: UUID, reason: str, if_match: int) -> Transfer:
    """Give up what is still on its way: it leaves the books with the reason.

    Raises: NotFound for another's transfer; WrongState; Stale.
    """
    before = await own_transfer(tx, scope=scope, transfer_id=transfer_id)
    lost = {line.line_no: line.in_transit for line in before.lines if line.in_transit}
    await take_step(tx, before=before, step="close", if_match=if_match, lost=lost, reason=reason)
    source = await own_node(tx, scope=scope, node_id=before.from_node_id)
    goods = await on_the_way(tx, cell_id=before.cell_id, document_id=transfer_id, bin_id=source.in_transit_bin_id)
    await issue(
        tx,
        cell_id=before.cell_id,
        document_kind="transfer",
        issues=[Issue(transfer_id, one.line_no, one.key, quantity, one.lot_id) for one, quantity in pick(goods, lost)],
        kind=MoveKind.ADJUSTMENT,
        business_on=source.today(tx.now),
        user_id=scope.actor.user_id,
        reason=reason,
    )
    return await finish_step(tx, scope=scope, before=before, step="close")


async def cancel_transfer(tx: Tx, *, scope: Scope, transfer_id: UUID, reason: str, if_match: int) -> Transfer:
    """Call a transfer off of which nothing was shipped.

    Raises: NotFound for another's transfer; WrongState; Stale.
    """
    before = await own_transfer(tx, scope=scope, transfer_id=transfer_id)
    await take_step(tx, before=before, step="cancel", if_match=if_match, reason=reason)
    return await finish_step(tx, scope=scope, before=before, step="cancel")


def pick(goods: Sequence[OnTheWay], wanted: Mapping[int, int]) -> list[tuple[OnTheWay, int]]:
    """Serve each line's quantity from the lots it has on the way, in their order.

    Raises: ValueError if a line has less on the way than is wanted of it.
    """
    left = defaultdict(int, wanted)
    picked = []
    for one in goods:
        part = min(one.quantity, left[one.line_no])
        if part:
            picked.append((one, part))
            left[one.line_no] -= part
    if any(left.values()):
        raise ValueError(f"less on the way than wanted: {dict(left)}")
    return picked
