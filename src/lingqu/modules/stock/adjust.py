"""Put stock right by hand: found, broken, stolen."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.errors import FieldError, Invalid, Words
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.stock.adjusted import Adjusted, Cost, LotCode, check_skus, write_down
from lingqu.modules.stock.exchange import exchange
from lingqu.modules.stock.lots import lot_id
from lingqu.modules.stock.nodes import OwnNode, own_node
from lingqu.modules.stock.types import Issue, MoveKind, Receipt
from lingqu.runtime.tx import Tx

_ZERO = Words("The quantity must not be zero.", "数量不能为零。")


class AdjustmentLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Goods that appear (``quantity`` > 0) or vanish (< 0). ``cost_minor`` null: at the present average."""

    sku_id: Annotated[int, Meta(ge=1)]
    quantity: Annotated[int, Meta(ge=-1_000_000_000_000, le=1_000_000_000_000)]
    state: Literal["sellable", "blocked"] = "sellable"
    lot_code: LotCode | None = None
    produced_on: date | None = None
    expires_on: date | None = None
    cost_minor: Cost | None = None


async def adjust(tx: Tx, *, scope: Scope, node_id: int, lines: Sequence[AdjustmentLine], reason: str) -> Adjusted:
    """Put stock of one of the caller's own nodes right. All lines or none.

    Raises: NotFound for another's node; Invalid for an unknown SKU or a quantity of zero; OutOfStock where less lies
            there than shall vanish, or it is promised; LotNeeded, LotDiffers.
    """
    node = await own_node(tx, scope=scope, node_id=node_id)
    await check_skus(tx, [line.sku_id for line in lines])
    errors = [FieldError(f"/lines/{i}/quantity", "zero", _ZERO) for i, line in enumerate(lines) if not line.quantity]
    if errors:
        raise Invalid(errors=errors)
    document_id = uuid7(at=tx.now)
    await exchange(
        tx,
        cell_id=node.home_cell,
        document_kind="adjustment",
        kind=MoveKind.ADJUSTMENT,
        issues=[_issue(node, document_id, i, line) for i, line in enumerate(lines, 1) if line.quantity < 0],
        receipts=[_receipt(node, document_id, i, line) for i, line in enumerate(lines, 1) if line.quantity > 0],
        business_on=node.today(tx.now),
        user_id=scope.actor.user_id,
        reason=reason,
    )
    skus = [line.sku_id for line in lines]
    return write_down(tx, node, document_id, kind=MoveKind.ADJUSTMENT, sku_ids=skus, reason=reason, lines=lines)


def _key(node: OwnNode, line: AdjustmentLine) -> int:
    return node.sellable(line.sku_id) if line.state == "sellable" else node.blocked(line.sku_id)


def _issue(node: OwnNode, document_id: UUID, line_no: int, line: AdjustmentLine) -> Issue:
    lot = None if line.lot_code is None else lot_id(sku_id=line.sku_id, code=line.lot_code)
    return Issue(document_id, line_no, _key(node, line), -line.quantity, lot)


def _receipt(node: OwnNode, document_id: UUID, line_no: int, line: AdjustmentLine) -> Receipt:
    return Receipt(
        document_id,
        line_no,
        _key(node, line),
        line.quantity,
        line.lot_code,
        line.produced_on,
        line.expires_on,
        line.cost_minor,
    )
