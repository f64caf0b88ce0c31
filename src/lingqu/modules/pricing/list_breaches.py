"""Watch prices: those that break a limit on resale, for whoever set it and whoever asks them."""

from datetime import date

from msgspec import Struct

from lingqu.kernel.clock import business_date
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import organization_terms
from lingqu.modules.pricing.lists import Id
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.search import query_keys
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_SORTS = Sorts({"sku": "sku_code", "seller": "seller_name", "price": "price_minor", "id": "id"}, default="sku")


class BreachQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``q`` finds SKUs; without a day it is the caller's today."""

    seller_id: Id | None = None
    business_on: date | None = None


class Breach(Struct, frozen=True, kw_only=True):
    """A price and the limit that it breaks; ``id`` is the price's."""

    id: int
    list_id: int
    list_code: str
    list_name: str
    seller_id: int
    seller_name: str
    limit_id: int
    setter_id: int
    channel: str
    sku_id: int
    sku_code: str
    name_zh: str
    name_en: str
    pack_id: int
    pack_code: str
    currency: str
    min_packs: int
    price_minor: int
    is_tax_included: bool
    floor_minor: int | None
    ceiling_minor: int | None
    is_limit_tax_included: bool


async def list_breaches(tx: Tx, *, scope: Scope, query: BreachQuery) -> Listed[Breach]:
    """Read one page of the prices in force that break a limit which the caller set or is bound by.

    Raises: Invalid for an unknown sort or a cursor of another list.
    """
    own = await organization_terms(tx, organization_ids=[scope.organization_id])
    return await list_page(
        tx,
        SQL["list_breaches"],
        Breach,
        query=query,
        sorts=_SORTS,
        seller_id=query.seller_id,
        on=query.business_on or business_date(tx.now, own[scope.organization_id].time_zone),
        keys=query_keys(query.q),
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
