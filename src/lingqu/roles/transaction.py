"""One transaction for a command, which has no event loop of its own."""

import asyncio
from collections.abc import Awaitable, Callable
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


async def _run(url: str, work: Callable[[Tx], Awaitable[Answer]]) -> Answer:
    database = Database(url, size=1, statement_timeout_ms=_STATEMENT_TIMEOUT_MS)
    await database.open()
    try:
        return await database.run(work)
    finally:
        await database.close()
