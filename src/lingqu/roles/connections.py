"""The database and the bus of a role, joined: a commit that wrote events wakes the relay."""

import asyncio

from lingqu.runtime.bus import Bus, until
from lingqu.runtime.db import Database
from lingqu.runtime.settings import Settings

_REPORT_S = 5.0


def connect(settings: Settings, *, name: str) -> tuple[Database, Bus]:
    """Describe both connections; neither is open yet."""
    database = Database(
        settings.database_url,
        size=settings.pool_size,
        statement_timeout_ms=settings.statement_timeout_ms,
        lock_timeout_ms=settings.lock_timeout_ms,
    )
    bus = Bus(settings.nats_url, name=name)
    database.on_events = bus.wake
    return database, bus


async def report(database: Database, stop: asyncio.Event) -> None:
    """Show every few seconds how the pool stands."""
    while not stop.is_set():
        database.report()
        await until(stop, _REPORT_S)
