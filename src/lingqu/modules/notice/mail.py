"""Mail: written with the change that causes it, carried away by a worker."""

from datetime import timedelta
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import Unavailable
from lingqu.kernel.ids import uuid7
from lingqu.runtime.mail import Mail, Mailer
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_ATTEMPTS = 8
_FIRST_WAIT_S = 60

ADDRESS = "{address}"
"""Stands in a mail's text for the address of this installation, which only the worker knows."""


class _Taken(Struct, frozen=True):
    cell_id: int
    id: UUID
    address: str
    subject: str
    body: str
    attempts: int


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


async def deliver_mail(tx: Tx, *, mailer: Mailer, public_url: str) -> bool:
    """Carry one mail away and tell whether there was one.

    A mail that is not taken waits longer each time and is given up after eight. One whose commit is lost after the
    server took it goes out twice: better than not at all.
    """
    taken = await tx.first(SQL["take_mail"], _Taken, now=tx.now)
    if taken is None:
        return False
    body = taken.body.replace(ADDRESS, public_url.rstrip("/"))
    try:
        await mailer.send(Mail(address=taken.address, subject=taken.subject, body=body))
    except Unavailable as fault:
        is_last = taken.attempts + 1 >= _ATTEMPTS
        await tx.run(
            SQL["note_problem"],
            cell_id=taken.cell_id,
            id=taken.id,
            state="failed" if is_last else "waiting",
            due_at=tx.now + timedelta(seconds=_FIRST_WAIT_S * 2**taken.attempts),
            problem=fault.what,
        )
    else:
        await tx.run(SQL["note_sent"], cell_id=taken.cell_id, id=taken.id, now=tx.now)
    return True
