"""What adjusting, opening and counting have in common: the document they leave behind."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.errors import FieldError, Invalid, Words
from lingqu.modules.stock.events import StockAdjusted
from lingqu.modules.stock.lots import sku_facts
from lingqu.modules.stock.nodes import OwnNode
from lingqu.modules.stock.types import MoveKind
from lingqu.runtime.tx import Tx

Quantity = Annotated[int, Meta(ge=1, le=1_000_000_000_000)]
Reason = Annotated[str, Meta(min_length=1, max_length=500)]
LotCode = Annotated[str, Meta(min_length=1, max_length=60)]
Cost = Annotated[int, Meta(ge=0, le=1_000_000_000_000_000)]

_UNKNOWN = Words("There is no SKU {sku_id}.", "商品 {sku_id} 不存在。")


class Adjusted(Struct, frozen=True, kw_only=True):
    """What was done: the document whose moves it is."""

    document_id: UUID
    node_id: int
    kind: MoveKind
    business_on: date
    reason: str
    line_count: int


async def check_skus(tx: Tx, sku_ids: Sequence[int]) -> None:
    """Make sure that every SKU exists.

    Raises: Invalid naming each line whose SKU does not.
    """
    known = await sku_facts(tx, sku_ids)
    errors = [
        FieldError(f"/lines/{index}/sku_id", "unknown", _UNKNOWN, {"sku_id": sku_id})
        for index, sku_id in enumerate(sku_ids)
        if sku_id not in known
    ]
    if errors:
        raise Invalid(errors=errors)


def write_down(
    tx: Tx,
    node: OwnNode,
    document_id: UUID,
    *,
    kind: MoveKind,
    sku_ids: Sequence[int],
    reason: str,
    lines: Sequence[Struct],
) -> Adjusted:
    """Record and publish what was done, and say it."""
    done = Adjusted(
        document_id=document_id,
        node_id=node.id,
        kind=kind,
        business_on=node.today(tx.now),
        reason=reason,
        line_count=len(lines),
    )
    tx.record("stock-adjustment", document_id, after={"done": done, "lines": lines}, cell_id=node.home_cell)
    tx.emit(
        StockAdjusted(
            document_id=document_id,
            kind=kind,
            organization_id=node.organization_id,
            node_id=node.id,
            sku_ids=tuple(sorted(set(sku_ids))),
        ),
        cell_id=node.home_cell,
    )
    return done
