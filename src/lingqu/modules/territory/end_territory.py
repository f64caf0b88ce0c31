"""Take counties back, from a day on."""

from datetime import date
from typing import ClassVar

from msgspec import Struct

from lingqu.kernel.errors import NotFound, Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import OnlyFromAbove, bump_epochs
from lingqu.modules.territory.events import TerritoryEnded
from lingqu.modules.territory.types import Tier
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class EndedBefore(Refusal):
    """It ends on that day or earlier already."""

    code = "territory.ended-before"
    status: ClassVar[int] = 409
    title = Words("Ends earlier already", "已更早结束")


class _Held(Struct, frozen=True):
    organization_id: int
    product_line_id: int
    region_id: int
    valid_from: date
    valid_until: date | None


async def end_territory(tx: Tx, *, scope: Scope, territory_id: int, valid_until: date) -> None:
    """End a distributor's county on a day; the areas cut out of it end with it.

    Raises: NotFound, OnlyFromAbove, EndedBefore.
    """
    held = await _end(tx, scope, Tier.DISTRIBUTOR, territory_id, valid_until)
    await tx.run(SQL["end_areas_of_territory"], territory_id=territory_id, valid_until=valid_until)
    await bump_epochs(tx, seller_ids=[held.organization_id])


async def end_area(tx: Tx, *, scope: Scope, area_id: int, valid_until: date) -> None:
    """End a dealer's county on a day.

    Raises: NotFound, OnlyFromAbove, EndedBefore.
    """
    held = await _end(tx, scope, Tier.DEALER, area_id, valid_until)
    await bump_epochs(tx, seller_ids=[held.organization_id])


async def _end(tx: Tx, scope: Scope, tier: Tier, place_id: int, valid_until: date) -> _Held:
    held = await tx.first(
        SQL[f"lock_{tier}_place"],
        _Held,
        id=place_id,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
    if held is None:
        raise NotFound(kind="territory", id=place_id)
    if held.organization_id == scope.organization_id:
        raise OnlyFromAbove
    end = max(valid_until, held.valid_from)
    if held.valid_until is not None and held.valid_until <= end:
        raise EndedBefore
    await tx.run(SQL[f"end_{tier}_place"], id=place_id, valid_until=end)
    tx.record(f"{tier}-territory", place_id, before={"valid_until": held.valid_until}, after={"valid_until": end})
    tx.emit(
        TerritoryEnded(
            tier=tier,
            organization_id=held.organization_id,
            product_line_id=held.product_line_id,
            region_id=held.region_id,
            valid_until=end,
        )
    )
    return held
