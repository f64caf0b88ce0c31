"""Read what waits for goods, and how an arrival would be shared among it."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import node_terms, organization_terms
from lingqu.modules.orders.share import Policy, Waiting, share
from lingqu.modules.orders.sharing import find_sharing, ranks_of
from lingqu.modules.orders.types import SkuId
from lingqu.modules.stock.api import find_free, key_of
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"placed_at": "placed_at", "owed": "owed", "code": "sku_code"}, default="placed_at")


class BackOrder(Struct, frozen=True, kw_only=True):
    """A line that waits for goods. Units: base units; ``free`` is what its node has for it now."""

    id: str
    order_id: UUID
    line_no: int
    number: str | None
    buyer_id: int
    buyer_name: str
    buyer_level: str
    node_id: int
    node_name: str
    sku_id: int
    sku_code: str
    name_zh: str
    name_en: str
    base_unit: str
    units_per_pack: int
    quantity: int
    owed: int
    free: int
    placed_at: datetime
    requested_on: date | None


class BackOrderQuery(ListQuery, frozen=True, kw_only=True):
    """Filters of the list; ``q`` finds by order number, buyer, or the SKU's code or name."""

    sku_id: int | None = None
    node_id: int | None = None


class ArrivalAsk(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What if ``quantity`` more of a SKU came to a node; without a policy the one that is set."""

    sku_id: SkuId
    node_id: SkuId
    quantity: Annotated[int, Meta(ge=0, le=1_000_000_000)]
    policy: Policy | None = None


class ArrivalLine(Struct, frozen=True, kw_only=True):
    """What a waiting line would get of an arrival."""

    order_id: UUID
    line_no: int
    number: str | None
    buyer_name: str
    buyer_level: str
    base_unit: str
    placed_at: datetime
    owed: int
    quantity: int


class Arrival(Struct, frozen=True, kw_only=True):
    """How an arrival would be shared: ``free`` is there already, ``left`` nobody waits for."""

    policy: Policy
    free: int
    left: int
    lines: list[ArrivalLine]


class _Line(Struct, frozen=True, kw_only=True):
    order_id: UUID
    line_no: int
    number: str | None
    buyer_id: int
    buyer_name: str
    buyer_level: str
    base_unit: str
    placed_at: datetime
    owed: int
    units_per_pack: int


async def list_back_orders(tx: Tx, *, scope: Scope, query: BackOrderQuery) -> Listed[BackOrder]:
    """List the lines that wait for goods of the caller's own organization, the oldest order first."""
    return await list_page(
        tx,
        SQL["list_back_orders"],
        BackOrder,
        query=query,
        sorts=_SORTS,
        now=tx.now,
        cell_id=scope.cell_id,
        organization_id=scope.organization_id,
        q=None if query.q is None else f"%{query.q}%",
        sku_id=query.sku_id,
        node_id=query.node_id,
    )


async def preview_arrival(tx: Tx, *, scope: Scope, ask: ArrivalAsk) -> Arrival:
    """Tell who would get what of an arrival at one of the caller's nodes. Nothing is reserved.

    Raises: NotFound for a node of somebody else.
    """
    node = (await node_terms(tx, node_ids=[ask.node_id])).get(ask.node_id)
    if node is None or node.organization_id != scope.organization_id:
        raise NotFound(kind="node", id=ask.node_id)
    key = key_of(bin_id=node.sellable_bin_id, sku_id=ask.sku_id)
    own = (await organization_terms(tx, organization_ids=[scope.organization_id]))[scope.organization_id]
    today = business_date(tx.now, own.time_zone)
    found = await find_free(tx, cell_id=node.home_cell, keys=[key], business_on=today)
    free = max(found[0][1], 0) if found else 0
    setting = await find_sharing(tx, cell_id=scope.cell_id, seller_id=scope.organization_id)
    policy = ask.policy or setting.policy
    rows = await tx.all(
        SQL["read_waiting"],
        _Line,
        cell_id=scope.cell_id,
        organization_id=scope.organization_id,
        key=key,
        now=tx.now,
    )
    ranks = await ranks_of(tx, buyer_ids={row.buyer_id for row in rows}, levels=setting.levels)
    lines = [
        Waiting(
            order_id=row.order_id,
            line_no=row.line_no,
            owed=row.owed,
            units_per_pack=row.units_per_pack,
            rank=ranks.get(row.buyer_id, len(setting.levels)),
            placed_at=row.placed_at,
        )
        for row in rows
    ]
    shares = share(lines, free=free + ask.quantity, policy=policy)
    return Arrival(
        policy=policy,
        free=free,
        left=free + ask.quantity - sum(shares),
        lines=[
            ArrivalLine(
                order_id=row.order_id,
                line_no=row.line_no,
                number=row.number,
                buyer_name=row.buyer_name,
                buyer_level=row.buyer_level,
                base_unit=row.base_unit,
                placed_at=row.placed_at,
                owed=row.owed,
                quantity=part,
            )
            for row, part in zip(rows, shares, strict=True)
        ],
    )
