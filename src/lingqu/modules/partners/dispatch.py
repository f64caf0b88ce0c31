"""The dispatcher: takes lanes that have something to tell, and tells it. Several may run; each lane has one hand.

Nothing is sent inside a transaction: what is due is read, sent, and then written down. A kill in between sends the
same delivery again under the same id, never loses it.
"""

import asyncio
import logging
from collections.abc import Sequence

from lingqu.kernel.errors import Unavailable
from lingqu.modules.partners.attempts import Target, no_answer, outcome_of, request_of, shown
from lingqu.modules.partners.settle import LEASE, Head, Lane, LaneLost, keep, release, settle
from lingqu.runtime.bus import keep_trying, until
from lingqu.runtime.outgoing import Sender
from lingqu.runtime.sql import statements
from lingqu.runtime.transactions import Transactions
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_POLL_S = 0.5
_LANES = 64
_AT_ONCE = 4
_ROUNDS = 20

_LOG = logging.getLogger(__name__)


class Dispatcher:
    """Serves lanes, at most ``lanes`` at a time: a slow receiver holds up its own lane and nobody else's."""

    def __init__(self, database: Transactions, sender: Sender, *, lanes: int = _LANES) -> None:
        self._database = database
        self._sender = sender
        self._lanes = lanes
        self._serving: set[asyncio.Task[None]] = set()

    async def run(self, stop: asyncio.Event) -> None:
        """Tell what is due until ``stop``; faults of the database are waited out."""
        await keep_trying(stop, "webhooks", lambda: self._session(stop))

    async def tell_due(self) -> int:
        """Serve every lane that is due now to its end and count them.

        Raises: Unavailable if the database is away.
        """
        lanes = await self._database.run(self._take)
        await asyncio.gather(*(self._serve(lane, asyncio.Event()) for lane in lanes))
        return len(lanes)

    async def _session(self, stop: asyncio.Event) -> None:
        try:
            while not stop.is_set():
                for lane in await self._database.run(self._take):
                    task = asyncio.create_task(self._serve(lane, stop))
                    self._serving.add(task)
                    task.add_done_callback(self._serving.discard)
                await until(stop, _POLL_S)
        finally:
            if self._serving:
                await asyncio.wait(self._serving)

    async def _take(self, tx: Tx) -> list[Lane]:
        """Take due lanes, cell by cell, as many as there are free hands."""
        taken: list[Lane] = []
        for cell_id in await tx.values(SQL["cells_with_due_lanes"], int, now=tx.now):
            free = self._lanes - len(self._serving) - len(taken)
            if free <= 0:
                break
            taken += await tx.all(
                SQL["take_lanes"], Lane, cell_id=cell_id, now=tx.now, lease_until=tx.now + LEASE, limit=free
            )
        return taken

    async def _serve(self, lane: Lane, stop: asyncio.Event) -> None:
        """Tell a lane's deliveries, a few at once, each of another object; then give it back, so others have a turn."""
        try:
            for _ in range(_ROUNDS):
                target, heads = await self._database.run(lambda tx: _due(tx, lane))
                if target is None or not heads or stop.is_set():
                    break
                must_rest = await asyncio.gather(*(self._tell(lane, target, head) for head in heads))
                if any(must_rest):
                    break
            await self._database.run(lambda tx: release(tx, lane=lane))
        except LaneLost:
            _LOG.warning("webhook %d was taken over", lane.webhook_id)
        except Unavailable as fault:
            _LOG.warning("webhook %d: %s", lane.webhook_id, fault.what)  # its lease ends, and it is taken again
        except Exception:  # noqa: BLE001 - one webhook's bug must not stop the others; its lease ends
            _LOG.exception("webhook %d failed", lane.webhook_id)

    async def _tell(self, lane: Lane, target: Target, head: Head) -> bool:
        """Try one delivery and tell whether the lane must rest now."""
        started_at = self._database.clock()
        request = request_of(target, event_id=head.event_id, body=head.body, at=started_at)
        try:
            outcome = outcome_of(await self._sender.send(request), now=started_at)
        except Unavailable as fault:
            outcome = no_answer(fault.what)
        rest_until = await self._database.run(
            lambda tx: settle(tx, lane=lane, head=head, outcome=outcome, request=shown(request), started_at=started_at)
        )
        return rest_until is not None or outcome.is_gone


async def _due(tx: Tx, lane: Lane) -> tuple[Target | None, Sequence[Head]]:
    """Read where to and what is due, and hold the lane for it. A lane that fails and fails is probed by one."""
    await keep(tx, lane=lane)
    target = await tx.first(SQL["read_target"], Target, id=lane.webhook_id, now=tx.now)
    if target is None:
        return None, ()
    held = await tx.value(SQL["read_failures"], int, cell_id=lane.cell_id, webhook_id=lane.webhook_id)
    heads = await tx.all(
        SQL["list_heads"],
        Head,
        cell_id=lane.cell_id,
        webhook_id=lane.webhook_id,
        now=tx.now,
        limit=1 if held else _AT_ONCE,
    )
    return target, heads
