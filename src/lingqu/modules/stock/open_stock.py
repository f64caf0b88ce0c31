"""Load what lies at a node on its first day."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.errors import FieldError, Refusal, Words
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.stock.adjusted import Adjusted, Cost, LotCode, Quantity, check_skus, write_down
from lingqu.modules.stock.exchange import exchange
from lingqu.modules.stock.nodes import own_node
from lingqu.modules.stock.types import MoveKind, Receipt
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_OPENED = Words("SKU {sku_id} has moves here already; adjust it.", "商品 {sku_id} 在此已有库存流水，请使用库存调整。")


class AlreadyOpened(Refusal):
    """Opening stock is for keys that nothing has happened to."""

    code = "stock.already-opened"
    status = 409
    title = Words("Stock was opened before", "期初库存已录入")


class OpeningLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Goods that lie at a node on its first day; ``cost_minor`` is the cost of all of them."""

    sku_id: Annotated[int, Meta(ge=1)]
    quantity: Quantity
    lot_code: LotCode | None = None
    produced_on: date | None = None
    expires_on: date | None = None
    cost_minor: Cost = 0


async def open_stock(
    tx: Tx, *, scope: Scope, node_id: int, lines: Sequence[OpeningLine], business_on: date | None = None
) -> Adjusted:
    """Load what lies at one of the caller's own nodes on its first day.

    Raises: NotFound for another's node; Invalid for an unknown SKU; AlreadyOpened naming each SKU that has moves;
            LotNeeded, LotDiffers.
    """
    node = await own_node(tx, scope=scope, node_id=node_id)
    await check_skus(tx, [line.sku_id for line in lines])
    keys = [node.sellable(line.sku_id) for line in lines]
    moved = set(await tx.values(SQL["find_moved"], int, cell_id=node.home_cell, key=sorted(set(keys))))
    errors = [
        FieldError(f"/lines/{i}/sku_id", "opened", _OPENED, {"sku_id": line.sku_id})
        for i, (line, key) in enumerate(zip(lines, keys, strict=True))
        if key in moved
    ]
    if errors:
        raise AlreadyOpened(errors=errors)
    document_id = uuid7(at=tx.now)
    await exchange(
        tx,
        cell_id=node.home_cell,
        document_kind="opening",
        kind=MoveKind.OPENING,
        receipts=[
            Receipt(
                document_id, i, key, line.quantity, line.lot_code, line.produced_on, line.expires_on, line.cost_minor
            )
            for i, (line, key) in enumerate(zip(lines, keys, strict=True), 1)
        ],
        business_on=business_on or node.today(tx.now),
        user_id=scope.actor.user_id,
    )
    skus = [line.sku_id for line in lines]
    return write_down(tx, node, document_id, kind=MoveKind.OPENING, sku_ids=skus, reason="", lines=lines)
