"""Make parties: the ones who may own an account or stand on a document."""

from collections.abc import Sequence
from uuid import UUID

from lingqu.modules.identity.rights import renew_rights
from lingqu.modules.identity.types import NewParty
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def add_parties(tx: Tx, *, parties: Sequence[NewParty]) -> None:
    """Make many parties in one statement. Their owner records the change: a party is a part of something."""
    await tx.run(
        SQL["add_parties"],
        id=[party.id for party in parties],
        kind=[party.kind for party in parties],
        home_cell=[party.home_cell for party in parties],
        name=[party.name for party in parties],
    )


async def rename_party(tx: Tx, *, party_id: UUID, name: str) -> None:
    """Give a party the new name of what it stands for."""
    await tx.run(SQL["rename_party"], party_id=party_id, name=name)


async def close_party(tx: Tx, *, party_id: UUID) -> None:
    """Let nobody act for a party any more: its sessions end now, and nobody signs in for it."""
    await renew_rights(tx)
    await tx.run(SQL["close_party"], party_id=party_id)
    await tx.run(SQL["end_party_sessions"], party_id=party_id, now=tx.now)


async def home_cell_of(tx: Tx, *, party_id: UUID) -> int:
    """Read a party's home cell.

    Raises: LookupError if there is no such party (a bug).
    """
    return await tx.value(SQL["home_cell_of"], int, party_id=party_id)
