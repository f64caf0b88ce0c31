"""Moves for people: every change of on-hand."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import BinState
from lingqu.modules.stock.types import MoveKind
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
Id = Annotated[int, Meta(ge=1)]

_MOVE_SORTS = Sorts({"recorded_at": "recorded_at", "business_on": "business_on"}, default="-recorded_at")


class MoveQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``lot_code`` follows a lot; days are from, until (not included)."""

    node_id: Id | None = None
    sku_id: Id | None = None
    kind: MoveKind | None = None
    document_id: UUID | None = None
    lot_code: Annotated[str, Meta(max_length=60)] | None = None
    from_on: date | None = None
    until_on: date | None = None


class MoveLine(Struct, frozen=True, kw_only=True):
    """One change of on-hand: when, where, what, why, by whom."""

    id: UUID
    recorded_at: datetime
    business_on: date
    node_id: int
    node_name: str
    state: BinState
    sku_id: int
    sku_code: str
    name_zh: str
    name_en: str
    base_unit: str
    lot_code: str | None
    expires_on: date | None
    quantity: int
    kind: MoveKind
    document_kind: str
    document_id: UUID
    line_no: int
    reason: str | None
    user_name: str | None
    cost_minor: int | None


async def list_moves(tx: Tx, *, scope: Scope, query: MoveQuery) -> Listed[MoveLine]:
    """List the moves of the caller's own tree, the newest first."""
    return await list_page(
        tx,
        SQL["list_moves"],
        MoveLine,
        query=query,
        sorts=_MOVE_SORTS,
        node_id=query.node_id,
        sku_id=query.sku_id,
        kind=query.kind,
        document_id=query.document_id,
        lot_code=query.lot_code,
        from_on=query.from_on,
        until_on=query.until_on,
        sees_value=scope.allows("stock.value"),
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
