"""Read price lists and their prices."""

from datetime import date

from msgspec.structs import replace

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.pricing.lists import AssignmentView, Id, ListStatus, PriceLine, PriceListLine, PriceListView
from lingqu.modules.pricing.types import Audience
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.search import query_keys
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_LIST_SORTS = Sorts({"name": "sort_key", "code": "code", "valid_from": "valid_from", "id": "id"}, default="name")
_PRICE_SORTS = Sorts({"sku": "sku_code", "price": "price_minor", "valid_from": "valid_from", "id": "id"}, default="sku")


class PriceListQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``q`` finds names, pinyin initials and codes."""

    seller_id: Id | None = None
    status: ListStatus | None = None
    audience: Audience | None = None


class PriceQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``q`` finds SKUs; ``valid_on`` leaves only what holds on a day."""

    sku_id: Id | None = None
    valid_on: date | None = None


async def list_price_lists(tx: Tx, *, scope: Scope, query: PriceListQuery) -> Listed[PriceListLine]:
    """Read one page of the price lists of the caller and of all below it.

    Raises: Invalid for an unknown sort or a cursor of another list.
    """
    return await list_page(
        tx,
        SQL["list_price_lists"],
        PriceListLine,
        query=query,
        sorts=_LIST_SORTS,
        seller_id=query.seller_id,
        status=query.status,
        audience=query.audience,
        keys=query_keys(query.q),
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )


async def read_price_list(tx: Tx, *, scope: Scope, list_id: int) -> PriceListView:
    """Read a price list with those it is for.

    Raises: NotFound.
    """
    found = await tx.first(
        SQL["find_price_list"],
        PriceListView,
        list_id=list_id,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
    return await _with_assignments(tx, found, list_id)


async def own_price_list(tx: Tx, *, scope: Scope, list_id: int) -> PriceListView:
    """Read a price list of the caller's own, one that it may change.

    Raises: NotFound.
    """
    found = await tx.first(
        SQL["find_own_price_list"],
        PriceListView,
        list_id=list_id,
        is_whole=scope.is_whole,
        organization_id=scope.organization_id,
    )
    return await _with_assignments(tx, found, list_id)


async def list_prices_of(tx: Tx, *, scope: Scope, list_id: int, query: PriceQuery) -> Listed[PriceLine]:
    """Read one page of the prices of a list.

    Raises: NotFound; Invalid for an unknown sort or a cursor of another list.
    """
    await read_price_list(tx, scope=scope, list_id=list_id)
    return await list_page(
        tx,
        SQL["list_price_items"],
        PriceLine,
        query=query,
        sorts=_PRICE_SORTS,
        list_id=list_id,
        sku_id=query.sku_id,
        valid_on=query.valid_on,
        keys=query_keys(query.q),
    )


async def _with_assignments(tx: Tx, found: PriceListView | None, list_id: int) -> PriceListView:
    if found is None:
        raise NotFound(kind="price list", id=list_id)
    assignments = await tx.all(SQL["list_assignments"], AssignmentView, list_id=list_id)
    return replace(found, assignments=tuple(assignments))
