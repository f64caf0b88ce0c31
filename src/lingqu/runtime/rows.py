"""Rows in the form that ``copy … (format binary)`` takes: what the hot path loads into its tables.

A table's plain columns, none of them null, are packed by one call a row; what may be null or has no fixed length
is added to it as single fields. Source: PostgreSQL's manual, COPY, "Binary Format". What a column cannot hold raises
psycopg's `DataError`, as the server would.
"""

import struct
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import msgspec
import psycopg

_KINDS = {"int2": ("h", 2), "int4": ("i", 4), "int8": ("q", 8), "bool": ("?", 1), "uuid": ("16s", 16)}
_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"
_INT = struct.Struct(">i").pack
_INT4 = struct.Struct(">ii").pack
_INT8 = struct.Struct(">iq").pack
_EPOCH_DAY = date(2000, 1, 1).toordinal()
_EPOCH_S = 946_684_800
_MICRO = 1_000_000

NULL = _INT(-1)
"""The field of a column without a value."""


def row_of(kinds: str, *, columns: int = 0) -> Callable[..., bytes]:
    """Make what packs the columns a row begins with, given in their order, one argument each.

    Units: ``kinds`` are int2, int4, int8, bool and uuid (given as its 16 bytes); ``columns`` of the row in all, where
           others follow.
    Raises: psycopg.DataError, from what it makes, for a number larger than its column.
    """
    of = kinds.split()
    return _packer(of, ">h", f"{columns or len(of)}, ")


def part_of(kinds: str) -> Callable[..., bytes]:
    """Make what packs some columns of a row that has begun, as `row_of`."""
    return _packer(kinds.split(), ">", "")


def _packer(kinds: Sequence[str], begins: str, first: str) -> Callable[..., bytes]:
    # Written out, so that the widths between the values are constants: a list to fill in takes twice as long.
    names = [f"c{number}" for number in range(len(kinds))]
    pairs = ", ".join([f"{_KINDS[kind][1]}, {name}" for kind, name in zip(kinds, names, strict=True)])
    source = f"""def packed({", ".join(names)}):
    try:
        return pack({first}{pairs})
    except error as fault:
        raise DataError("a number is larger than its column") from fault
"""
    code = begins + "".join([f"i{_KINDS[kind][0]}" for kind in kinds])
    found: dict[str, Any] = {"pack": struct.Struct(code).pack, "error": struct.error, "DataError": psycopg.DataError}
    exec(source, found)  # noqa: S102 - of the kinds above only
    return found["packed"]  # type: ignore[no-any-return]


def stream(rows: Iterable[bytes]) -> bytes:
    """Make what ``copy`` reads of packed rows."""
    return _HEAD + b"".join(rows) + _END


@lru_cache(maxsize=4_096)
def text(value: str | None) -> bytes:
    """Pack a text of few different ones that come again and again.

    Raises: psycopg.DataError for a NUL, which no text column holds.
    """
    if value is None:
        return NULL
    encoded = value.encode()
    if b"\0" in encoded:
        raise psycopg.DataError("a text may not hold a NUL")
    return field(encoded)


def field(value: bytes) -> bytes:
    """Pack bytes."""
    return _INT(len(value)) + value


def int4(value: int | None) -> bytes:
    """Pack a number that may be missing.

    Raises: psycopg.DataError if it is larger than its column.
    """
    if value is None:
        return NULL
    try:
        return _INT4(4, value)
    except struct.error as error:
        raise psycopg.DataError("a number is larger than its column") from error


def int8(value: int | None) -> bytes:
    """Pack a large number that may be missing.

    Raises: psycopg.DataError if it is larger than its column.
    """
    if value is None:
        return NULL
    try:
        return _INT8(8, value)
    except struct.error as error:
        raise psycopg.DataError("a number is larger than its column") from error


def day_number(value: date) -> int:
    """Give a date as a fixed column holds it: as an int4."""
    return value.toordinal() - _EPOCH_DAY


def micros(value: datetime) -> int:
    """Give an instant as a fixed column holds it: as an int8, exact to the microsecond."""
    return (int(value.replace(microsecond=0).timestamp()) - _EPOCH_S) * _MICRO + value.microsecond


@lru_cache(maxsize=1_024)
def day(value: date | None) -> bytes:
    """Pack a date that may be missing."""
    return NULL if value is None else _INT4(4, value.toordinal() - _EPOCH_DAY)


def instant(value: datetime | None) -> bytes:
    """Pack an instant that may be missing, exact to the microsecond."""
    if value is None:
        return NULL
    return _INT8(8, micros(value))


def document(value: Any) -> bytes:
    """Pack a value as jsonb."""
    return field(b"\1" + msgspec.json.encode(value))
