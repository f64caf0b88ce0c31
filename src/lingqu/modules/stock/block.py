"""Keep goods back from sale, and let them be sold again."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.stock.adjusted import LotCode, Quantity, Reason
from lingqu.modules.stock.carry import carry
from lingqu.modules.stock.events import LotBlocked, LotUnblocked
from lingqu.modules.stock.lots import lot_id
from lingqu.modules.stock.nodes import OwnNode, own_node
from lingqu.modules.stock.types import Carry, MoveKind
from lingqu.runtime.tx import Tx


class Blocking(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Goods of one SKU at one node, of one lot where it is kept by lot, and why."""

    node_id: Annotated[int, Meta(ge=1)]
    sku_id: Annotated[int, Meta(ge=1)]
    lot_code: LotCode | None = None
    quantity: Quantity
    reason: Reason


class Blocked(Struct, frozen=True, kw_only=True):
    """What was kept back or given free: the document whose moves it is."""

    document_id: UUID
    node_id: int
    sku_id: int
    lot_code: str | None
    quantity: int
    reason: str


async def block(tx: Tx, *, scope: Scope, blocking: Blocking) -> Blocked:
    """Keep goods back from sale; only what is not promised to anybody can be.

    Raises: NotFound for another's node; OutOfStock if less than that lies there unpromised.
    """
    node = await own_node(tx, scope=scope, node_id=blocking.node_id)
    done = await _carry(
        tx,
        scope,
        node,
        blocking,
        from_key=node.sellable(blocking.sku_id),
        to_key=node.blocked(blocking.sku_id),
    )
    tx.emit(
        LotBlocked(
            document_id=done.document_id,
            organization_id=node.organization_id,
            node_id=node.id,
            sku_id=done.sku_id,
            lot_code=done.lot_code,
            quantity=done.quantity,
            cause="person",
        ),
        cell_id=node.home_cell,
    )
    return done


async def unblock(tx: Tx, *, scope: Scope, blocking: Blocking) -> Blocked:
    """Let goods that were kept back be sold again; an expired lot stays unsellable wherever it lies.

    Raises: NotFound for another's node; OutOfStock if less than that is kept back.
    """
    node = await own_node(tx, scope=scope, node_id=blocking.node_id)
    done = await _carry(
        tx,
        scope,
        node,
        blocking,
        from_key=node.blocked(blocking.sku_id),
        to_key=node.sellable(blocking.sku_id),
    )
    tx.emit(
        LotUnblocked(
            document_id=done.document_id,
            organization_id=node.organization_id,
            node_id=node.id,
            sku_id=done.sku_id,
            lot_code=done.lot_code,
            quantity=done.quantity,
        ),
        cell_id=node.home_cell,
    )
    return done


async def _carry(tx: Tx, scope: Scope, node: OwnNode, blocking: Blocking, *, from_key: int, to_key: int) -> Blocked:
    lot = None if blocking.lot_code is None else lot_id(sku_id=blocking.sku_id, code=blocking.lot_code)
    document_id = uuid7(at=tx.now)
    line = Carry(document_id, 1, node.home_cell, from_key, node.home_cell, to_key, blocking.quantity, lot)
    await carry(
        tx,
        document_kind="blocking",
        carries=[line],
        out_kind=MoveKind.BLOCK,
        in_kind=MoveKind.BLOCK,
        business_on=node.today(tx.now),
        user_id=scope.actor.user_id,
        reason=blocking.reason,
    )
    done = Blocked(
        document_id=document_id,
        node_id=node.id,
        sku_id=blocking.sku_id,
        lot_code=blocking.lot_code,
        quantity=blocking.quantity,
        reason=blocking.reason,
    )
    tx.record("stock-blocking", document_id, after=done, cell_id=node.home_cell)
    return done
