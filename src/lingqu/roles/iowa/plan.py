"""What a replay sends and derives: invoices by day, prices by date, goods that come in. Pure, over columns.

Source: docs/operations/iowa.md says the same in words; tests/roles/iowa/test_plan.py has worked examples.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import polars as pl
from msgspec import Struct

from lingqu.roles.iowa.sales import between

OPENING_DAYS = 14
TRAILING_WEEKS = 4

_WEEK = timedelta(days=7)


class Invoice(Struct, frozen=True, kw_only=True):
    """An invoice to be sent as one order: (item, bottles) a line, in the order of its lines."""

    number: str
    store: int
    on: date
    lines: list[tuple[int, int]]


class Quantity(Struct, frozen=True):
    """So many bottles of an item."""

    item: int
    bottles: int


class DatedPrice(Struct, frozen=True):
    """What a bottle costs from a day on, in cents."""

    item: int
    valid_from: date
    price_minor: int


class Plan(Struct, frozen=True, kw_only=True):
    """All that a replay sends and derives; what has to do with sellers is kept by their numbers."""

    name: str
    first: date
    last: date
    line_count: int
    invoice_count: int
    days: dict[int, dict[date, pl.DataFrame]]
    opening: dict[int, list[Quantity]]
    deliveries: dict[date, dict[int, list[Quantity]]]
    prices: list[DatedPrice]
    quoted_differently: int


class Window(Struct, frozen=True):
    """Days, both included."""

    first: date
    last: date


def make_plan(judged: pl.DataFrame, *, first: date, last: date) -> Plan | None:
    """Derive a replay of the days from ``first`` to ``last``; None: there is nothing to send."""
    good = judged.filter(pl.col("reason").is_null())
    files = window_of(good)
    sent = between(good, first, last)
    if files is None or sent.is_empty():
        return None
    prices, different = dated_prices(sent)
    return Plan(
        name=digest_of(sent, first=first, last=last),
        first=first,
        last=last,
        line_count=sent.height,
        invoice_count=sent.select("invoice", "store", "date").n_unique(),
        days=invoices_by_day(sent),
        opening=bottles_by_seller(good, opening_window(files, first=first)),
        deliveries={
            on: bottles_by_seller(good, receipt_window(files, on=on), parts=TRAILING_WEEKS)
            for on in receipt_days(first, last)
        },
        prices=prices,
        quoted_differently=different,
    )


def opening_window(files: Window, *, first: date) -> Window:
    """Choose whose sales the opening stock equals: the 14 days before, or the files' own first 14 days."""
    return _trailing(files, before=first, days=OPENING_DAYS)


def receipt_window(files: Window, *, on: date) -> Window:
    """Choose whose sales a week's receipt is a quarter of: the four weeks before, or the files' own first four."""
    return _trailing(files, before=on, days=TRAILING_WEEKS * _WEEK.days)


def receipt_days(first: date, last: date) -> list[date]:
    """List the days on which suppliers deliver: every week, from a week after the beginning on."""
    return [first + _WEEK * n for n in range(1, (last - first) // _WEEK + 1)]


def bottles_by_seller(sales: pl.DataFrame, window: Window, *, parts: int = 1) -> dict[int, list[Quantity]]:
    """Sum the bottles of each seller and item in some days, divided by ``parts`` and rounded half up."""
    summed = (
        sales.filter(pl.col("date").is_between(window.first, window.last))
        .group_by("seller", "item")
        .agg(pl.col("bottles").sum())
        .with_columns(((2 * pl.col("bottles") + parts) // (2 * parts)).alias("bottles"))
        .filter(pl.col("bottles") > 0)
        .sort("seller", "item")
    )
    found: dict[int, list[Quantity]] = defaultdict(list)
    for seller, item, bottles in summed.select("seller", "item", "bottles").iter_rows():
        found[seller].append(Quantity(item, bottles))
    return found


def dated_prices(sales: pl.DataFrame) -> tuple[list[DatedPrice], int]:
    """Derive what a bottle of each item cost on each day, and count the lines that were invoiced differently.

    A day's price is the one at which most bottles of the item went, of equals the lower; a line is rounded to a cent
    a bottle. A price holds until the next one differs.
    """
    priced = sales.with_columns(((2 * pl.col("cents") + pl.col("bottles")) // (2 * pl.col("bottles"))).alias("price"))
    by_day = (
        priced.group_by("item", "date", "price")
        .agg(pl.col("bottles").sum())
        .sort("item", "date", "bottles", "price", descending=[False, False, True, False])
        .unique(["item", "date"], keep="first", maintain_order=True)
        .select("item", "date", pl.col("price").alias("usual"))
    )
    different = priced.join(by_day, on=["item", "date"]).filter(pl.col("cents") != pl.col("usual") * pl.col("bottles"))
    changes = by_day.filter(pl.col("usual").ne_missing(pl.col("usual").shift(1).over("item")))
    prices = [DatedPrice(item, day, price) for item, day, price in changes.iter_rows()]
    return prices, different.height


def invoices_by_day(sales: pl.DataFrame) -> dict[int, dict[date, pl.DataFrame]]:
    """Cut the lines by seller and day, the days in their order."""
    found: dict[int, dict[date, pl.DataFrame]] = defaultdict(dict)
    for key, part in sales.sort("date", maintain_order=True).partition_by("seller", "date", as_dict=True).items():
        seller, day = key
        found[int(str(seller))][_as_date(day)] = part
    return {seller: dict(sorted(days.items())) for seller, days in found.items()}


def invoices_of(day: pl.DataFrame) -> Iterator[Invoice]:
    """Read a day's invoices, in the order of their numbers."""
    grouped = day.group_by("invoice", "store", "date", maintain_order=True).agg("item", "bottles")
    for number, store, on, items, bottles in grouped.iter_rows():
        yield Invoice(number=number, store=store, on=on, lines=list(zip(items, bottles, strict=True)))


def digest_of(sales: pl.DataFrame, *, first: date, last: date) -> str:
    """Name a replay by its period and content, whatever its files are called."""
    columns = sales.select("date", "store", "invoice", "line", "item", "bottles", "cents")
    digest = hashlib.sha256(f"{first}/{last}/".encode())
    digest.update(columns.write_csv().encode())
    return digest.hexdigest()[:16]


def window_of(sales: pl.DataFrame) -> Window | None:
    """Find the first and last day of some sales; None: there are none."""
    days = sales["date"].drop_nulls()
    return Window(_as_date(days.min()), _as_date(days.max())) if len(days) else None


def default_files(folder: Path, *, first: date, last: date) -> list[Path]:
    """Name the files of the data set that a period and the weeks before it need, those that are there."""
    start = first - timedelta(days=TRAILING_WEEKS * _WEEK.days)
    wanted = [folder / f"sales_{year}.parquet" for year in range(start.year, last.year + 1)]
    return [path for path in wanted if path.is_file()]


def _trailing(files: Window, *, before: date, days: int) -> Window:
    first = before - timedelta(days=days)
    if files.first > first:
        return Window(files.first, files.first + timedelta(days=days - 1))
    return Window(first, before - timedelta(days=1))


def _as_date(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(f"{value!r} is no day")
    return value
