"""Expire orders that nobody approved in time: stock and money are free again, all or none of it."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from lingqu.kernel.clock import business_date
from lingqu.modules.orders.events import OrderExpired
from lingqu.modules.orders.let_go import let_go
from lingqu.modules.orders.sheet import Sheet, lock_sheets, save_sheets
from lingqu.modules.orders.step import advance, taken
from lingqu.modules.stock.api import find_expired
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_AT_ONCE = 200


async def expire_due(tx: Tx, *, cell_id: int) -> int:
    """Expire the orders of one cell whose time is over and count them; at most 200 at once."""
    ids = await tx.values(SQL["find_due"], UUID, cell_id=cell_id, now=tx.now, limit=_AT_ONCE)
    return await expire(tx, cell_id=cell_id, order_ids=ids)


async def expire_on_keys(tx: Tx, *, cell_id: int, keys: Sequence[int]) -> int:
    """Expire the orders that hold these stock keys past their time, so that nobody is refused for their sake."""
    ids = await find_expired(tx, cell_id=cell_id, keys=keys)
    return await expire(tx, cell_id=cell_id, order_ids=ids)


async def expire(tx: Tx, *, cell_id: int, order_ids: Iterable[UUID]) -> int:
    """Lock these orders, see which are still due, and let go of what they hold."""
    ids = list(order_ids)
    if not ids:
        return 0
    sheets = [sheet for sheet in (await lock_sheets(tx, cell_id=cell_id, order_ids=ids)).values() if _is_due(tx, sheet)]
    for sheet in sheets:
        sheet.order.status = advance(sheet, "expire")
    by_zone = {sheet.order.time_zone for sheet in sheets}
    for zone in sorted(by_zone):
        today = business_date(tx.now, zone)
        some = [sheet for sheet in sheets if sheet.order.time_zone == zone]
        await let_go(tx, cell_id=cell_id, sheets=some, business_on=today)
        for sheet in some:
            order = sheet.order
            event = OrderExpired(
                order_id=order.id, buyer_id=order.buyer_id, seller_id=order.seller_id, business_on=today
            )
            tx.emit(event, cell_id=cell_id)
    await save_sheets(tx, cell_id=cell_id, sheets=sheets, steps=[taken(sheet, "expire") for sheet in sheets])
    return len(sheets)


def _is_due(tx: Tx, sheet: Sheet) -> bool:
    order = sheet.order
    return order.status == "placed" and order.expires_at is not None and order.expires_at <= tx.now
