"""Import and export the prices of a list as a CSV file."""

from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.errors import FieldError, Invalid, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.api import visible_packs
from lingqu.modules.pricing.check_limits import find_outside
from lingqu.modules.pricing.lists import PriceLine, PriceListView
from lingqu.modules.pricing.price_file import Packs, PriceFile, codes_of, read_prices, write_prices
from lingqu.modules.pricing.read_price_list import own_price_list, read_price_list
from lingqu.modules.pricing.set_prices import PricesSet, set_prices
from lingqu.runtime.sql import statements
from lingqu.runtime.table_file import RowError
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_EMPTY = Words("The file holds no prices.", "文件中没有价格。")


class PriceFileText(Struct, frozen=True, forbid_unknown_fields=True):
    """The text of a CSV file; its name goes into the audit log."""

    text: Annotated[str, Meta(min_length=1, max_length=10_000_000)]
    file_name: Annotated[str, Meta(max_length=200)] = ""


class ImportPreview(Struct, frozen=True):
    """What an import would do: the number of rows that are fine, and every error by row."""

    good_count: int
    errors: list[RowError]


async def preview_import(tx: Tx, *, scope: Scope, list_id: int, text: str) -> ImportPreview:
    """Read a file without setting a price.

    Raises: NotFound.
    """
    price_list = await own_price_list(tx, scope=scope, list_id=list_id)
    file = await _read(tx, scope, price_list, text)
    return ImportPreview(len(file.prices), file.errors)


async def import_prices(tx: Tx, *, scope: Scope, list_id: int, text: str, file_name: str = "") -> PricesSet:
    """Set all prices of a file, or none where a row has an error.

    Raises: NotFound; Invalid with one error per wrong row, or for a file without rows.
    """
    price_list = await own_price_list(tx, scope=scope, list_id=list_id)
    file = await _read(tx, scope, price_list, text)
    errors = [FieldError(f"/rows/{error.row}/{error.column}", "row", error.words) for error in file.errors]
    if errors or not file.prices:
        raise Invalid(errors=errors or [FieldError("/text", "empty", _EMPTY)])
    tx.record("price-import", list_id, after={"file_name": file_name, "row_count": len(file.prices)})
    return await set_prices(tx, price_list=price_list, prices=file.prices)


async def export_prices(tx: Tx, *, scope: Scope, list_id: int) -> str:
    """Write the prices of a list as a file that can be imported again.

    Raises: NotFound.
    """
    price_list = await read_price_list(tx, scope=scope, list_id=list_id)
    lines = await tx.all(SQL["list_price_items"], PriceLine, list_id=list_id, sku_id=None, valid_on=None, keys=None)
    lines.sort(key=lambda line: (line.sku_code, line.units, line.min_packs, line.valid_from))
    return write_prices(lines, currency=price_list.currency)


async def _read(tx: Tx, scope: Scope, price_list: PriceListView, text: str) -> PriceFile:
    file = read_prices(text, currency=price_list.currency, packs=await _packs(tx, scope, text))
    outside = await find_outside(tx, price_list=price_list, prices=file.prices)
    broken = [RowError(file.rows[one.place], "price", one.at("").words) for one in outside]
    return PriceFile(file.prices, file.rows, sorted([*file.errors, *broken], key=lambda error: error.row))


async def _packs(tx: Tx, scope: Scope, text: str) -> Packs:
    """Look up the packs of a file among those that the caller may see."""
    rows = await tx.tuples(SQL["packs_by_code"], sku_codes=codes_of(text))
    seen = await visible_packs(tx, scope=scope, pack_ids=[pack_id for _, _, _, pack_id in rows])
    return {(sku, pack): (sku_id, pack_id) for sku, pack, sku_id, pack_id in rows if pack_id in seen}
