"""The connection pool and the edge of a transaction: the only place that commits."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TypeVar

from psycopg import AsyncConnection, OperationalError, errors
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from lingqu.kernel.clock import Clock, system_clock
from lingqu.kernel.errors import Unavailable
from lingqu.runtime.lists import use_lean_lists
from lingqu.runtime.metrics import POOL
from lingqu.runtime.tx import Tx

Answer = TypeVar("Answer")

# SQLSTATEs after which the whole transaction is simply run again: serialization failure, deadlock,
# a server that shuts down or restarts, and what Citus answers when a shard moves (scale-out rule 11).
_RETRY = {"40001", "40P01", "57P01", "57P02", "57P03", "XX000"}
_ATTEMPTS = 5
_FIRST_WAIT_S = 0.01
_OPENS_WITHIN_S = 30.0
_RESTED_S = 0.2  # shorter than the waits of a repeated transaction are together


class _Connection(AsyncConnection):
    """A connection that knows when it last worked."""

    worked_at = 0.0


async def _check(connection: _Connection) -> None:
    """Ask a connection that has rested whether it is alive; one that worked a moment ago need not be asked."""
    if time.monotonic() - connection.worked_at > _RESTED_S:
        await AsyncConnectionPool.check_connection(connection)


class Database:
    """A pool of connections to one PostgreSQL and the transactions over it.

    ``name`` is what the server shows of its connections. ``on_events`` is called after each commit that wrote events,
    so that a role can wake the relay. Without ``is_durable`` a crash may lose the last commits, never a part of one:
    for a load that begins anew then.
    """

    def __init__(
        self,
        url: str,
        *,
        size: int = 8,
        statement_timeout_ms: int = 15_000,
        lock_timeout_ms: int = 5_000,
        is_durable: bool = True,
        clock: Clock = system_clock,
        name: str = "lingqu",
    ) -> None:
        options = f"-c statement_timeout={statement_timeout_ms} -c lock_timeout={lock_timeout_ms}"
        if not is_durable:
            options += " -c synchronous_commit=off"
        self.clock = clock
        self.on_events: Callable[[], None] = _nothing
        self._pool: AsyncConnectionPool[_Connection] = AsyncConnectionPool(
            url,
            connection_class=_Connection,
            min_size=1,
            max_size=size,
            open=False,
            kwargs={"options": options, "autocommit": False, "application_name": name},
            configure=use_lean_lists,
            check=_check,
            timeout=10,
        )

    async def open(self) -> None:
        """Open the pool and wait until one connection stands.

        Raises: Unavailable if the database does not answer within 30 seconds.
        """
        try:
            await self._pool.open(wait=True, timeout=_OPENS_WITHIN_S)
        except PoolTimeout as error:
            raise Unavailable("the database does not answer") from error

    async def close(self) -> None:
        """Close every connection."""
        await self._pool.close()

    def report(self) -> None:
        """Show how the pool stands at ``/metrics``."""
        stats = self._pool.get_stats()
        POOL.labels("open").set(stats.get("pool_size", 0))
        POOL.labels("free").set(stats.get("pool_available", 0))
        POOL.labels("asked-for").set(stats.get("requests_waiting", 0))

    @asynccontextmanager
    async def begin(self, *, now: datetime | None = None) -> AsyncIterator[Tx]:
        """Open one transaction; it commits when the block ends and rolls back when the block raises.

        Units: ``now`` is the instant that everything in the block takes as the present; default: the clock.
        """
        async with self._pool.connection() as connection:
            async with connection.transaction():
                tx = Tx(connection, now=now or self.clock())
                yield tx
                await tx.flush()
            connection.worked_at = time.monotonic()
            if tx.events:
                self.on_events()

    async def run(self, work: Callable[[Tx], Awaitable[Answer]], *, now: datetime | None = None) -> Answer:
        """Run ``work`` in a transaction and repeat it whole when the database asks for that.

        ``work`` must have no effect outside ``tx``.

        Raises: Unavailable if the database is away or the conflict does not end.
        """
        wait_s = _FIRST_WAIT_S
        for attempt in range(_ATTEMPTS):
            try:
                async with self.begin(now=now) as tx:
                    return await work(tx)
            except (OperationalError, PoolTimeout, errors.InternalError_) as error:
                if not _may_repeat(error) or attempt == _ATTEMPTS - 1:
                    raise _as_unavailable(error) from error
            await asyncio.sleep(wait_s * (0.5 + random.random()))  # noqa: S311 - spreads retries, guards nothing
            wait_s *= 4
        raise AssertionError("unreachable")


def _nothing() -> None:
    return


def _may_repeat(error: Exception) -> bool:
    state = getattr(error, "sqlstate", None)
    # No SQLSTATE: the connection broke. The work is idempotent by its ids, so it may run again.
    return state is None or state in _RETRY or state.startswith("08")


def _as_unavailable(error: Exception) -> Exception:
    if isinstance(error, errors.QueryCanceled | errors.LockNotAvailable):
        return Unavailable("the database is busy")
    if isinstance(error, errors.DiskFull):
        return Unavailable("the disk of the database is full", retry_after_s=60)
    if _may_repeat(error):
        return Unavailable("the database is away or busy")
    return error
