"""Prices as a CSV file: read it with every error by row, write it for a spreadsheet."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from lingqu.kernel.errors import Words
from lingqu.modules.pricing.lists import NewPrice, PriceLine
from lingqu.runtime.table_file import Cells, RowError, WrongCell, cells_of, read_table, write_table

COLUMNS = ("sku_code", "pack_code", "min_packs", "price", "valid_from", "valid_until")
_WITHOUT_DIGITS = frozenset({"JPY", "KRW", "VND"})
_HIGHEST_MINOR = 1_000_000_000_000
_HIGHEST_COUNT = 1_000_000_000

_UNKNOWN_PACK = Words("There is no such pack that you may see.", "没有您可查看的该商品包装。")
_NOT_A_PRICE = Words("Write a price such as 12.50.", "请填写价格，例如 12.50。")
_NOT_A_DAY = Words("Write a day such as 2026-03-01.", "请填写日期，例如 2026-03-01。")
_NOT_A_COUNT = Words("Write a whole number from 1 on.", "请填写不小于 1 的整数。")
_ENDS_BEFORE = Words("It must end after it begins.", "结束日期须晚于开始日期。")
_TWICE = Words("This pack, tier and day stand in an earlier row.", "此包装、数量档与日期已在前面的行出现。")

Packs = Mapping[tuple[str, str], tuple[int, int]]
"""(SKU, pack) ids by their codes."""


class PriceFile(Struct, frozen=True):
    """A file as it was read: its good rows with their numbers, and what is wrong with the others."""

    prices: list[NewPrice]
    rows: list[int]
    errors: list[RowError]


def codes_of(text: str) -> list[str]:
    """Name the SKU codes of a file, so that they can be looked up before it is read."""
    return sorted({cells["sku_code"] for cells in cells_of(text, columns=COLUMNS)})


def read_prices(text: str, *, currency: str, packs: Packs) -> PriceFile:
    """Read a file of prices with the columns of `COLUMNS`; the last may be empty.

    Units: the column price is in major units of ``currency`` and must be exact.
    """
    seen: set[tuple[int, int, date]] = set()

    def read(cells: Cells) -> NewPrice:
        price = _price(cells, currency, packs)
        key = (price.pack_id, price.min_packs, price.valid_from)
        if key in seen:
            raise WrongCell("sku_code", _TWICE)
        seen.add(key)
        return price

    good, errors = read_table(text, columns=COLUMNS, read=read)
    return PriceFile([price for _, price in good], [row for row, _ in good], errors)


def write_prices(lines: Iterable[PriceLine], *, currency: str) -> str:
    """Write prices as a file that `read_prices` reads back to the same."""
    digits = _digits(currency)
    rows = [
        (
            line.sku_code,
            line.pack_code,
            line.min_packs,
            Decimal(line.price_minor).scaleb(-digits),
            line.valid_from.isoformat(),
            "" if line.valid_until is None else line.valid_until.isoformat(),
        )
        for line in lines
    ]
    return write_table(COLUMNS, rows)


def _price(cells: Cells, currency: str, packs: Packs) -> NewPrice:
    ids = packs.get((cells["sku_code"], cells["pack_code"]))
    if ids is None:
        raise WrongCell("pack_code", _UNKNOWN_PACK)
    valid_from = _day(cells, "valid_from")
    valid_until = _day(cells, "valid_until") if cells["valid_until"] else None
    if valid_until is not None and valid_until <= valid_from:
        raise WrongCell("valid_until", _ENDS_BEFORE)
    return NewPrice(
        sku_id=ids[0],
        pack_id=ids[1],
        min_packs=_count(cells),
        price_minor=_minor(cells, _digits(currency)),
        valid_from=valid_from,
        valid_until=valid_until,
    )


def _day(cells: Cells, column: str) -> date:
    try:
        return date.fromisoformat(cells[column])
    except ValueError:
        raise WrongCell(column, _NOT_A_DAY) from None


def _count(cells: Cells) -> int:
    text = cells["min_packs"] or "1"
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _HIGHEST_COUNT):
        raise WrongCell("min_packs", _NOT_A_COUNT)
    return int(text)


def _minor(cells: Cells, digits: int) -> int:
    try:
        amount = Decimal(cells["price"])
    except InvalidOperation:
        raise WrongCell("price", _NOT_A_PRICE) from None
    if not amount.is_finite() or not 0 <= amount <= Decimal(_HIGHEST_MINOR).scaleb(-digits):
        raise WrongCell("price", _NOT_A_PRICE)
    minor = amount.scaleb(digits)
    if minor != minor.to_integral_value():
        raise WrongCell("price", _NOT_A_PRICE)
    return int(minor)


def _digits(currency: str) -> int:
    return 0 if currency in _WITHOUT_DIGITS else 2
