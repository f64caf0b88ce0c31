"""Consumers: each event is handled once, in the consumer's own transaction, with an inbox row as proof."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.event import Event
from lingqu.runtime.tx import Tx


class Delivered(Struct, frozen=True):
    """An event as it reaches a consumer: its cell, its id, and the payload as the consumer's ``event`` struct."""

    cell_id: int
    event_id: UUID
    data: Any


class Consumer(Struct, frozen=True):
    """``name`` is stable for ever: it names the durable subscription and the inbox rows."""

    name: str
    event: type[Event]
    handle: Callable[[Tx, Delivered], Awaitable[None]]
