"""The audit log: who changed what, from what to what. Written in the same transaction as the change."""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Struct
from psycopg import AsyncConnection
from psycopg.types.json import Jsonb

from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Actor
from lingqu.runtime.sql import statements

SQL = statements(__package__)

_SECRET = re.compile(r"password|secret|token|hash|totp|api_key", re.IGNORECASE)
_PHONE = re.compile(r"phone|mobile", re.IGNORECASE)
_VISIBLE = 3


class Change(Struct, frozen=True):
    """One object's state before and after; None before means made, None after means gone."""

    cell_id: int
    kind: str
    object_id: str
    before: object | None
    after: object | None
    actor: Actor | None = None
    """Who made it, where one transaction serves several; None: whom the transaction serves."""


async def write_changes(
    connection: AsyncConnection, changes: Sequence[Change], *, actor: Actor | None, now: datetime
) -> None:
    """Write one audit row per change, with secrets left out and phone numbers masked.

    Shapes: n changes give n rows, whatever their size.
    """
    actors = [change.actor or actor for change in changes]
    async with connection.cursor() as cursor:
        await cursor.execute(
            SQL["write_audit"].text,
            {
                "cell_id": [c.cell_id for c in changes],
                "id": [uuid7(at=now) for _ in changes],
                "kind": [c.kind for c in changes],
                "object_id": [c.object_id for c in changes],
                "before": [_json(c.before) for c in changes],
                "after": [_json(c.after) for c in changes],
                "party_id": [None if one is None else one.party_id for one in actors],
                "user_id": [None if one is None else one.user_id for one in actors],
                "actor_name": ["system" if one is None else one.name for one in actors],
                "channel": ["system" if one is None else one.channel for one in actors],
                "trace_id": ["" if one is None else one.trace_id for one in actors],
                "now": now,
            },
        )


def masked(value: Any, *, name: str = "") -> Any:
    """Hide secrets wholly and phone numbers but for the first three and last two digits, at any depth."""
    if value is None or isinstance(value, bool):
        return value
    is_secret, is_phone = _hidden(name)
    if is_secret:
        return "***"
    if isinstance(value, dict):
        return {key: masked(item, name=str(key)) for key, item in value.items()}
    if isinstance(value, list):
        return [masked(item, name=name) for item in value]
    if is_phone:
        text = str(value)
        return text[:_VISIBLE] + "*" * max(len(text) - _VISIBLE - 2, 0) + text[max(len(text) - 2, _VISIBLE) :]
    return value


@lru_cache(maxsize=10_000)
def _hidden(name: str) -> tuple[bool, bool]:
    """Tell whether a field of this name holds a secret, or a phone number: the same few names come with every row."""
    return _SECRET.search(name) is not None, _PHONE.search(name) is not None


def _json(value: object | None) -> Jsonb | None:
    return None if value is None else Jsonb(masked(msgspec.to_builtins(value)))
