"""Jobs: work that takes longer than a request, kept in the database until it is done (ADR 0005).

A job's function runs outside any transaction and works in steps; each step is one transaction that also saves how far
the job has come, so whoever takes it over after a crash goes on after the last step that committed.
"""

import inspect
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

import msgspec
from msgspec import Struct
from psycopg.types.json import Jsonb

from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Actor
from lingqu.runtime.db import Database
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

Answer = TypeVar("Answer")

LEASE = timedelta(seconds=60)
"""How long a job may be silent before another worker takes it."""


class Work:
    """What a running job has in hand."""

    def __init__(self, database: Database, taken: "Taken") -> None:
        self._database = database
        self._taken = taken
        self.job_id = taken.id
        self.cell_id = taken.cell_id
        self.done_count = taken.done_count
        self.actor = taken.actor()

    async def step(self, do: Callable[[Tx], Awaitable[Answer]], *, done_count: int, total_count: int) -> Answer:
        """Run ``do`` in one transaction that also saves the progress and renews the lease.

        Raises: LeaseLost if another worker has taken the job over; nothing of this step stays.
        """

        async def with_progress(tx: Tx) -> Answer:
            tx.actor, tx.cell_id = self.actor, self.cell_id
            await _require_lease(
                await tx.run(
                    SQL["save_progress"],
                    cell_id=self.cell_id,
                    id=self.job_id,
                    attempts=self._taken.attempts,
                    done_count=done_count,
                    total_count=total_count,
                    lease_until=tx.now + LEASE,
                )
            )
            return await do(tx)

        answer = await self._database.run(with_progress)
        self.done_count = done_count
        return answer


class Job(Struct, frozen=True):
    """A kind of job. ``name`` is stable for ever: it names the rows. ``run`` gives what the asker gets back.

    ``run`` takes the work in hand and the input; what it names besides, by keyword, are services that the role keeps
    for the life of its process, such as the intake of orders (`Worker.services`), as routes name them.
    """

    name: str
    input: type[Struct]
    run: Callable[..., Awaitable[Struct | None]]
    attempts: int = 5

    @property
    def services(self) -> tuple[str, ...]:
        """Names of the services that the job asks for."""
        parameters = inspect.signature(self.run).parameters.values()
        return tuple(one.name for one in parameters if one.kind is inspect.Parameter.KEYWORD_ONLY)


class Schedule(Struct, frozen=True):
    """Work that repeats; ``every_s`` counts from the last start.

    ``run`` returns True when there is more to do at once; it is then called again in a new transaction.
    """

    name: str
    every_s: int
    run: Callable[[Tx], Awaitable[bool | None]]


class LeaseLost(Exception):
    """This worker was silent too long and another one has the job."""


class Taken(Struct, frozen=True):
    """A job as a worker takes it."""

    cell_id: int
    id: UUID
    kind: str
    input: str
    done_count: int
    attempts: int
    party_id: UUID | None
    user_id: int | None
    actor_name: str
    trace_id: str

    def actor(self) -> Actor | None:
        """Tell in whose name the job works."""
        if self.party_id is None:
            return None
        return Actor(self.party_id, self.user_id, self.actor_name, channel="job", trace_id=self.trace_id)


async def enqueue(tx: Tx, job: Job, *, input: Struct, key: str | None = None, run_at: datetime | None = None) -> UUID:  # noqa: A002 - the job's own word
    """Ask for a job in the present transaction and give its id; it works in the name of the transaction's actor.

    ``key`` makes a second request for the same work give the id of the first.
    """
    made = uuid7(at=tx.now)
    actor = tx.actor
    await tx.run(
        SQL["enqueue_job"],
        cell_id=tx.cell_id,
        id=made,
        kind=job.name,
        key=key,
        input=Jsonb(msgspec.to_builtins(input)),
        run_at=run_at or tx.now,
        party_id=actor.party_id if actor else None,
        user_id=actor.user_id if actor else None,
        actor_name=actor.name if actor else "system",
        trace_id=actor.trace_id if actor else "",
        now=tx.now,
    )
    if key is None:
        return made
    return await tx.value(SQL["find_job_by_key"], UUID, cell_id=tx.cell_id, kind=job.name, key=key)


async def _require_lease(row_count: int) -> None:
    if row_count == 0:
        raise LeaseLost
