"""Mail: written with the change that causes it, carried away by a worker.

A mail is claimed, sent with no transaction open, and settled. A worker that is killed in between leaves a lease
behind; when it ends another one sends the mail, under the same Message-ID.
"""

import asyncio
import logging
from datetime import timedelta
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import Unavailable
from lingqu.kernel.ids import uuid7
from lingqu.runtime.bus import keep_trying, until
from lingqu.runtime.cells import cell_count
from lingqu.runtime.mail import Mail, Mailer, Undeliverable
from lingqu.runtime.sql import statements
from lingqu.runtime.transactions import Transactions
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_ATTEMPTS = 8
_FIRST_WAIT_S = 60
_LEASE = timedelta(minutes=2)
_AT_ONCE = 4
_POLL_S = 1.0
_KEPT = timedelta(days=90)
_ROWS_A_ROUND = 2_000

ADDRESS = "{address}"
"""Stands in a mail's text for the address of this installation, which only the worker knows."""

_LOG = logging.getLogger(__name__)


class _Claimed(Struct, frozen=True):
    cell_id: int
    id: UUID
    address: str
    subject: str
    body: str
    attempts: int
    lease_no: int


async def write_mail(tx: Tx, *, cell_id: int, mail: Mail) -> None:
    """Put a mail where the worker finds it; it leaves if this transaction commits."""
    await tx.run(
        SQL["add_mail"],
        cell_id=cell_id,
        id=uuid7(at=tx.now),
        address=mail.address,
        subject=mail.subject,
        body=mail.body,
        now=tx.now,
    )


class Postman:
    """Carries mails away. Several may run: each mail is in one hand."""

    def __init__(self, database: Transactions, mailer: Mailer, *, public_url: str) -> None:
        self._database = database
        self._mailer = mailer
        self._public_url = public_url.rstrip("/")

    async def run(self, stop: asyncio.Event) -> None:
        """Carry what is due until ``stop``; faults of the database are waited out."""
        await keep_trying(stop, "mail", lambda: self._session(stop))

    async def carry_due(self) -> int:
        """Carry a few mails that are due now, from all cells, and count them.

        Raises: Unavailable if the database is away.
        """
        claimed = await self._database.run(_claim)
        await asyncio.gather(*(self._carry(mail) for mail in claimed))
        return len(claimed)

    async def _session(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            if not await self.carry_due():
                await until(stop, _POLL_S)

    async def _carry(self, mail: _Claimed) -> None:
        """Send one. A mail that is not taken waits longer each time and is given up after eight; a refused one at once.

        One whose settling is lost after the server took it goes out twice, with one Message-ID: better than not at all.
        """
        body = mail.body.replace(ADDRESS, self._public_url)
        problem: str | None = None
        is_last = False
        try:
            await self._mailer.send(Mail(id=mail.id, address=mail.address, subject=mail.subject, body=body))
        except Unavailable as fault:
            problem, is_last = fault.what, mail.attempts + 1 >= _ATTEMPTS
        except Undeliverable as fault:
            problem, is_last = str(fault), True
        if not await self._database.run(lambda tx: _settle(tx, mail, problem=problem, is_last=is_last)):
            _LOG.warning("mail %s was taken over", mail.id)


async def _claim(tx: Tx) -> list[_Claimed]:
    claimed: list[_Claimed] = []
    for cell_id in await tx.values(SQL["cells_with_due_mail"], int, now=tx.now):
        if (left := _AT_ONCE - len(claimed)) <= 0:
            break
        claimed += await tx.all(
            SQL["claim_mails"], _Claimed, cell_id=cell_id, now=tx.now, lease_until=tx.now + _LEASE, limit=left
        )
    return claimed


async def _settle(tx: Tx, mail: _Claimed, *, problem: str | None, is_last: bool) -> bool:
    own = {"cell_id": mail.cell_id, "id": mail.id, "lease_no": mail.lease_no}
    if problem is None:
        return await tx.run(SQL["settle_sent"], now=tx.now, **own) == 1
    due_at = tx.now + timedelta(seconds=_FIRST_WAIT_S * 2**mail.attempts)
    state = "failed" if is_last else "waiting"
    return await tx.run(SQL["settle_problem"], state=state, due_at=due_at, problem=problem, **own) == 1


async def drop_old_mails(tx: Tx) -> bool:
    """Drop mails that left or were given up ninety days ago, and tell whether more are waiting."""
    is_more = False
    for cell_id in range(await cell_count(tx)):
        count = await tx.run(SQL["drop_old_mails"], cell_id=cell_id, before=tx.now - _KEPT, limit=_ROWS_A_ROUND)
        is_more = is_more or count == _ROWS_A_ROUND
    return is_more
