"""The audit log: who changed what, from what to what. Written in the same transaction as the change."""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from types import NoneType
from typing import Any

import msgspec
from msgspec import Struct

from lingqu.kernel.ids import uuid7s
from lingqu.kernel.scope import Actor
from lingqu.runtime.rows import NULL, document, field, instant, int4, row_of, stream, text

_SECRET = re.compile(r"password|secret|token|hash|totp|api_key", re.IGNORECASE)
_PHONE = re.compile(r"phone|mobile", re.IGNORECASE)
_VISIBLE = 3
_PLAIN = frozenset({str, int, NoneType})
_begin = row_of("int4 uuid", columns=12)


class Change(Struct, frozen=True):
    """One object's state before and after; None before means made, None after means gone."""

    cell_id: int
    kind: str
    object_id: str
    before: object | None
    after: object | None
    actor: Actor | None = None
    """Who made it, where one transaction serves several; None: whom the transaction serves."""


def audit_rows(changes: Sequence[Change], *, actor: Actor | None, now: datetime) -> bytes:
    """Pack one audit row per change for ``load_audit``, with secrets left out and phone numbers masked.

    Shapes: n changes give n rows, whatever their size.
    """
    recorded_at = instant(now)
    return stream(
        b"".join(
            (
                _begin(change.cell_id, one_id.bytes),
                text(change.kind),
                field(change.object_id.encode()),
                _json(change.before),
                _json(change.after),
                *_who(change.actor or actor),
                recorded_at,
            )
        )
        for change, one_id in zip(changes, uuid7s(len(changes), at=now), strict=True)
    )


def masked(value: Any, *, name: str = "") -> Any:
    """Hide secrets wholly and phone numbers but for the first three and last two digits, at any depth."""
    if value is None or isinstance(value, bool):
        return value
    is_secret, is_phone = _hidden(name)
    if is_secret:
        return "***"
    if isinstance(value, dict):
        return {
            key: item if item.__class__ in _PLAIN and not any(_hidden(str(key))) else masked(item, name=str(key))
            for key, item in value.items()
        }
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


def _json(value: object | None) -> bytes:
    return NULL if value is None else document(masked(msgspec.to_builtins(value)))


def _who(actor: Actor | None) -> tuple[bytes, ...]:
    if actor is None:
        return NULL, NULL, text("system"), text("system"), text("")
    party = field(actor.party_id.bytes)
    return party, int4(actor.user_id), text(actor.name), text(actor.channel), text(actor.trace_id)
