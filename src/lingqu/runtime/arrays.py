"""Arrays of numbers and identifiers in the form the server keeps them: what the hot path decides by.

Text must be written here and read there, a digit at a time; a packed array is two calls of ``struct`` for the whole
column. Other statements send plain lists (`lingqu.runtime.lists`), whole rows go by `lingqu.runtime.rows`. A number
larger than its column raises psycopg's `DataError`, as the server would.
"""

import struct
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain, repeat
from typing import Any
from uuid import UUID

import psycopg
from psycopg.adapt import Dumper
from psycopg.pq import Format

_HEAD = struct.Struct(">5i").pack  # dimensions, has nulls, element type, length, lower bound


class Packed(bytes):
    """One value in the server's own form."""

    __slots__ = ()


class Int4s(Packed):
    """An array of int."""


class Int8s(Packed):
    """An array of bigint."""


class UUIDs(Packed):
    """An array of uuid."""


def int4s(values: Sequence[int]) -> Int4s:
    """Pack numbers."""
    return Int4s(_fixed(23, "i", 4, values))


def int8s(values: Sequence[int]) -> Int8s:
    """Pack large numbers."""
    return Int8s(_fixed(20, "q", 8, values))


def uuids(values: Iterable[UUID]) -> UUIDs:
    """Pack identifiers."""
    return uuids_of([value.int for value in values])


def uuids_of(numbers: Iterable[int]) -> UUIDs:
    """Pack identifiers given by their numbers, which are quick to hash and to sort."""
    packed = [number.to_bytes(16, "big") for number in numbers]
    return UUIDs(_head(2950, len(packed)) + b"".join([b"\0\0\0\x10" + v for v in packed]))


def _head(oid: int, count: int) -> bytes:
    return _HEAD(1, 0, oid, count, 1) if count else _HEAD(0, 0, oid, 0, 0)[:12]


@lru_cache(maxsize=4_096)
def _packer(kind: str, count: int) -> Callable[..., bytes]:
    return struct.Struct(">" + ("i" + kind) * count).pack


def _fixed(oid: int, kind: str, width: int, values: Sequence[Any]) -> bytes:
    pairs = chain.from_iterable(zip(repeat(width), values))
    try:
        return _head(oid, len(values)) + _packer(kind, len(values))(*pairs)
    except struct.error as error:
        raise psycopg.DataError("a number is larger than its column") from error


class _PackedDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: Any) -> bytes:
        return obj  # type: ignore[no-any-return]


_OIDS = {Int4s: 1007, Int8s: 1016, UUIDs: 2951}

for _kind, _oid in _OIDS.items():
    psycopg.adapters.register_dumper(_kind, type(f"{_kind.__name__}Dumper", (_PackedDumper,), {"oid": _oid}))
