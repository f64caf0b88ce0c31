"""A turn: processes that want the same rows take them one after the other, and wait before they have begun.

Without it two batches that touch the same popular rows meet inside the database, where each holds some of what the
other waits for; whoever waits there was composed too early and is too small. Who waits here goes on collecting.

A turn is a courtesy: nothing is right or wrong because of it. So nobody waits long for one, and who cannot get it goes
without.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from psycopg import AsyncConnection, Error

from lingqu.runtime.sql import statements

SQL = statements(__package__)

_PATIENCE = "250ms"
_CONNECTS_WITHIN_S = 2

_LOG = logging.getLogger(__name__)


class Turn:
    """The part of one process in a turn, over a connection of its own: it ends with it, so a killed one holds none.

    Processes that name the same ``number`` take turns. One block at a time in each.
    """

    def __init__(self, url: str, *, number: int, name: str) -> None:
        self._url = url
        self._number = number
        self._name = name
        self._connection: AsyncConnection | None = None
        self._is_ours = False
        self._ending: asyncio.Task[bool] | None = None

    @asynccontextmanager
    async def take(self) -> AsyncIterator[None]:
        """Wait until it is our turn and hold it while the block runs; go on without it after a quarter of a second."""
        self._is_ours = await self._say("take_turn")
        try:
            yield
        finally:
            self.hand_over()
            if self._ending is not None:
                await self._ending
                self._ending = None

    def hand_over(self) -> None:
        """Let the next one begin before the block ends: what is left to do keeps nobody from it."""
        if self._is_ours:
            self._is_ours = False
            self._ending = asyncio.create_task(self._say("end_turn"))

    async def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def _say(self, name: str) -> bool:
        try:
            if self._connection is None:
                self._connection = await AsyncConnection.connect(
                    self._url,
                    autocommit=True,
                    connect_timeout=_CONNECTS_WITHIN_S,
                    application_name=self._name,
                    options=f"-c lock_timeout={_PATIENCE}",
                )
            await self._connection.execute(SQL[name].text, {"number": self._number})
        except (Error, OSError) as error:
            _LOG.debug("no turn: %s", error)
            if self._connection is not None and self._connection.closed:
                self._connection = None
            return False
        return True
