"""What a module is given that works in batches, outside the edge: transactions, but neither pool nor commit."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol, TypeVar

from lingqu.kernel.clock import Clock
from lingqu.runtime.tx import Tx

Answer = TypeVar("Answer")


class Transactions(Protocol):
    """Runs work whole: it commits when the work returns and is undone when the work raises. The roles bring it."""

    @property
    def clock(self) -> Clock:
        """Tell the present."""

    @property
    def on_events(self) -> Callable[[], None]:
        """Wake the relay."""

    async def run(self, work: Callable[[Tx], Awaitable[Answer]], *, now: datetime | None = None) -> Answer:
        """Run ``work`` in a transaction of its own, again from its beginning when the database asks for that."""
