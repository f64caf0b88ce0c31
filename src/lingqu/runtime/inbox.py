"""Consumers: each event is handled once, in the consumer's own transaction, with an inbox row as proof."""

from collections.abc import Awaitable, Callable, Sequence
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
    """``name`` is stable for ever: it names the durable subscription and the inbox rows.

    It handles the events of a round one by one, or, where it gives ``handle_all``, all of them at once; those of one
    cell follow each other.
    """

    name: str
    event: type[Event]
    handle: Callable[[Tx, Delivered], Awaitable[None]] | None = None
    handle_all: Callable[[Tx, Sequence[Delivered]], Awaitable[None]] | None = None

    async def take(self, tx: Tx, delivered: Sequence[Delivered]) -> None:
        """Handle events in their order."""
        if self.handle_all is not None and delivered:
            tx.cell_id = delivered[0].cell_id
            await self.handle_all(tx, delivered)
        if self.handle is not None:
            for one in delivered:
                tx.cell_id = one.cell_id
                await self.handle(tx, one)
