"""The database and the bus of a role, joined: a commit that wrote events wakes the relay."""

from lingqu.runtime.bus import Bus
from lingqu.runtime.db import Database
from lingqu.runtime.settings import Settings


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
