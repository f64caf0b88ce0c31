"""Set prices of a list: one or tens of thousands in the same few statements."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.errors import FieldError, Invalid, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.api import find_packs
from lingqu.modules.network.api import bump_epochs
from lingqu.modules.pricing.add_price_lists import ENDS_BEFORE
from lingqu.modules.pricing.check_limits import OutsideLimits, find_outside
from lingqu.modules.pricing.events import PricesChanged
from lingqu.modules.pricing.lists import NewPrice, Price, PriceListView
from lingqu.modules.pricing.read_price_list import own_price_list
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_NOT_OF_SKU = Words("This pack is none of the SKU's.", "该包装不属于此商品。")
_TWICE = Words("This pack, tier and day stand twice.", "同一包装、数量档与生效日期重复。")

Key = tuple[int, int, date]


class PriceSet(Struct, frozen=True, forbid_unknown_fields=True):
    """Prices to be set at once."""

    prices: Annotated[tuple[NewPrice, ...], Meta(min_length=1, max_length=5000)]


class PricesSet(Struct, frozen=True):
    """How many prices came new and how many were replaced, and the ids in the order given."""

    added_count: int
    replaced_count: int
    ids: list[int]


async def set_prices_of(tx: Tx, *, scope: Scope, list_id: int, prices: Sequence[NewPrice]) -> PricesSet:
    """Set prices of a list of the caller's own, for packs of SKUs that it may see.

    Raises: NotFound for the list or a pack; what `set_prices` raises.
    """
    price_list = await own_price_list(tx, scope=scope, list_id=list_id)
    await find_packs(tx, scope=scope, pack_ids=[price.pack_id for price in prices])
    return await set_prices(tx, price_list=price_list, prices=prices)


async def set_prices(tx: Tx, *, price_list: PriceListView, prices: Sequence[NewPrice]) -> PricesSet:
    """Set many prices. One for a pack, tier and first day that stand already replaces what stands.

    Raises: Invalid for a pack of another SKU, a price given twice or one that ends before it begins; OutsideLimits.
            Then nothing is set.
    """
    await _check(tx, prices)
    outside = await find_outside(tx, price_list=price_list, prices=prices)
    if outside:
        errors = [one.at(f"/prices/{one.place}/price_minor") for one in outside]
        raise OutsideLimits(errors=errors, count=len(outside))
    keys: list[Key] = [(price.pack_id, price.min_packs, price.valid_from) for price in prices]
    columns = {name: [getattr(price, name) for price in prices] for name in NewPrice.__struct_fields__}
    standing = await tx.all(
        SQL["find_prices"],
        Price,
        list_id=price_list.id,
        pack_id=columns["pack_id"],
        min_packs=columns["min_packs"],
        valid_from=columns["valid_from"],
    )
    before = {(price.pack_id, price.min_packs, price.valid_from): price for price in standing}
    rows = await tx.tuples(SQL["set_prices"], list_id=price_list.id, **columns)
    id_of: dict[Key, int] = {(pack_id, min_packs, day): id_ for pack_id, min_packs, day, id_ in rows}
    for key, price in zip(keys, prices, strict=True):
        tx.record("price", id_of[key], before=before.get(key), after=price)
    await announce(tx, price_list=price_list, sku_ids=[price.sku_id for price in prices])
    return PricesSet(len(prices) - len(before), len(before), [id_of[key] for key in keys])


async def announce(tx: Tx, *, price_list: PriceListView, sku_ids: Sequence[int]) -> None:
    """Publish that prices of a list changed, and make the books that hold them stale."""
    tx.emit(PricesChanged(list_id=price_list.id, seller_id=price_list.seller_id, sku_ids=tuple(sorted(set(sku_ids)))))
    await bump_epochs(tx, seller_ids=[price_list.seller_id])


async def _check(tx: Tx, prices: Sequence[NewPrice]) -> None:
    wrong = await tx.values(
        SQL["wrong_packs"],
        int,
        sku_id=[price.sku_id for price in prices],
        pack_id=[price.pack_id for price in prices],
    )
    errors = [FieldError(f"/prices/{place}/pack_id", "reference", _NOT_OF_SKU) for place in wrong]
    seen: set[Key] = set()
    for place, price in enumerate(prices):
        key = (price.pack_id, price.min_packs, price.valid_from)
        errors += [FieldError(f"/prices/{place}", "duplicate", _TWICE)] if key in seen else []
        seen.add(key)
        if price.valid_until is not None and price.valid_until <= price.valid_from:
            errors.append(FieldError(f"/prices/{place}/valid_until", "range", ENDS_BEFORE))
    if errors:
        raise Invalid(errors=errors)
