"""Idempotency: the same key gives the same answer, however often it is sent."""

import hashlib
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import Refusal, Words
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_KEY_LENGTH = 200


class KeyReused(Refusal):
    """The key was used before with another body."""

    code = "common.key-reused"
    status = 422
    title = Words("Idempotency-Key used before", "Idempotency-Key 已被使用")
    detail = Words(
        "This Idempotency-Key came before with another request. Send a new key for a new request.",
        "该 Idempotency-Key 曾用于内容不同的请求，新请求请使用新的键。",
    )


class KeyMissing(Refusal):
    """The route asks for a key and none came, or it has no acceptable form."""

    code = "common.key-missing"
    status = 400
    title = Words("Idempotency-Key needed", "缺少 Idempotency-Key")
    detail = Words(
        "Send the header Idempotency-Key with 1 to 200 visible ASCII characters, best a UUIDv7.",
        "请发送请求头 Idempotency-Key（1 至 200 个可见 ASCII 字符，建议使用 UUIDv7）。",
    )


class Stored(Struct, frozen=True):
    """An answer given before."""

    body_hash: bytes
    status: int
    answer: bytes


def check_key(key: str | None) -> str:
    """Accept a key or refuse it.

    Raises: KeyMissing.
    """
    if key is None or not 1 <= len(key) <= _KEY_LENGTH or not key.isascii() or not key.isprintable() or " " in key:
        raise KeyMissing
    return key


def hash_of(operation: str, body: bytes) -> bytes:
    """Hash what must stay the same between retries: the operation with its path, and the body as sent."""
    return hashlib.sha256(operation.encode() + b"\0" + body).digest()


async def claim(tx: Tx, *, cell_id: int, actor: UUID, key: str, body_hash: bytes) -> Stored | None:
    """Take the key for this transaction, or return the answer it was given before.

    A second request with the same key waits here until the first has committed or rolled back.

    Raises: KeyReused if the body differs.
    """
    taken = await tx.run(SQL["claim_key"], cell_id=cell_id, actor=actor, key=key, body_hash=body_hash, now=tx.now)
    if taken:
        return None
    stored = await tx.one(SQL["find_answer"], Stored, cell_id=cell_id, actor=actor, key=key)
    if stored.body_hash != body_hash:
        raise KeyReused
    # Taken, but never answered: a refusal that keeps its writes ended that request. It is run again.
    return stored if stored.status else None


async def store(tx: Tx, *, cell_id: int, actor: UUID, key: str, status: int, answer: bytes) -> None:
    """Keep the answer with the change it reports."""
    await tx.run(SQL["store_answer"], cell_id=cell_id, actor=actor, key=key, status=status, answer=answer)
