"""Import the files step by step: each step commits by itself and makes only what is missing, so it can be repeated."""

from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from lingqu.roles.iowa.channel import (
    Channel,
    add_dealers,
    add_people,
    add_upper_tiers,
    grant_credit,
    link_dealers,
    link_suppliers,
)
from lingqu.roles.iowa.goods import add_goods, add_lines, add_list_prices
from lingqu.roles.iowa.left_out import LeftOut
from lingqu.roles.iowa.products import Product, read_products
from lingqu.roles.iowa.stores import Store, read_stores
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx

Report = Callable[[str], None]

FOLDER = "iowa/folder"
"""Under this name an import notes where its files lie."""

_LINKED_AT_ONCE = 500


class Files(Struct, frozen=True, kw_only=True):
    """What a folder holds, read and checked."""

    stores: list[Store]
    products: list[Product]
    left_out: list[LeftOut]

    @property
    def vendors(self) -> dict[int, str]:
        """Name the vendors by number, each as the file names it last."""
        return {product.vendor: product.vendor_name for product in self.products}


def read_files(folder: Path) -> Files:
    """Read stores and products.

    Raises: CannotRun if a file is not there or lacks a column.
    """
    stores, stores_left_out = read_stores(folder)
    products, products_left_out = read_products(folder)
    return Files(stores=stores, products=products, left_out=[*stores_left_out, *products_left_out])


async def run_import(database: Database, *, files: Files, report: Report) -> Channel:
    """Make the channel of the files; what stands already is left as it is.

    Raises: Unavailable if the database is away.
    """
    channel = await database.run(lambda tx: add_upper_tiers(tx, vendors=files.vendors))
    report(f"1 brand, {len(channel.suppliers)} suppliers, {len(channel.distributors)} distributors")
    lines = await database.run(lambda tx: add_lines(tx, channel=channel, vendors=files.vendors))
    new = await database.run(lambda tx: add_goods(tx, channel=channel, lines=lines, products=files.products))
    report(f"{len(files.products)} SKUs in {len(lines)} product lines ({new} new)")
    new = await database.run(lambda tx: link_suppliers(tx, channel=channel, lines=lines))
    new_lists = await database.run(lambda tx: add_list_prices(tx, channel=channel, products=files.products))
    report(f"links of suppliers ({new} new), price lists ({new_lists} new)")
    return await _dealers(database, channel, files.stores, report)


async def _dealers(database: Database, upper: Channel, stores: Sequence[Store], report: Report) -> Channel:
    dealers: dict[int, int] = {}
    new_links = 0
    for start in range(0, len(stores), _LINKED_AT_ONCE):
        some = stores[start : start + _LINKED_AT_ONCE]

        async def add(tx: Tx, some: Sequence[Store] = some) -> tuple[Channel, int]:
            part = await add_dealers(tx, channel=upper, stores=some)
            made = await link_dealers(tx, channel=part, stores=some)
            await grant_credit(tx, channel=part, stores=some)
            await add_people(tx, channel=part)
            return part, made

        part, made = await database.run(add)
        dealers |= part.dealers
        new_links += made
        report(f"{len(dealers)} of {len(stores)} stores ({new_links} new)")
    return Channel(brand_id=upper.brand_id, suppliers=upper.suppliers, distributors=upper.distributors, dealers=dealers)
