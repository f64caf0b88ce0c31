"""A state of a few stores, made up in the columns of the real files."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import polars as pl

STORE_COLUMNS = (
    "Store", "Report Date", "Name", "Store Status", "Address", "State", "Zip Code", "latitude", "longitude", "City",
    "County",
)  # fmt: skip
PRODUCT_COLUMNS = (
    "Item Number", "Category Name", "Item Description", "Vendor", "Vendor Name", "Bottle Volume (ml)", "Pack",
    "Inner Pack", "Age", "Proof", "List Date", "UPC", "SCC", "State Bottle Cost", "State Bottle Retail",
)  # fmt: skip

Line = tuple[date, int, str, int, int, int, float]
"""A row of sales: date, store, invoice, line, item, bottles, sale $."""

STORES = (
    ("2001", "2022-11-01", "CORNER  SHOP", "A", "1 MAIN", "IA", "50309", "41.59", "-93.62", "DES MOINES", "POLK"),
    ("2002", "2022-11-01", "OLD STORE", "I", "2 MAIN", "IA", "50310", "", "", "DES MOINES", "POLK"),
    ("2003", "2022-11-01", "RIVER SHOP", "A", "3 BANK", "IA", "52801", "41.52", "-90.57", "DAVENPORT", "scott"),
    ("2004", "2022-11-01", "NOWHERE", "A", "4 LANE", "IA", "52206", "41.99", "-91.86", "ATKINS", ""),
    ("2005", "2022-11-01", "ELSEWHERE", "A", "5 LANE", "IL", "60601", "41.88", "-87.62", "CHICAGO", "COOK"),
    ("2001", "2022-11-01", "CORNER AGAIN", "A", "1 MAIN", "IA", "50309", "41.59", "-93.62", "DES MOINES", "POLK"),
)
PRODUCTS = (
    # The second has the bar code of the first, the third none and a wrong one on its case, the fourth no cost.
    ("101", "VODKA", "CLEAR", "10", "EAST DISTILLERS", "750", "12", "1", "0", "80", "2012-01-01", "88004022723",
     "10086816101923", "6.25", "9.38"),
    ("102", "RUM", "DARK", "10", "EAST DISTILLERS", "1750", "6", "1", "3", "80", "2012-01-01", "88004022723", "",
     "11.00", "16.50"),
    ("103", "RUM", "WHITE", "20", "WEST  DISTILLERS", "750", "12", "1", "0", "0", "2012-01-01", "", "10086816101924",
     "4.00", "6.00"),
    ("104", "RUM", "PRICELESS", "20", "WEST DISTILLERS", "750", "12", "1", "0", "0", "2012-01-01", "", "", "", "1.00"),
)  # fmt: skip


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


def write_state(folder: Path) -> Path:
    """Write the stores and products."""
    write_csv(folder / "stores.csv", STORE_COLUMNS, STORES)
    write_csv(folder / "products.csv", PRODUCT_COLUMNS, PRODUCTS)
    return folder


def sales_of(lines: Iterable[Line]) -> pl.DataFrame:
    columns = ("date", "store", "invoice", "line", "item", "bottles", "sale")
    return pl.DataFrame(list(lines), schema=columns, orient="row")


def steady_sales(first: date, *, days: int, price: float = 9.38) -> list[Line]:
    """Make a trade of two stores that buy the same every day: 12 clear and 6 dark, 10 clear."""
    found: list[Line] = []
    for number in range(days):
        on = first + timedelta(days=number)
        found += [
            (on, 2001, f"INV-{number:03}A", 1, 101, 12, round(12 * price, 2)),
            (on, 2001, f"INV-{number:03}A", 2, 102, 6, 99.0),
            (on, 2003, f"INV-{number:03}B", 1, 101, 10, round(10 * price, 2)),
        ]
    return found
