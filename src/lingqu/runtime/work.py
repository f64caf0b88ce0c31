"""Jobs at work: take one that is due, run it, keep its lease while it runs, and write how it ended."""

import asyncio
import logging
import time
from collections.abc import Coroutine, Mapping, Sequence
from datetime import timedelta
from typing import Any

import msgspec
from psycopg.types.json import Jsonb

from lingqu.kernel.errors import Refusal, Unavailable
from lingqu.runtime import problem
from lingqu.runtime.bus import keep_trying, until
from lingqu.runtime.db import Database
from lingqu.runtime.jobs import LEASE, Job, LeaseLost, Taken, Work
from lingqu.runtime.metrics import JOB_SECONDS
from lingqu.runtime.sql import statements
from lingqu.runtime.telemetry import new_trace_id, span
from lingqu.runtime.tx import Tx

SQL = statements("lingqu.runtime")

LANGUAGES = ("zh", "en")

_POLL_S = 0.5
_FIRST_PAUSE_S = 2.0
_LONGEST_PAUSE_S = 600.0

_LOG = logging.getLogger(__name__)


class Worker:
    """Runs jobs, at most ``concurrency`` at a time. ``services`` are given to jobs by parameter name, as to routes."""

    def __init__(
        self,
        database: Database,
        jobs: Sequence[Job],
        *,
        concurrency: int = 2,
        services: Mapping[str, object] | None = None,
    ) -> None:
        self._database = database
        self._jobs: Mapping[str, Job] = {job.name: job for job in jobs}
        self._concurrency = concurrency
        known = services or {}
        # A job without its service is a mistake of the role, found when it starts and not when the job comes.
        self._services = {job.name: {name: known[name] for name in job.services} for job in jobs}

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop``; a job in hand is then given back and goes on elsewhere after its last step."""
        lanes = [keep_trying(stop, "worker", lambda: self._lane(stop)) for _ in range(self._concurrency)]
        await asyncio.gather(*lanes)

    async def work_one(self) -> bool:
        """Run one due job to its end and tell whether there was one.

        Raises: Unavailable if the database is away.
        """
        taken = await self._database.run(self._take)
        if taken is None:
            return False
        started = time.perf_counter()
        with span(f"job {taken.kind}", trace=taken.trace_id or new_trace_id(), job_id=str(taken.id)):
            outcome = await self._attempt(self._jobs[taken.kind], taken)
        JOB_SECONDS.labels(taken.kind, outcome).observe(time.perf_counter() - started)
        return True

    async def _lane(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            if not await _unless(stop, self.work_one()):
                await until(stop, _POLL_S)

    async def _take(self, tx: Tx) -> Taken | None:
        for cell_id in await tx.values(SQL["cells_with_due_jobs"], int, now=tx.now):
            taken = await tx.first(
                SQL["take_job"],
                Taken,
                cell_id=cell_id,
                kinds=list(self._jobs),
                now=tx.now,
                lease_until=tx.now + LEASE,
            )
            if taken is not None:
                return taken
        return None

    async def _attempt(self, job: Job, taken: Taken) -> str:
        renewing = asyncio.create_task(self._keep_lease(taken))
        about = {"job_id": str(taken.id)}
        try:
            given = msgspec.json.decode(taken.input, type=job.input)
            result = await job.run(Work(self._database, taken), given, **self._services[job.name])
        except asyncio.CancelledError:
            await self._write("requeue_job", taken, problem=None, run_at=self._database.clock())
            raise
        except LeaseLost:
            _LOG.warning("job %s was taken over", job.name, extra=about)
            return "lost"
        except Refusal as refusal:
            said = Jsonb({tag: problem.of_refusal(refusal, language=tag, trace_id=taken.trace_id) for tag in LANGUAGES})
            await self._write("fail_job", taken, problem=said, now=self._database.clock())
            return "refused"
        except Exception as error:  # noqa: BLE001 - a bug or an outside fault: tried again, then kept as failed
            _LOG.exception("job %s failed", job.name, extra=about)
            return await self._put_off(job, taken, error)
        finally:
            renewing.cancel()
        kept = Jsonb(msgspec.to_builtins(result)) if result is not None else None
        await self._write("finish_job", taken, result=kept, now=self._database.clock())
        return "done"

    async def _put_off(self, job: Job, taken: Taken, error: Exception) -> str:
        said = Jsonb({tag: _said(error, language=tag, trace_id=taken.trace_id) for tag in LANGUAGES})
        now = self._database.clock()
        if taken.attempts >= job.attempts:
            await self._write("fail_job", taken, problem=said, now=now)
            return "failed"
        pause_s = min(_FIRST_PAUSE_S * 4.0 ** (taken.attempts - 1), _LONGEST_PAUSE_S)
        await self._write("requeue_job", taken, problem=said, run_at=now + timedelta(seconds=pause_s))
        return "retry"

    async def _keep_lease(self, taken: Taken) -> None:
        while True:
            await asyncio.sleep(LEASE.total_seconds() / 3)
            await self._write("renew_lease", taken, lease_until=self._database.clock() + LEASE)

    async def _write(self, name: str, taken: Taken, **parameters: Any) -> None:
        async def write(tx: Tx) -> None:
            await tx.run(SQL[name], cell_id=taken.cell_id, id=taken.id, attempts=taken.attempts, **parameters)

        await self._database.run(write)


def _said(error: Exception, *, language: str, trace_id: str) -> dict[str, Any]:
    if isinstance(error, Unavailable):
        return problem.of_unavailable(error, language=language, trace_id=trace_id)
    return problem.of_bug(language=language, trace_id=trace_id)


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, bool]) -> bool:
    """Run ``work``, and cancel it when ``stop`` is set first."""
    working = asyncio.create_task(work)
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([working, stopping], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not working.done():
        working.cancel()
        await asyncio.wait([working])
        return False
    return working.result()
