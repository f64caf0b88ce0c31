"""Idempotency-Keys of orders: the id of an order follows from its key, so a retry meets its own row."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

import msgspec

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.ids import derived_id, derived_id_at, unix_ms_of, uuid7
from lingqu.kernel.scope import Scope
from lingqu.runtime.idempotency import KeyMissing, check_key
from lingqu.runtime.sql import statements
from lingqu.runtime.transactions import Transactions

SQL = statements(__package__)

_KEY_AGE = timedelta(days=30)
_MS = 1000
_KEY_AGE_MS = _KEY_AGE.total_seconds() * _MS
_is_usual_v7 = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}").fullmatch
_encode = msgspec.json.Encoder().encode
_VERSION_7 = 7
_SHORTEST_UUID = 32


class KeyTooOld(Refusal):
    """A UUIDv7 key from another month cannot be told from a new request."""

    code = "orders.key-too-old"
    status = 422
    title = Words("Idempotency-Key too old", "Idempotency-Key 已过期")
    detail = Words(
        "The time inside the key must lie within 30 days of now. Send a new UUIDv7.",
        "键内时间须在当前时间前后 30 天以内，请使用新的 UUIDv7。",
    )


async def order_ids(
    database: Transactions, *, scope: Scope, wanted: Sequence[tuple[str, int]], now: datetime
) -> list[UUID | Refusal]:
    """Find the id that each key stands for, the same for every retry.

    A key that carries no time is remembered in the actor's home cell first; a UUIDv7 needs no look-up. The seller
    belongs to the key: orders of two sellers live in two cells and must never bear one id.

    Shapes: ``wanted`` are (key, seller) pairs; one id or refusal each, in the order given.
    """
    timeless = sorted({_stored_key(key, seller) for key, seller in wanted if _time_key(key) is None and _is_good(key)})
    stored = await _stored(database, scope, timeless) if timeless else {}
    return [_id_of(key, seller, scope=scope, now=now, stored=stored) for key, seller in wanted]


def id_in_key(key: str, *, scope: Scope, seller_id: int, now: datetime) -> UUID | None:
    """Find the id of a key that carries it, a UUIDv7 of this month in its usual form; None for any other."""
    if _is_usual_v7(key) is None:
        return None
    unix_ms = int(key[:8] + key[9:13], 16)
    if abs(now.timestamp() * _MS - unix_ms) > _KEY_AGE_MS:
        return None
    return derived_id_at(unix_ms, actor=_actor_of(scope.actor.party_id.int, seller_id), key=key)


def hash_of(body: object) -> bytes:
    """Hash a decoded body: what must stay the same between retries, whatever the white space."""
    return sha256(_encode(body)).digest()


def _id_of(key: str, seller_id: int, *, scope: Scope, now: datetime, stored: dict[str, UUID]) -> UUID | Refusal:
    time_key = _time_key(key)
    if time_key is None:
        return stored.get(_stored_key(key, seller_id)) or KeyMissing()
    if abs(now.timestamp() * _MS - unix_ms_of(time_key)) > _KEY_AGE_MS:
        return KeyTooOld()
    return derived_id(actor=_actor_of(scope.actor.party_id.int, seller_id), key=time_key)


@lru_cache(maxsize=50_000)
def _actor_of(party: int, seller_id: int) -> str:
    """Name who sends; a UUID is slow to hash, so the party goes by its number."""
    return f"{UUID(int=party)}/{seller_id}"


def _stored_key(key: str, seller_id: int) -> str:
    return f"{seller_id}/{key}"


def _is_good(key: str) -> bool:
    try:
        check_key(key)
    except KeyMissing:
        return False
    return True


def _time_key(key: str) -> UUID | None:
    if not key.isascii() or len(key) < _SHORTEST_UUID:
        return None
    try:
        value = UUID(key)
    except ValueError:
        return None
    return value if value.version == _VERSION_7 else None


async def _stored(database: Transactions, scope: Scope, keys: Sequence[str]) -> dict[str, UUID]:
    rows = await database.run(
        lambda tx: tx.tuples(
            SQL["claim_order_id"],
            cell_id=scope.cell_id,
            actor=scope.actor.party_id,
            keys=list(keys),
            order_ids=[uuid7(at=tx.now) for _ in keys],
        )
    )
    return dict(rows)
