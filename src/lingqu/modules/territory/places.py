"""Territories and areas for people, and who holds a place for other modules."""

from collections.abc import Iterable
from datetime import date

from lingqu.kernel.scope import Scope
from lingqu.modules.territory.types import Holders, Place, Tier
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.search import query_keys
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts(
    {"region": "region_id", "organization": "organization_key", "valid_from": "valid_from"}, default="region"
)


class PlaceQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``q`` finds regions and organizations, ``on`` what is valid that day; ``region_id`` may be a whole province."""

    organization_id: int | None = None
    product_line_id: int | None = None
    region_id: int | None = None
    on: date | None = None


async def list_places(tx: Tx, *, scope: Scope, tier: Tier, query: PlaceQuery) -> Listed[Place]:
    """List the territories, or the areas, of the caller's organization and of those below it."""
    return await list_page(
        tx,
        SQL[f"list_{tier}_places"],
        Place,
        query=query,
        sorts=_SORTS,
        organization_id=query.organization_id,
        product_line_id=query.product_line_id,
        region_id=query.region_id,
        on=query.on,
        text=query.q,
        keys=query_keys(query.q),
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )


async def find_holders(tx: Tx, *, places: Iterable[tuple[int, int]], on: date) -> dict[tuple[int, int], Holders]:
    """Find who serves some (product line, county) places on a day. No scope: for modules, not people."""
    wanted = sorted(set(places))
    rows = await tx.tuples(
        SQL["find_holders"], product_line_id=[p[0] for p in wanted], region_id=[p[1] for p in wanted], on=on
    )
    return {
        (line_id, region_id): Holders(distributor_id=distributor_id, dealer_id=dealer_id)
        for line_id, region_id, distributor_id, dealer_id in rows
    }
