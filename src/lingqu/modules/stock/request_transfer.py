"""Ask for goods to go from one own node to another."""

from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.errors import FieldError, Invalid, Words
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.stock.adjusted import Quantity, check_skus
from lingqu.modules.stock.events import TransferChanged
from lingqu.modules.stock.nodes import own_node
from lingqu.modules.stock.transfers import Transfer, TransferStatus, own_transfer
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SAME = Words("Goods cannot be sent to where they are.", "调入与调出仓店不能相同。")


class NewTransferLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much of a SKU is asked for."""

    sku_id: Annotated[int, Meta(ge=1)]
    quantity: Quantity


class NewTransfer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From where, to where, and what."""

    from_node_id: Annotated[int, Meta(ge=1)]
    to_node_id: Annotated[int, Meta(ge=1)]
    lines: Annotated[list[NewTransferLine], Meta(min_length=1, max_length=1000)]
    note: Annotated[str, Meta(max_length=500)] = ""


async def request_transfer(tx: Tx, *, scope: Scope, new: NewTransfer) -> Transfer:
    """Ask for a transfer; nothing is promised until it is shipped.

    Raises: NotFound if one of the nodes is another's; Invalid for the same node twice or an unknown SKU.
    """
    source = await own_node(tx, scope=scope, node_id=new.from_node_id)
    await own_node(tx, scope=scope, node_id=new.to_node_id)
    if new.from_node_id == new.to_node_id:
        raise Invalid(errors=[FieldError("/to_node_id", "same", _SAME)])
    await check_skus(tx, [line.sku_id for line in new.lines])
    transfer_id = uuid7(at=tx.now)
    await tx.run(
        SQL["insert_transfer"],
        cell_id=source.home_cell,
        id=transfer_id,
        organization_id=source.organization_id,
        from_node_id=new.from_node_id,
        to_node_id=new.to_node_id,
        note=new.note,
        now=tx.now,
        user_id=scope.actor.user_id,
    )
    await tx.run(
        SQL["insert_transfer_lines"],
        cell_id=source.home_cell,
        transfer_id=transfer_id,
        line_no=list(range(1, len(new.lines) + 1)),
        sku_id=[line.sku_id for line in new.lines],
        quantity=[line.quantity for line in new.lines],
    )
    transfer = await own_transfer(tx, scope=scope, transfer_id=transfer_id)
    tx.record("transfer", transfer_id, after=transfer, cell_id=source.home_cell)
    tx.emit(
        TransferChanged(
            transfer_id=transfer_id,
            organization_id=source.organization_id,
            from_node_id=new.from_node_id,
            to_node_id=new.to_node_id,
            step="request",
            status=TransferStatus.REQUESTED,
        ),
        cell_id=source.home_cell,
    )
    return transfer
