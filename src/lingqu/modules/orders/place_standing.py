"""Place what was frozen: through the same intake as any order, under a key that names the date, so exactly once."""

import asyncio
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct
from psycopg.types.json import Jsonb

from lingqu.kernel.errors import Refusal
from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.network.api import scope_of_party
from lingqu.modules.orders.freeze_standing import Frozen, said_in_both
from lingqu.modules.orders.intake import Intake
from lingqu.modules.orders.prepare import NoLink
from lingqu.modules.orders.tell_refused import RefusedRun, tell_refused
from lingqu.modules.orders.types import NewOrder
from lingqu.runtime.idempotency import KeyReused
from lingqu.runtime.jobs import Job, Work
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_RIGHTS = frozenset({"orders.place"})
_FOR_EVER = 1_000_000
"""Attempts: a date waits until the database is back, however long that takes."""


class _Run(Struct, frozen=True):
    standing_id: UUID
    due_on: date
    body: NewOrder
    name: str
    buyer_id: int
    buyer_party: UUID
    saved_by: int | None
    saved_by_name: str

    @property
    def key(self) -> str:
        """The Idempotency-Key, the same for whoever places this date."""
        return f"standing/{self.standing_id}/{self.due_on}"


class _Outcome(Struct, frozen=True):
    run: _Run
    order_id: UUID | None = None
    refusal: Refusal | None = None


async def place_frozen(work: Work, frozen: Frozen, *, intake: Intake) -> None:
    """Place every date that still waits, and write what became of each.

    Killed before an order is placed, the job is taken over and places the same body; killed after it, the key answers
    with the order that stands. A refusal is final once it is written.

    Raises: Unavailable while the database is away; the job then comes again.
    """
    total = len(frozen.runs)
    runs = await work.step(lambda tx: _waiting(tx, work.cell_id, frozen), done_count=0, total_count=total)
    scopes = await work.step(lambda tx: _scopes(tx, runs), done_count=0, total_count=total)
    outcomes = await asyncio.gather(*[_place(intake, run, scope) for run, scope in zip(runs, scopes, strict=True)])
    await work.step(lambda tx: _decide(tx, work.cell_id, outcomes), done_count=total, total_count=total)


PLACE_STANDING = Job("orders.place-standing", Frozen, place_frozen, attempts=_FOR_EVER)


async def _waiting(tx: Tx, cell_id: int, frozen: Frozen) -> list[_Run]:
    return await tx.all(
        SQL["read_waiting_runs"],
        _Run,
        cell_id=cell_id,
        standing_id=[run.standing_id for run in frozen.runs],
        due_on=[run.due_on for run in frozen.runs],
    )


async def _scopes(tx: Tx, runs: Sequence[_Run]) -> list[Scope | None]:
    """Act for each buyer, in the name of whoever saved its standing order last."""
    return [
        await scope_of_party(
            tx, actor=Actor(run.buyer_party, run.saved_by, run.saved_by_name, channel="standing"), permissions=_RIGHTS
        )
        for run in runs
    ]


async def _place(intake: Intake, run: _Run, scope: Scope | None) -> _Outcome:
    if scope is None:
        return _Outcome(run, refusal=NoLink(seller_id=run.body.seller_id))
    try:
        placed = await intake.place(scope=scope, key=run.key, order=run.body)
    except Refusal as refusal:
        return _Outcome(run, refusal=refusal)
    return _Outcome(run, order_id=placed.id)


async def _decide(tx: Tx, cell_id: int, outcomes: Sequence[_Outcome]) -> None:
    final = [await _final(tx, cell_id, one) for one in outcomes]
    await tx.run(
        SQL["decide_runs"],
        cell_id=cell_id,
        now=tx.now,
        standing_id=[one.run.standing_id for one in final],
        due_on=[one.run.due_on for one in final],
        state=["placed" if one.order_id is not None else "refused" for one in final],
        order_id=[one.order_id for one in final],
        problem=[None if one.refusal is None else Jsonb(said_in_both(one.refusal)) for one in final],
    )
    for one in final:
        if one.refusal is not None:
            run = one.run
            refused = RefusedRun(cell_id, run.standing_id, run.name, run.due_on, run.buyer_id, run.body.lines)
            await tell_refused(tx, run=refused, refusal=one.refusal)


async def _final(tx: Tx, cell_id: int, one: _Outcome) -> _Outcome:
    """Take an order that stands under the key for what it is, also where a newer version writes its body otherwise."""
    if not isinstance(one.refusal, KeyReused):
        return one
    found = await tx.values(
        SQL["find_keyed_order"],
        UUID,
        cell_id=cell_id,
        actor=one.run.buyer_party,
        key=f"{one.run.body.seller_id}/{one.run.key}",
    )
    return _Outcome(one.run, order_id=found[0]) if found else one
