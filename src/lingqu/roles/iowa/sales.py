"""Invoices of the files: read into columns, checked row by row, cut to what is to be sent.

Units: ``cents`` is a line's money as invoiced, ``bottles`` its quantity.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from lingqu.roles.iowa.left_out import LeftOut
from lingqu.runtime.engines.cannot_run import CannotRun

COLUMNS = ("date", "store", "invoice", "line", "item", "bottles", "sale")
MAX_LINES = 2_000
"""An order takes so many lines, and so many packs a line."""
MAX_BOTTLES = 1_000_000

_NUMBERS = ("store", "line", "item", "bottles")
_INVOICE = ("invoice", "store", "date")


def read_sales(paths: Sequence[Path]) -> pl.DataFrame:
    """Read parquet or CSV files with the columns of the data set, each row with its file and its place in it.

    Raises: CannotRun if a file cannot be read or lacks a column.
    """
    return pl.concat([_read(path) for path in paths]).sort("date", "invoice", "store", "line", "file", "row")


def judge(sales: pl.DataFrame, *, sellers: Mapping[int, int], items: Sequence[int]) -> pl.DataFrame:
    """Add the distributor of each line's store and, to lines that cannot be sent, the reason.

    Shapes: the rows of ``sales``; ``seller`` is the distributor's number, ``reason`` null where the line is fine.
    """
    stores = pl.DataFrame({"store": list(sellers), "seller": list(sellers.values())}, schema_overrides=_SELLERS)
    placed = sales.join(stores, on="store", how="left", maintain_order="left")
    is_whole = pl.all_horizontal(pl.col(*COLUMNS[:-1], "cents").is_not_null())
    number = pl.int_range(pl.len()).over(*_INVOICE) + 1
    return placed.with_columns(
        pl.when(~is_whole)
        .then(pl.lit("a value is missing or cannot be read"))
        .when(pl.col("bottles") < 1)
        .then(pl.lit("nothing was sold"))
        .when(pl.col("bottles") > MAX_BOTTLES)
        .then(pl.lit("more bottles than an order line takes"))
        .when(pl.col("cents") < 0)
        .then(pl.lit("the amount is negative"))
        .when(pl.col("seller").is_null())
        .then(pl.lit("the store was not imported"))
        .when(~pl.col("item").is_in(list(items)))
        .then(pl.lit("the item is not in the catalogue"))
        .when(pl.struct(*_INVOICE, "line").is_first_distinct().not_())
        .then(pl.lit("the invoice line stands twice"))
        .when(number > MAX_LINES)
        .then(pl.lit("the invoice has more lines than an order takes"))
        .alias("reason")
    )


def between(sales: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """Cut to some days, both included."""
    return sales.filter(pl.col("date").is_between(first, last))


def left_out_of(judged: pl.DataFrame, first: date, last: date) -> list[LeftOut]:
    """Name the lines of some days that cannot be sent, and those whose day nobody can read."""
    of_period = pl.col("date").is_null() | pl.col("date").is_between(first, last)
    rows = (
        judged.filter(of_period & pl.col("reason").is_not_null())
        .select("file", "row", "invoice", "line", "reason")
        .iter_rows()
    )
    return [LeftOut(file, row, f"{invoice} line {line}", reason) for file, row, invoice, line, reason in rows]


_SELLERS = {"store": pl.Int64, "seller": pl.Int64}


def _read(path: Path) -> pl.DataFrame:
    try:
        frame = pl.read_csv(path, infer_schema=False) if path.suffix.lower() == ".csv" else pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise CannotRun(f"{path} cannot be read: {error}") from None
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise CannotRun(f"{path} has no column {', '.join(missing)}.")
    # The first row of a CSV file is the second line of its text.
    first = 2 if path.suffix.lower() == ".csv" else 1
    return frame.with_row_index("row", offset=first).select(
        _day(frame).alias("date"),
        *(pl.col(name).cast(pl.Int64, strict=False) for name in _NUMBERS),
        pl.col("invoice").cast(pl.String, strict=False),
        (pl.col("sale").cast(pl.Float64, strict=False) * 100).round().cast(pl.Int64, strict=False).alias("cents"),
        pl.lit(path.name).alias("file"),
        pl.col("row").cast(pl.Int64),
    )


def _day(frame: pl.DataFrame) -> pl.Expr:
    column = pl.col("date")
    if frame.schema["date"] == pl.String:
        return column.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    return column.cast(pl.Date, strict=False)
