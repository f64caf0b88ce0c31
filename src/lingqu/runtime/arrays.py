"""Arrays in the form the server keeps them: what the hot path sends.

Text must be written here and read there, a digit at a time; a packed array is two calls of ``struct`` for the whole
column. Other statements send plain lists (`lingqu.runtime.lists`). What a column cannot hold raises psycopg's
`DataError`, as the server would.
"""

import struct
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import chain, repeat
from typing import Any
from uuid import UUID

import msgspec
import psycopg
from psycopg.adapt import Dumper
from psycopg.pq import Format

_TOO_LARGE = "a number is larger than its column"
_NULL = b"\xff\xff\xff\xff"
_HEAD = struct.Struct(">5i").pack  # dimensions, has nulls, element type, length, lower bound
_LENGTH = struct.Struct(">i").pack
_EPOCH_DAY = date(2000, 1, 1).toordinal()
_EPOCH_S = 946_684_800
_MICRO = 1_000_000


class Packed(bytes):
    """One value in the server's own form."""

    __slots__ = ()


class Int2s(Packed):
    """An array of smallint."""


class Int4s(Packed):
    """An array of int; an element may be null."""


class Int8s(Packed):
    """An array of bigint."""


class Bools(Packed):
    """An array of boolean."""


class Dates(Packed):
    """An array of date; an element may be null."""


class Instants(Packed):
    """An array of timestamptz; an element may be null."""


class Texts(Packed):
    """An array of text; an element may be null."""


class Hashes(Packed):
    """An array of bytea."""


class UUIDs(Packed):
    """An array of uuid."""


class Documents(Packed):
    """An array of jsonb, each element given as JSON text."""


class Document(Packed):
    """One jsonb value, given as JSON text."""


def int2s(values: Sequence[int]) -> Int2s:
    """Pack small numbers."""
    return Int2s(_fixed(21, "h", 2, values))


def int4s(values: Sequence[int | None]) -> Int4s:
    """Pack numbers."""
    if None in values:
        return Int4s(_loose(23, [None if v is None else _number(v) for v in values]))
    return Int4s(_fixed(23, "i", 4, values))


def int8s(values: Sequence[int]) -> Int8s:
    """Pack large numbers."""
    return Int8s(_fixed(20, "q", 8, values))


def bools(values: Sequence[bool]) -> Bools:
    """Pack claims."""
    return Bools(_fixed(16, "?", 1, values))


def uuids(values: Iterable[UUID]) -> UUIDs:
    """Pack identifiers."""
    packed = [v.int.to_bytes(16, "big") for v in values]
    return UUIDs(_head(2950, len(packed)) + b"".join([b"\0\0\0\x10" + v for v in packed]))


def hashes(values: Sequence[bytes]) -> Hashes:
    """Pack hashes."""
    return Hashes(_loose(17, values))


def texts(values: Sequence[str | None]) -> Texts:
    """Pack texts; most of a column are the same few, so each different one is written once."""
    written = {value: _text(value) for value in set(values)}
    has_nulls = int(None in written)
    return Texts(_head(25, len(values), has_nulls=has_nulls) + b"".join([written[value] for value in values]))


def dates(values: Sequence[date | None]) -> Dates:
    """Pack dates."""
    return Dates(_loose(1082, [None if v is None else _LENGTH(days(v)) for v in values]))


def instants(values: Sequence[datetime | None]) -> Instants:
    """Pack instants, exact to the microsecond."""
    pack = struct.Struct(">q").pack
    return Instants(_loose(1184, [None if v is None else pack(micros(v)) for v in values]))


def documents(values: Sequence[bytes]) -> Documents:
    """Pack JSON texts."""
    return Documents(_loose(3802, [b"\1" + value for value in values]))


def document(value: Any) -> Document:
    """Pack one value as JSON."""
    return Document(b"\1" + msgspec.json.encode(value))


def _number(value: int) -> bytes:
    try:
        return _LENGTH(value)
    except struct.error as error:
        raise psycopg.DataError(_TOO_LARGE) from error


def days(value: date) -> int:
    """Count days as the server does: since 2000-01-01."""
    return value.toordinal() - _EPOCH_DAY


def micros(value: datetime) -> int:
    """Count microseconds as the server does: since 2000-01-01 UTC."""
    whole = int(value.replace(microsecond=0).timestamp()) - _EPOCH_S
    return whole * _MICRO + value.microsecond


def _text(value: str | None) -> bytes:
    if value is None:
        return _NULL
    encoded = value.encode()
    if b"\0" in encoded:
        raise psycopg.DataError("a text may not hold a NUL")
    return _LENGTH(len(encoded)) + encoded


def _head(oid: int, count: int, *, has_nulls: int = 0) -> bytes:
    return _HEAD(1, has_nulls, oid, count, 1) if count else _HEAD(0, 0, oid, 0, 0)[:12]


@lru_cache(maxsize=4_096)
def _packer(kind: str, count: int) -> Callable[..., bytes]:
    return struct.Struct(">" + ("i" + kind) * count).pack


def _fixed(oid: int, kind: str, width: int, values: Sequence[Any]) -> bytes:
    pairs = chain.from_iterable(zip(repeat(width), values))
    try:
        return _head(oid, len(values)) + _packer(kind, len(values))(*pairs)
    except struct.error as error:
        raise psycopg.DataError(_TOO_LARGE) from error


def _loose(oid: int, values: Sequence[bytes | None]) -> bytes:
    body = b"".join([_NULL if v is None else _LENGTH(len(v)) + v for v in values])
    return _head(oid, len(values), has_nulls=int(None in values)) + body


class _PackedDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: Any) -> bytes:
        return obj  # type: ignore[no-any-return]


_OIDS = {
    Int2s: 1005,
    Int4s: 1007,
    Int8s: 1016,
    Bools: 1000,
    Dates: 1182,
    Instants: 1185,
    Texts: 1009,
    Hashes: 1001,
    UUIDs: 2951,
    Documents: 3807,
    Document: 3802,
}

for _kind, _oid in _OIDS.items():
    psycopg.adapters.register_dumper(_kind, type(f"{_kind.__name__}Dumper", (_PackedDumper,), {"oid": _oid}))
