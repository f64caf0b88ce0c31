"""Rights that a process may remember: what to watch, so that what is taken away is forgotten at once."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.ids import uuid7
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class RightsNow(Struct, frozen=True):
    """The revision of all rights, and the hashes of the sessions that ended lately."""

    revision: UUID
    ended: frozenset[bytes]


async def read_rights(tx: Tx, *, since: datetime) -> RightsNow:
    """Read what a memory of sessions must know.

    Units: ``since`` lies back further than any transaction takes, for one that ends a session may commit late.
    """
    revision = await tx.value(SQL["read_revision"], UUID)
    ended = await tx.tuples(SQL["find_ended_sessions"], since=since)
    return RightsNow(revision, frozenset(bytes(token_hash) for (token_hash,) in ended))


async def renew_rights(tx: Tx) -> None:
    """Void what every process remembers of rights, from the commit on: whoever changes one calls this."""
    await tx.run(SQL["renew_revision"], value=uuid7(at=tx.now))
