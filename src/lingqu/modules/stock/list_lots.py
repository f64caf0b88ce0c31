"""Lots for people: what lies where, of which lot, and until when it may be sold."""

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import BinState
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.search import query_keys
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
Id = Annotated[int, Meta(ge=1)]
_SORTS = Sorts({"expiry": "expiry_key", "name": "sort_key", "on_hand": "on_hand"}, default="expiry")


class LotQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``q`` finds the SKU; ``expires_within_days`` keeps what must be sold soon."""

    node_id: Id | None = None
    sku_id: Id | None = None
    state: BinState | None = None
    expires_within_days: Annotated[int, Meta(ge=0, le=3650)] | None = None


class LotLine(Struct, frozen=True, kw_only=True):
    """A lot in a bin, or what lies there without a lot."""

    id: str
    node_id: int
    node_name: str
    state: BinState
    sku_id: int
    sku_code: str
    name_zh: str
    name_en: str
    base_unit: str
    lot_id: UUID | None
    lot_code: str | None
    produced_on: date | None
    expires_on: date | None
    on_hand: int


async def list_lots(tx: Tx, *, scope: Scope, query: LotQuery, today: date) -> Listed[LotLine]:
    """List the lots of the caller's own tree, the first to expire first."""
    before = None if query.expires_within_days is None else today + timedelta(days=query.expires_within_days + 1)
    return await list_page(
        tx,
        SQL["list_lots"],
        LotLine,
        query=query,
        sorts=_SORTS,
        node_id=query.node_id,
        sku_id=query.sku_id,
        state=query.state,
        expires_before=before,
        keys=query_keys(query.q),
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
