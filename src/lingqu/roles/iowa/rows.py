"""Read the rows of a CSV file with the lines they stand on."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from lingqu.runtime.engines.cannot_run import CannotRun

Row = dict[str, str]


def read_rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, Row]]:
    """Yield (line, row) pairs; every value is text without blanks around it, and a missing one is empty.

    Raises: CannotRun if the file or one of the columns is not there.
    """
    if not path.is_file():
        raise CannotRun(f"{path} is not there. Name the folder that holds stores.csv and products.csv.")
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        missing = [name for name in columns if name not in (reader.fieldnames or ())]
        if missing:
            raise CannotRun(f"{path} has no column {', '.join(missing)}.")
        for row in reader:
            yield reader.line_num, {name: (row[name] or "").strip() for name in columns}
