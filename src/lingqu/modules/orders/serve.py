"""Serve: goods that have come are reserved for the orders that wait for them, shared as their seller has set."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.clock import business_date
from lingqu.kernel.scope import Scope
from lingqu.modules.orders.events import BackOrdersServed
from lingqu.modules.orders.fulfilment import fact_of
from lingqu.modules.orders.share import Waiting, share
from lingqu.modules.orders.sharing import Sharing, find_sharing, ranks_of
from lingqu.modules.orders.sheet import LineRow, Sheet, lock_sheets, save_sheets
from lingqu.modules.orders.step import taken
from lingqu.modules.stock.api import Claim, lock_free, reserve
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_AT_ONCE = 500
"""Orders in one transaction. Where more wait, the oldest are shared among first; the next run serves the others."""


class ServedLine(Struct, frozen=True, kw_only=True):
    """What a line got, in base units, and what it is still owed."""

    order_id: UUID
    line_no: int
    sku_id: int
    quantity: int
    owed: int


class Served(Struct, frozen=True, kw_only=True):
    """What a run gave out."""

    order_count: int
    unit_count: int
    lines: list[ServedLine]


class _Row(Struct, frozen=True, kw_only=True):
    order_id: UUID
    buyer_id: int | None
    placed_at: datetime


async def serve(tx: Tx, *, cell_id: int, seller_id: int, keys: Sequence[int] | None = None) -> Served:
    """Give what is free of some stock keys, or of all, to the seller's orders that wait for it.

    Orders are locked in the order of their ids, then stock keys in theirs, and everything is decided under both: who
    was cancelled or served meanwhile gets nothing, and what somebody places at this moment is not given away. Run
    again it finds nothing more to give.
    """
    setting = await find_sharing(tx, cell_id=cell_id, seller_id=seller_id)
    rows = await tx.all(
        SQL["find_waiting"],
        _Row,
        cell_id=cell_id,
        seller_id=seller_id,
        key=None if keys is None else sorted(set(keys)),
        limit=_AT_ONCE,
    )
    if not rows:
        return Served(order_count=0, unit_count=0, lines=[])
    sheets = await lock_sheets(tx, cell_id=cell_id, order_ids=[row.order_id for row in rows])
    owed = _owed(tx, [sheet for sheet in sheets.values() if sheet.order.seller_id == seller_id], keys)
    if not owed:
        return Served(order_count=0, unit_count=0, lines=[])
    zone = next(iter(sheets.values())).order.time_zone
    free = await lock_free(tx, cell_id=cell_id, keys=sorted(owed), business_on=business_date(tx.now, zone))
    placed = {row.order_id: row.placed_at for row in rows}
    buyers = {row.buyer_id for row in rows if row.buyer_id is not None}
    ranks = await ranks_of(tx, buyer_ids=buyers, levels=setting.levels)
    given = _share(owed, free, setting, placed=placed, ranks=ranks)
    return await _give(tx, cell_id, given)


async def serve_skus(tx: Tx, *, scope: Scope, sku_ids: Sequence[int] | None) -> Served:
    """Serve the caller's own waiting orders now, of some SKUs or all, automatic or not."""
    keys: list[int] | None = None
    if sku_ids is not None:
        keys = await tx.values(
            SQL["find_keys_of_goods"], int, seller_id=scope.organization_id, sku_ids=list(sku_ids), node_id=None
        )
    return await serve(tx, cell_id=scope.cell_id, seller_id=scope.organization_id, keys=keys)


def _owed(tx: Tx, sheets: Sequence[Sheet], keys: Sequence[int] | None) -> dict[int, list[tuple[Sheet, LineRow]]]:
    """Find, under lock, the lines that wait, by stock key; an order whose time is over waits no more."""
    wanted = None if keys is None else set(keys)
    found: dict[int, list[tuple[Sheet, LineRow]]] = defaultdict(list)
    for sheet in sheets:
        order = sheet.order
        is_over = order.expires_at is not None and order.expires_at <= tx.now
        if order.status not in {"placed", "confirmed"} or is_over:
            continue
        for line in sheet.lines:
            if line.owed and (wanted is None or line.key in wanted):
                found[line.key].append((sheet, line))
    return found


def _share(
    owed: Mapping[int, Sequence[tuple[Sheet, LineRow]]],
    free: Mapping[int, int],
    setting: Sharing,
    *,
    placed: Mapping[UUID, datetime],
    ranks: Mapping[int, int],
) -> list[tuple[Sheet, LineRow, int]]:
    given: list[tuple[Sheet, LineRow, int]] = []
    for key, pairs in sorted(owed.items()):
        lines = [
            Waiting(
                order_id=sheet.order.id,
                line_no=line.line_no,
                owed=line.back_ordered,
                units_per_pack=line.units_per_pack,
                rank=ranks.get(sheet.order.buyer_id or 0, len(setting.levels)),
                placed_at=placed[sheet.order.id],
            )
            for sheet, line in pairs
        ]
        shares = share(lines, free=free[key], policy=setting.policy)
        given += [(sheet, line, part) for (sheet, line), part in zip(pairs, shares, strict=True) if part]
    return given


async def _give(tx: Tx, cell_id: int, given: Sequence[tuple[Sheet, LineRow, int]]) -> Served:
    claims = [
        Claim(sheet.order.id, line.line_no, line.key, part, sheet.order.expires_at) for sheet, line, part in given
    ]
    await reserve(tx, cell_id=cell_id, claims=claims)
    by_order: dict[UUID, list[tuple[LineRow, int]]] = defaultdict(list)
    sheets: dict[UUID, Sheet] = {}
    for sheet, line, part in given:
        line.back_ordered -= part
        line.reserved += part
        by_order[sheet.order.id].append((line, part))
        sheets[sheet.order.id] = sheet
    steps = []
    for order_id, parts in by_order.items():
        order = sheets[order_id].order
        steps.append(taken(sheets[order_id], "allocate", units=sum(part for _, part in parts)))
        event = BackOrdersServed(
            order_id=order_id,
            buyer_id=order.buyer_id,
            seller_id=order.seller_id,
            business_on=business_date(tx.now, order.time_zone),
            lines=tuple(fact_of(line, part) for line, part in parts),
        )
        tx.emit(event, cell_id=cell_id)
    await save_sheets(tx, cell_id=cell_id, sheets=list(sheets.values()), steps=steps)
    return Served(
        order_count=len(sheets),
        unit_count=sum(part for _, _, part in given),
        lines=[
            ServedLine(
                order_id=sheet.order.id,
                line_no=line.line_no,
                sku_id=line.sku_id,
                quantity=part,
                owed=line.back_ordered,
            )
            for sheet, line, part in given
        ],
    )
