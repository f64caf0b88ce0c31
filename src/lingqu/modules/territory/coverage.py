"""Coverage: which part of each region of a product line has somebody, and where the white spots are."""

from datetime import date
from typing import Literal

from msgspec import Struct

from lingqu.kernel.scope import Scope
from lingqu.modules.territory.types import Tier
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"region": "id", "held": "held_count"}, default="region")


class CoverageQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The regions inside ``parent_id``, countries where it is left out, of one line on one day."""

    product_line_id: int
    on: date
    tier: Tier = Tier.DISTRIBUTOR
    parent_id: int | None = None


class Coverage(Struct, frozen=True, kw_only=True):
    """One region with its counties and those that somebody below the caller holds; a single holder is named."""

    id: int
    level: Literal["country", "province", "prefecture", "county"]
    name_zh: str
    name_en: str
    county_count: int
    held_count: int
    holder_count: int
    holder_id: int | None
    holder_name: str | None
    holder_name_en: str | None


async def list_coverage(tx: Tx, *, scope: Scope, query: CoverageQuery) -> Listed[Coverage]:
    """List the regions inside one; a county held by somebody outside the caller's scope counts as free."""
    return await list_page(
        tx,
        SQL["list_coverage"],
        Coverage,
        query=query,
        sorts=_SORTS,
        tier=query.tier,
        product_line_id=query.product_line_id,
        parent_id=query.parent_id,
        on=query.on,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
