"""Gather the facts that rules look at for a batch of baskets: one read of stock, one of loads."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from lingqu.modules.routing.choose import Facts
from lingqu.modules.routing.decisions import find_loads
from lingqu.modules.routing.plan import Course
from lingqu.modules.stock.api import find_free
from lingqu.runtime.tx import Tx


async def gather(
    tx: Tx, *, cell_id: int, business_on: date, baskets: Iterable[tuple[Course, Sequence[int]]], minute: int
) -> Facts:
    """Read what lies free at every node that baskets of one cell may be served from, without locks.

    Suppliers' nodes are read where they are.

    Shapes: a basket is a course and its SKUs.
    """
    keys: set[int] = set()
    elsewhere: dict[int, set[int]] = defaultdict(set)
    busy: set[int] = set()
    for course, sku_ids in baskets:
        if course.suppliers:
            for bin_id, supplier_id, cell in zip(course.bin_ids, course.suppliers, course.cells, strict=True):
                some = elsewhere[cell] if supplier_id and cell != cell_id else keys
                some.update(bin_id << 32 | sku_id for sku_id in sku_ids)
        else:
            keys.update(bin_id << 32 | sku_id for bin_id in course.bin_ids for sku_id in sku_ids)
        if course.counts_load:
            busy.update(course.node_ids)
    rows = await find_free(tx, cell_id=cell_id, keys=keys, business_on=business_on)
    for cell, some in sorted(elsewhere.items()):
        rows += await find_free(tx, cell_id=cell, keys=some, business_on=business_on)
    return Facts(
        free={key: free for key, free, _ in rows},
        days_left={key: (expiry - business_on).days for key, _, expiry in rows if expiry is not None},
        loads=await find_loads(tx, cell_id=cell_id, node_ids=busy, business_on=business_on),
        minute=minute,
    )


def minute_of(now: datetime, time_zone: str) -> int:
    """Tell the minute of the day at a place."""
    local = now.astimezone(ZoneInfo(time_zone))
    return local.hour * 60 + local.minute
