"""Jobs and schedules: work that must happen later, kept in the database."""

from collections.abc import Awaitable, Callable

from msgspec import Struct

from lingqu.runtime.tx import Tx


class Schedule(Struct, frozen=True):
    """Work that repeats; ``every_s`` counts from the last start."""

    name: str
    every_s: int
    run: Callable[[Tx], Awaitable[None]]
