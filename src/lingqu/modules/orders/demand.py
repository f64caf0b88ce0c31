"""Expected demand: what standing orders will ask of a seller in the days to come."""

from datetime import timedelta
from typing import Annotated

from msgspec import Meta

from lingqu.kernel.clock import business_date
from lingqu.kernel.scope import Scope
from lingqu.modules.orders.standing_orders import SQL, due_dates
from lingqu.modules.orders.standing_types import Demand, StandingRow
from lingqu.modules.orders.template_lines import named_packs
from lingqu.runtime.paging import Listed, ListQuery
from lingqu.runtime.tx import Tx


class DemandQuery(ListQuery, frozen=True, kw_only=True):
    """How far to look ahead."""

    days: Annotated[int, Meta(ge=1, le=92)] = 28


async def expected_demand(tx: Tx, *, scope: Scope, query: DemandQuery) -> Listed[Demand]:
    """Sum what the standing orders of the caller's buyers will ask for, the most first."""
    rows = await tx.all(
        SQL["list_standing"],
        StandingRow,
        side="selling",
        seller_id=None,
        id=None,
        with_ended=False,
        own_id=scope.organization_id,
        q=None,
    )
    packs = await named_packs(tx, [line for row in rows for line in row.asked])
    sums: dict[int, Demand] = {}
    for row in rows:
        today = business_date(tx.now, row.time_zone)
        days = due_dates(row, since=today, until=today + timedelta(days=query.days))
        for line in row.asked if days else ():
            pack = packs[line.pack_id]
            before = sums.get(line.sku_id)
            sums[line.sku_id] = Demand(
                sku_id=line.sku_id,
                sku_code=pack.sku_code,
                name_zh=pack.name_zh,
                name_en=pack.name_en,
                base_unit=pack.base_unit,
                quantity=line.packs * pack.units * len(days) + (before.quantity if before else 0),
                order_count=len(days) + (before.order_count if before else 0),
                first_due_on=min(days[0], before.first_due_on) if before else days[0],
            )
    most = sorted(sums.values(), key=lambda one: (-one.quantity, one.sku_id))
    return Listed(most[: query.limit])
