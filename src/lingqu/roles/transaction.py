"""One transaction for a command, which has no event loop of its own."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx

Answer = TypeVar("Answer")

# A command loads in bulk where a request writes a row or two.
_STATEMENT_TIMEOUT_MS = 600_000


def in_transaction(url: str, work: Callable[[Tx], Awaitable[Answer]]) -> Answer:
    """Run ``work`` in a transaction of its own on a database that runs.

    Raises: Unavailable if the database is away.
    """
    return asyncio.run(_run(url, work))


@asynccontextmanager
async def bulk_database(url: str, *, size: int = 1) -> AsyncIterator[Database]:
    """Open a database for a command that loads much.

    Raises: Unavailable if the database is away.
    """
    database = Database(url, size=size, statement_timeout_ms=_STATEMENT_TIMEOUT_MS)
    await database.open()
    try:
        yield database
    finally:
        await database.close()


async def _run(url: str, work: Callable[[Tx], Awaitable[Answer]]) -> Answer:
    async with bulk_database(url) as database:
        return await database.run(work)
