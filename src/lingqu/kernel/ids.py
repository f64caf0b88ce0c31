"""Identifiers of the data plane: time-ordered, made here or by the client, never by a database sequence."""

import secrets
import time
from datetime import datetime
from hashlib import sha256
from uuid import UUID, SafeUUID

_VARIANT = 0b10 << 62
_VERSION_7 = 0x7 << 76 | _VARIANT
_VERSION_8 = 0x8 << 76 | _VARIANT
_UNIX_MS_SHIFT = 80
_TAIL = (1 << 62) - 1
_HEAD = 0xFFF << 62  # of the noise; in the identifier it stands before the variant, two bits higher

# Every order gets one. UUID's constructor first finds out which of five forms it was given, so it is gone past.
_new = object.__new__
_set_number = UUID.__dict__["int"].__set__
_set_safety = UUID.__dict__["is_safe"].__set__
_UNKNOWN = SafeUUID.unknown


def uuid7(*, at: datetime | None = None) -> UUID:
    """Make a new UUIDv7, ordered by time to the millisecond.

    Units:  ``at`` is the instant to carry; default the clock of this machine.
    Source: RFC 9562 section 5.7.
    """
    unix_ms = time.time_ns() // 1_000_000 if at is None else int(at.timestamp() * 1000)
    noise = secrets.randbits(74)
    return _compose(unix_ms, _VERSION_7, noise)


def uuid7s(count: int, *, at: datetime) -> list[UUID]:
    """Make many new identifiers of one instant; noise is drawn once for all of them."""
    unix_ms, noise = int(at.timestamp() * 1000), secrets.token_bytes(10 * count)
    return [
        _compose(unix_ms, _VERSION_7, int.from_bytes(noise[start : start + 10], "big") >> 6)
        for start in range(0, 10 * count, 10)
    ]


def least_uuid7(*, at: datetime) -> UUID:
    """Give the bound below which every UUIDv7 is older than an instant, to the millisecond."""
    return _compose(int(at.timestamp() * 1000), _VERSION_7, 0)


def unix_ms_of(value: UUID) -> int:
    """Read the milliseconds since 1970 that a version 7 or 8 identifier carries.

    Raises: ValueError for any other version.
    """
    if value.version not in {7, 8}:
        raise ValueError(f"{value} carries no time")
    return value.int >> _UNIX_MS_SHIFT


def derived_id(*, actor: str, key: UUID) -> UUID:
    """Derive the identifier that a retry of the same request always gets again.

    The time comes from the client's key (a UUIDv7), so the result is time-ordered; the rest is a hash, so that
    two actors with the same key never meet.

    Raises: ValueError if ``key`` is no UUIDv7.
    Source: architecture.md section 3, RFC 9562 section 5.8.
    """
    if key.version != 7:  # noqa: PLR2004 - the version of RFC 9562 is its name
        raise ValueError(f"{key} is not a UUIDv7")
    return derived_id_at(key.int >> _UNIX_MS_SHIFT, actor=actor, key=str(key))


def derived_id_at(unix_ms: int, *, actor: str, key: str) -> UUID:
    """Derive the same from a key that is taken apart already; ``key`` is its usual text."""
    digest = sha256(f"{actor}\0{key}".encode()).digest()
    return _compose(unix_ms, _VERSION_8, int.from_bytes(digest[:10], "big"))


def _compose(unix_ms: int, version: int, noise: int) -> UUID:
    made = _new(UUID)
    _set_number(made, unix_ms << _UNIX_MS_SHIFT | version | (noise & _HEAD) << 2 | noise & _TAIL)
    _set_safety(made, _UNKNOWN)
    return made
