"""What could not be taken from a file, or only in part: every row with its line and the reason."""

import csv
from collections import Counter
from pathlib import Path

from msgspec import Struct

_COLUMNS = ("file", "line", "key", "what", "reason")


class LeftOut(Struct, frozen=True):
    """A row that was skipped, or taken without a part of it (``is_partial``). ``line`` counts the file's from 1."""

    file: str
    line: int
    key: str
    reason: str
    is_partial: bool = False


def write_left_out(path: Path, rows: list[LeftOut]) -> None:
    """Write the result file; an empty one tells that everything was taken."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        for row in rows:
            writer.writerow((row.file, row.line, row.key, "partial" if row.is_partial else "skipped", row.reason))


def skipped_count(rows: list[LeftOut]) -> int:
    """Count the rows that were skipped whole."""
    return sum(not row.is_partial for row in rows)


def reasons(rows: list[LeftOut]) -> list[tuple[str, int]]:
    """Count the rows by reason, the most frequent first."""
    words = Counter(("taken, but " if row.is_partial else "skipped: ") + row.reason for row in rows)
    return words.most_common()
