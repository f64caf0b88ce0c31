"""List what a shop can sell at its counter: the goods on its shelf, with the price of each pack and what is free."""

from collections import defaultdict

from msgspec import Struct

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import organization_terms
from lingqu.modules.pricing.api import Part, load_book
from lingqu.modules.stock.api import find_free, key_of
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.search import query_keys
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"name": "sort_key", "code": "sku_code"}, default="name")


class CounterQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``q`` finds names in both languages, pinyin initials, codes and the GTIN of any pack."""


class CounterPack(Struct, frozen=True, kw_only=True):
    """A pack and what one of it costs a consumer today; null where it has no price."""

    pack_id: int
    name_zh: str
    name_en: str
    units: int
    price_minor: int | None


class CounterGoods(Struct, frozen=True, kw_only=True):
    """A SKU on the shelf; ``free`` is what may be sold now, in base units."""

    id: int
    sku_code: str
    name_zh: str
    name_en: str
    base_unit: str
    picture_id: int | None
    currency: str
    free: int
    packs: list[CounterPack]


class _Row(Struct, frozen=True):
    id: int
    sku_code: str
    name_zh: str
    name_en: str
    base_unit: str
    picture_id: int | None


class _Pack(Struct, frozen=True):
    sku_id: int
    pack_id: int
    name_zh: str
    name_en: str
    units: int


async def list_counter_goods(tx: Tx, *, scope: Scope, query: CounterQuery) -> Listed[CounterGoods]:
    """Read one page of what lies on the shelf of the caller's own organization.

    Raises: Invalid for an unknown sort or a cursor of another list; NotFound for a caller without a shelf.
    """
    found = await organization_terms(tx, organization_ids=[scope.organization_id])
    own = found.get(scope.organization_id)
    if own is None or own.sellable_bin_id is None:
        raise NotFound(kind="seller", id=scope.organization_id)
    page = await list_page(
        tx,
        SQL["list_counter_goods"],
        _Row,
        query=query,
        sorts=_SORTS,
        cell_id=own.home_cell,
        bin_id=own.sellable_bin_id,
        keys=query_keys(query.q),
    )
    packs = await tx.all(SQL["find_counter_packs"], _Pack, sku_ids=[row.id for row in page.items])
    book = await load_book(tx, seller_ids=[own.id], part=Part(pack_ids=[pack.pack_id for pack in packs], buyer_ids=[]))
    on = business_date(tx.now, own.time_zone)
    shelf = {row.id: key_of(bin_id=own.sellable_bin_id, sku_id=row.id) for row in page.items}
    free = {
        key: quantity
        for key, quantity, _ in await find_free(tx, cell_id=own.home_cell, keys=shelf.values(), business_on=on)
    }
    priced: dict[int, list[CounterPack]] = defaultdict(list)
    for pack in packs:
        tiers = book.tiers(seller_id=own.id, buyer_id=None, business_on=on, sku_id=pack.sku_id, pack_id=pack.pack_id)
        # The price of one: the quote says what more of it cost.
        price = tiers[0].price_minor if tiers and tiers[0].min_packs == 1 else None
        priced[pack.sku_id].append(
            CounterPack(
                pack_id=pack.pack_id, name_zh=pack.name_zh, name_en=pack.name_en, units=pack.units, price_minor=price
            )
        )
    items = [
        CounterGoods(
            **{name: getattr(row, name) for name in _Row.__struct_fields__},
            currency=own.currency,
            free=max(free.get(shelf[row.id], 0), 0),
            packs=priced[row.id],
        )
        for row in page.items
    ]
    return Listed(items, page.next)
