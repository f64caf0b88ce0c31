"""The range of goods: a product line for each vendor, categories, SKUs with their packs, and list prices."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from lingqu.modules.catalog.api import NewCategory, NewSKU, NewTaxClass, add_categories, add_skus, add_tax_class
from lingqu.modules.network.api import NewProductLine, add_product_lines
from lingqu.modules.pricing.api import (
    Audience,
    NewAssignment,
    NewPrice,
    NewPriceList,
    WholePriceList,
    open_price_lists,
)
from lingqu.roles.iowa.channel import CURRENCY, OPENED_ON, Channel
from lingqu.roles.iowa.products import Product
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

TAX = "IOWA-0"
COST_LIST, RETAIL_LIST = "IOWA-COST", "IOWA-LIST"

_CHUNK = 1_000


class Sold(Struct, frozen=True):
    """A SKU as orders name it: its id and that of its bottle."""

    sku_id: int
    pack_id: int


async def add_lines(tx: Tx, *, channel: Channel, vendors: dict[int, str]) -> dict[int, int]:
    """Make the product line of each vendor where it is missing; give their ids by vendor."""
    standing: dict[str, int] = dict(await tx.tuples(SQL["find_product_lines"], brand_id=channel.brand_id))
    codes = {vendor: f"V{vendor}" for vendor in sorted(vendors)}
    missing = [vendor for vendor, code in codes.items() if code not in standing]
    if missing:
        lines = [
            NewProductLine(brand_id=channel.brand_id, code=codes[v], name_zh=vendors[v], name_en=vendors[v])
            for v in missing
        ]
        standing |= dict(zip([codes[v] for v in missing], await add_product_lines(tx, lines=lines), strict=True))
    return {vendor: standing[code] for vendor, code in codes.items()}


async def add_goods(tx: Tx, *, channel: Channel, lines: dict[int, int], products: Sequence[Product]) -> int:
    """Make the categories and SKUs that are missing; count the new SKUs."""
    known = await find_goods(tx, brand_id=channel.brand_id)
    missing = [product for product in products if product.number not in known]
    if not missing:
        return 0
    categories = await _categories(tx, channel.brand_id, {product.category for product in products})
    tax_class_id = await _tax_class(tx)
    wanted = [pack.gtin for product in missing for pack in product.packs if pack.gtin is not None]
    taken = set(await tx.values(SQL["find_gtins"], str, gtins=wanted))
    for chunk in _chunks(missing):
        await add_skus(
            tx,
            skus=[
                NewSKU(
                    brand_id=channel.brand_id,
                    product_line_id=lines[product.vendor],
                    category_id=categories[product.category],
                    tax_class_id=tax_class_id,
                    code=str(product.number),
                    name_zh=product.name,
                    name_en=product.name,
                    base_unit="瓶",
                    volume_ml=product.volume_ml,
                    attributes=product.attributes,
                    packs=tuple(replace(p, gtin=None) if p.gtin in taken else p for p in product.packs),
                )
                for product in chunk
            ],
        )
    return len(missing)


async def find_goods(tx: Tx, *, brand_id: int) -> dict[int, Sold]:
    """Find the SKUs of the range by the number that the files give them."""
    rows = await tx.tuples(SQL["find_skus"], brand_id=brand_id)
    return {int(code): Sold(sku_id, pack_id) for code, sku_id, pack_id in rows}


async def add_list_prices(tx: Tx, *, channel: Channel, products: Sequence[Product]) -> int:
    """Publish what suppliers ask of distributors (cost) and distributors of stores (retail), where they have no list.

    Prices of the file hold from the beginning: it has one per product. Counts the new lists.
    """
    goods = await find_goods(tx, brand_id=channel.brand_id)
    by_vendor: dict[int, list[NewPrice]] = defaultdict(list)
    retail: list[NewPrice] = []
    for product in products:
        sold = goods[product.number]
        by_vendor[product.vendor].append(_price(sold, product.cost_minor))
        retail.append(_price(sold, product.price_minor))
    wanted = [(channel.suppliers[v], COST_LIST, prices) for v, prices in sorted(by_vendor.items())]
    wanted += [(distributor_id, RETAIL_LIST, retail) for distributor_id in channel.distributors]
    missing = []
    for code in (COST_LIST, RETAIL_LIST):
        sellers = [seller_id for seller_id, of, _ in wanted if of == code]
        standing = set(await tx.values(SQL["find_price_list_sellers"], int, seller_ids=sellers, code=code))
        missing += [one for one in wanted if one[1] == code and one[0] not in standing]
    if missing:
        await open_price_lists(tx, lists=[_list(seller_id, code, prices) for seller_id, code, prices in missing])
    return len(missing)


async def _categories(tx: Tx, brand_id: int, names: set[str]) -> dict[str, int]:
    standing: dict[str, int] = dict(await tx.tuples(SQL["find_categories"], brand_id=brand_id))
    codes = {name: re.sub(r"[^A-Z0-9]+", "-", name.upper())[:60] for name in sorted(names)}
    missing = {code: name for name, code in codes.items() if code not in standing}
    if missing:
        new = [NewCategory(brand_id=brand_id, code=code, name_zh=n, name_en=n) for code, n in missing.items()]
        standing |= dict(zip(missing, await add_categories(tx, categories=new), strict=True))
    return {name: standing[code] for name, code in codes.items()}


async def _tax_class(tx: Tx) -> int:
    """Wholesale of the state is without tax."""
    standing = await tx.values(SQL["find_tax_class"], int, code=TAX)
    if standing:
        return standing[0]
    new = NewTaxClass(code=TAX, name_zh="免税", name_en="No tax", rate_ppm=0)
    return (await add_tax_class(tx, tax_class=new)).id


def _chunks(products: Sequence[Product]) -> Iterator[Sequence[Product]]:
    for start in range(0, len(products), _CHUNK):
        yield products[start : start + _CHUNK]


def _price(sold: Sold, price_minor: int) -> NewPrice:
    return NewPrice(sku_id=sold.sku_id, pack_id=sold.pack_id, price_minor=price_minor, valid_from=OPENED_ON)


def _list(seller_id: int, code: str, prices: Sequence[NewPrice]) -> WholePriceList:
    new = NewPriceList(
        seller_id=seller_id,
        code=code,
        name="Cost of the state" if code == COST_LIST else "Retail of the state",
        currency=CURRENCY,
        is_tax_included=True,
        valid_from=OPENED_ON,
    )
    return WholePriceList(price_list=new, assignments=(NewAssignment(audience=Audience.EVERYBODY),), prices=prices)
