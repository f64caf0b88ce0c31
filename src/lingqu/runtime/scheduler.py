"""Schedules at work: whoever moves a schedule's next time on runs it, so several processes never run it twice."""

import asyncio
import logging
from collections.abc import Sequence

from lingqu.kernel.errors import Unavailable
from lingqu.runtime.bus import keep_trying, until
from lingqu.runtime.db import Database
from lingqu.runtime.jobs import Schedule
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements("lingqu.runtime")

_POLL_S = 1.0

_LOG = logging.getLogger(__name__)


class Scheduler:
    """Runs schedules when they are due."""

    def __init__(self, database: Database, schedules: Sequence[Schedule]) -> None:
        self._database = database
        self._schedules = schedules
        self._are_noted = False

    async def run(self, stop: asyncio.Event) -> None:
        """Run what is due until ``stop``."""
        await keep_trying(stop, "scheduler", lambda: self._session(stop))

    async def run_due(self, stop: asyncio.Event | None = None) -> int:
        """Run every schedule that is due now and count them.

        Raises: Unavailable if the database is away.
        """
        due = await self._database.run(self._note)
        self._are_noted = True
        count = 0
        for schedule in self._schedules:
            if stop is not None and stop.is_set():
                break
            if schedule.name not in due:
                continue
            if await self._database.run(lambda tx, schedule=schedule: _take(tx, schedule)):  # type: ignore[misc]
                await self._run(schedule)
                count += 1
        return count

    async def _session(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await self.run_due(stop)
            await until(stop, _POLL_S)

    async def _run(self, schedule: Schedule) -> None:
        error: str | None = None
        try:
            while await self._database.run(schedule.run):
                continue
        except Unavailable:
            raise
        except Exception as failure:  # noqa: BLE001 - one schedule's bug must not stop the others; it comes again
            _LOG.exception("schedule %s failed", schedule.name)
            error = f"{type(failure).__name__}: {failure}"

        async def note(tx: Tx) -> None:
            await tx.run(SQL["note_schedule_end"], name=schedule.name, now=tx.now, error=error)

        await self._database.run(note)

    async def _note(self, tx: Tx) -> set[str]:
        """Make schedules known that are new, and name those that are due."""
        names = [schedule.name for schedule in self._schedules]
        if not self._are_noted:
            await tx.run(SQL["note_schedules"], names=names, now=tx.now)
        return set(await tx.values(SQL["find_due_schedules"], str, names=names, now=tx.now))


async def _take(tx: Tx, schedule: Schedule) -> bool:
    return await tx.run(SQL["take_schedule"], name=schedule.name, every_s=schedule.every_s, now=tx.now) == 1
