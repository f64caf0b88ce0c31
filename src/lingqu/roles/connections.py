"""The database and the bus of a role, joined: a commit that wrote events wakes the relay."""

import asyncio

from lingqu.runtime.bus import Bus, until
from lingqu.runtime.db import Database
from lingqu.runtime.settings import Settings
from lingqu.runtime.turn import Turn

_PLACING = 1  # the turn of placing orders, among all processes of an installation
_REPORT_S = 5.0


def connect(settings: Settings, *, name: str) -> tuple[Database, Bus]:
    """Describe both connections; neither is open yet."""
    database = _database(settings, size=settings.pool_size, name=name)
    bus = Bus(settings.nats_url, name=name)
    database.on_events = bus.wake
    return database, bus


class FastLane:
    """What a process places orders over: one connection, so always the same warm backend, and its part in the turn."""

    def __init__(self, settings: Settings, beside: Database) -> None:
        self.database = _database(settings, size=1, name="placing")
        self.database.on_events = beside.on_events
        self.turn = Turn(settings.database_url, number=_PLACING, name="lingqu turn")

    async def open(self) -> None:
        """Open the connection.

        Raises: Unavailable if the database does not answer.
        """
        await self.database.open()

    async def close(self) -> None:
        """Close what was opened."""
        await self.turn.close()
        await self.database.close()


def _database(settings: Settings, *, size: int, name: str) -> Database:
    return Database(
        settings.database_url,
        size=size,
        statement_timeout_ms=settings.statement_timeout_ms,
        lock_timeout_ms=settings.lock_timeout_ms,
        name=f"lingqu {name}",
    )


async def report(database: Database, stop: asyncio.Event) -> None:
    """Show every few seconds how the pool stands."""
    while not stop.is_set():
        database.report()
        await until(stop, _REPORT_S)
