"""List what buyers pay per pack: each tier that holds today."""

from datetime import date

from msgspec import Struct

from lingqu.kernel.clock import business_date
from lingqu.kernel.scope import Scope
from lingqu.modules.pricing.lists import Id
from lingqu.modules.pricing.load import Part, load_book
from lingqu.modules.pricing.types import Tier
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.search import query_keys
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_SORTS = Sorts({"name": "sort_key", "code": "sku_code"}, default="name")


class OfferQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``q`` finds SKUs; without a day it is each seller's today."""

    seller_id: Id | None = None
    buyer_id: Id | None = None
    sku_id: Id | None = None
    business_on: date | None = None


class OfferRow(Struct, frozen=True, kw_only=True):
    """A pack that a buyer may order from a seller; ``id`` is link and pack."""

    id: str
    seller_id: int
    seller_name: str
    buyer_id: int
    sku_id: int
    sku_code: str
    name_zh: str
    name_en: str
    pack_id: int
    pack_code: str
    pack_name_zh: str
    pack_name_en: str
    units: int
    currency: str
    time_zone: str
    picture_id: int | None


class Offer(OfferRow, frozen=True, kw_only=True):
    """A pack with its tiers, the lowest first; none where no price holds on that day."""

    tiers: tuple[Tier, ...]


async def list_offers(tx: Tx, *, scope: Scope, query: OfferQuery) -> Listed[Offer]:
    """Read one page of what the caller pays, and of what its buyers pay.

    Raises: Invalid for an unknown sort or a cursor of another list.
    """
    page = await list_page(
        tx,
        SQL["list_offers"],
        OfferRow,
        query=query,
        sorts=_SORTS,
        seller_id=query.seller_id,
        buyer_id=query.buyer_id,
        sku_id=query.sku_id,
        keys=query_keys(query.q),
        now=tx.now,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
    part = Part(pack_ids=[row.pack_id for row in page.items], buyer_ids=[row.buyer_id for row in page.items])
    book = await load_book(tx, seller_ids=[row.seller_id for row in page.items], part=part)
    offers = [
        Offer(
            **{name: getattr(row, name) for name in OfferRow.__struct_fields__},
            tiers=book.tiers(
                seller_id=row.seller_id,
                buyer_id=row.buyer_id,
                business_on=query.business_on or business_date(tx.now, row.time_zone),
                sku_id=row.sku_id,
                pack_id=row.pack_id,
            ),
        )
        for row in page.items
    ]
    return Listed(offers, page.next)
