"""Stock for people: the list, and one SKU at one node."""

from datetime import date, datetime, timedelta
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.stock.list_lots import LotLine, LotQuery, list_lots
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.search import query_keys
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_SORTS = Sorts(
    {"name": "sort_key", "code": "sku_code", "node": "node_code", "free": "free", "expiry": "expiry_key"},
    default="name",
)
Id = Annotated[int, Meta(ge=1)]


class StockQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``q`` finds names, pinyin initials and codes; ``expires_within_days`` keeps what must be sold soon."""

    node_id: Id | None = None
    organization_id: Id | None = None
    sku_id: Id | None = None
    expires_within_days: Annotated[int, Meta(ge=0, le=3650)] | None = None
    with_empty: bool = False


class StockLine(Struct, frozen=True, kw_only=True):
    """A SKU at a node. Of a partner's stock only ``free`` is told, the rest is null.

    ``on_hand``, ``reserved``, ``expired`` and ``free`` are the sellable goods: free = on_hand - reserved - expired.
    ``as_of`` is when the books were asked; there is no copy between them and this answer that could lag.
    ``value_minor`` is there for whoever may see cost.
    """

    id: str
    node_id: int
    node_code: str
    node_name: str
    organization_id: int
    organization_name: str
    sku_id: int
    sku_code: str
    name_zh: str
    name_en: str
    base_unit: str
    is_lot_tracked: bool
    is_own: bool
    on_hand: int | None
    reserved: int | None
    expired: int | None
    free: int
    blocked: int | None
    in_transit: int | None
    next_expiry_on: date | None
    value_minor: int | None
    currency: str | None
    as_of: datetime


class NodeStock(StockLine, frozen=True, kw_only=True):
    """A SKU at a node with its lots, at most 200 of them; a partner's lots are not told."""

    lots: list[LotLine] = []


async def list_stock(tx: Tx, *, scope: Scope, query: StockQuery, today: date) -> Listed[StockLine]:
    """List the stock that the caller may see: its own tree's, and what sellers show it."""
    before = None if query.expires_within_days is None else today + timedelta(days=query.expires_within_days + 1)
    return await list_page(
        tx,
        SQL["list_stock"],
        StockLine,
        query=query,
        sorts=_SORTS,
        node_id=query.node_id,
        organization_id=query.organization_id,
        sku_id=query.sku_id,
        expires_before=before,
        with_empty=query.with_empty,
        keys=query_keys(query.q),
        **await _visibility(tx, scope, today),
    )


async def read_stock(tx: Tx, *, scope: Scope, node_id: int, sku_id: int, today: date) -> NodeStock:
    """Read one SKU at one node with its lots.

    Raises: NotFound.
    """
    found = await tx.first(
        SQL["list_stock"],
        NodeStock,
        node_id=node_id,
        organization_id=None,
        sku_id=sku_id,
        expires_before=None,
        with_empty=True,
        keys=None,
        **await _visibility(tx, scope, today),
    )
    if found is None:
        raise NotFound(kind="stock", id=f"{node_id}-{sku_id}")
    lots = await list_lots(tx, scope=scope, query=LotQuery(node_id=node_id, sku_id=sku_id, limit=200), today=today)
    return replace(found, lots=lots.items)


async def _visibility(tx: Tx, scope: Scope, today: date) -> dict[str, object]:
    """Collect what the stock list needs to know of the caller."""
    shared = await tx.tuples(SQL["find_shared"], organization_ids=list(scope.organization_ids), today=today)
    return {
        "is_whole": scope.is_whole,
        "organization_ids": list(scope.organization_ids),
        "shared_seller": [seller_id for seller_id, _ in shared],
        "shared_line": [line_id for _, line_id in shared],
        "sees_value": scope.allows("stock.value"),
        "today": today,
        "now": tx.now,
    }
