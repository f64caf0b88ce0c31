"""Tables that people bring as CSV files: read row by row, every wrong cell named, none of them fatal."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from lingqu.kernel.errors import Words

Item = TypeVar("Item")
Cells = Mapping[str, str]
"""A row's texts by column, without blanks around them; a cell that is not there is empty."""

_NO_COLUMN = Words("This column is missing.", "缺少该列。")
_BYTE_ORDER_MARK = "\ufeff"


class RowError(Struct, frozen=True):
    """What is wrong with one row; the heading is row 1, as a spreadsheet counts."""

    row: int
    column: str
    words: Words


class WrongCell(Exception):
    """A cell that cannot be read; raised by what reads a row."""

    def __init__(self, column: str, words: Words) -> None:
        self.column = column
        self.words = words
        super().__init__(column)


def read_table(
    text: str, *, columns: Sequence[str], read: Callable[[Cells], Item]
) -> tuple[list[tuple[int, Item]], list[RowError]]:
    """Read every row by ``read``, which raises WrongCell for what it cannot read.

    Shapes: the good rows with their numbers, and one error for each other row; with a column missing only that.
    """
    heading = csv.DictReader(io.StringIO(text.removeprefix(_BYTE_ORDER_MARK))).fieldnames or ()
    missing = [RowError(1, column, _NO_COLUMN) for column in columns if column not in heading]
    if missing:
        return [], missing
    good: list[tuple[int, Item]] = []
    errors: list[RowError] = []
    for number, cells in enumerate(cells_of(text, columns=columns), start=2):
        try:
            good.append((number, read(cells)))
        except WrongCell as wrong:
            errors.append(RowError(number, wrong.column, wrong.words))
    return good, errors


def cells_of(text: str, *, columns: Sequence[str]) -> Iterator[Cells]:
    """Give the cells of every row under the heading."""
    for row in csv.DictReader(io.StringIO(text.removeprefix(_BYTE_ORDER_MARK))):
        yield {column: (row.get(column) or "").strip() for column in columns}


def write_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Write a heading and rows."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()
