"""The conductor: takes steps that are due, asks the provider, and concludes. Several may run; each step has one hand.

Nothing is asked inside a transaction. A kill between the call and its record asks again with the same reference, which
changes nothing more at the provider; the record itself books money and state together.
"""

import asyncio
import logging
from datetime import timedelta

from lingqu.kernel.errors import Unavailable
from lingqu.modules.payment.advance import Claimed, Heard, Nothing, StepLost, conclude
from lingqu.modules.payment.types import Row, StepName, reference_of
from lingqu.runtime.bus import keep_trying, until
from lingqu.runtime.paying import NewCharge, PaymentProvider
from lingqu.runtime.sql import statements
from lingqu.runtime.transactions import Transactions
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_LEASE = timedelta(seconds=60)
_POLL_S = 0.5
_AT_ONCE = 16

_LOG = logging.getLogger(__name__)


class Conductor:
    """Takes payments to their end, step by step."""

    def __init__(self, database: Transactions, provider: PaymentProvider) -> None:
        self._database = database
        self._provider = provider

    async def run(self, stop: asyncio.Event) -> None:
        """Take due steps until ``stop``; faults of the database are waited out."""
        await keep_trying(stop, "payments", lambda: self._session(stop))

    async def take_due(self) -> int:
        """Take the steps that are due now, a few at once, and count them.

        Raises: Unavailable if the database is away.
        """
        claimed = await self._database.run(_claim)
        await asyncio.gather(*(self._take(step) for step in claimed))
        return len(claimed)

    async def _session(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            if not await self.take_due():
                await until(stop, _POLL_S)

    async def _take(self, step: Claimed) -> None:
        try:
            heard = await self._ask(step)
            await self._database.run(lambda tx: conclude(tx, step=step, heard=heard))
        except StepLost:
            _LOG.warning("payment %s: step %s was taken over", step.payment_id, step.name)
        except Unavailable as fault:
            _LOG.warning("payment %s: %s", step.payment_id, fault.what)  # its lease ends, and it is taken again
        except Exception:  # noqa: BLE001 - one payment's bug must not stop the others; its lease ends
            _LOG.exception("payment %s failed", step.payment_id)

    async def _ask(self, step: Claimed) -> Heard:
        reference = reference_of(step.cell_id, step.payment_id)
        try:
            if step.name is StepName.WATCH:
                return await self._provider.query(reference)
            if step.name is StepName.CLOSE:
                return await self._provider.close(reference)
            row = await self._database.run(
                lambda tx: tx.one(SQL["read_claimed"], Row, cell_id=step.cell_id, id=step.payment_id)
            )
            if step.name is StepName.REFUND:
                return await self._provider.refund(
                    reference, refund_reference=f"{reference}-r", amount_minor=row.amount_minor
                )
            return await self._provider.create(
                NewCharge(
                    reference=reference,
                    amount_minor=row.amount_minor,
                    currency=row.currency,
                    subject=f"Lingqu {row.id.hex[-8:]}",
                    expires_at=row.expires_at,
                )
            )
        except Unavailable as fault:
            return Nothing(fault.what)


async def _claim(tx: Tx) -> list[Claimed]:
    claimed: list[Claimed] = []
    for cell_id in await tx.values(SQL["cells_with_due_steps"], int, now=tx.now):
        if (left := _AT_ONCE - len(claimed)) <= 0:
            break
        claimed += await tx.all(
            SQL["claim_steps"], Claimed, cell_id=cell_id, now=tx.now, lease_until=tx.now + _LEASE, limit=left
        )
    return claimed
