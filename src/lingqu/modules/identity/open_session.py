"""Open a session for somebody who has shown who he is."""

from datetime import timedelta
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Actor
from lingqu.modules.identity.types import SignedIn
from lingqu.runtime.sql import statements
from lingqu.runtime.token import new_token
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

IDLE = timedelta(days=3)
"""A session that is not used ends after this time."""
LONGEST = timedelta(days=30)
"""A session ends after this time, used or not."""


class _Opener(Struct, frozen=True):
    login: str
    name: str
    language: str
    home_cell: int


async def open_session(tx: Tx, *, user_id: int, party_id: UUID, address: str = "", user_agent: str = "") -> SignedIn:
    """Write a session in the party's home cell. Whether the user may have it, the caller has checked."""
    opener = await tx.one(SQL["find_opener"], _Opener, user_id=user_id, party_id=party_id)
    token, session_id, expires_at = new_token(opener.home_cell), uuid7(at=tx.now), tx.now + IDLE
    await tx.run(
        SQL["add_session"],
        cell_id=token.cell_id,
        id=session_id,
        token_hash=token.hash,
        user_id=user_id,
        party_id=party_id,
        now=tx.now,
        expires_at=expires_at,
        address=address,
        user_agent=user_agent,
    )
    tx.actor, tx.cell_id = Actor(party_id, user_id, opener.name), opener.home_cell
    tx.record("session", session_id, after={"login": opener.login, "address": address, "user_agent": user_agent})
    return SignedIn(
        token=str(token),
        expires_at=expires_at,
        user_id=user_id,
        user_name=opener.name,
        language=opener.language,
        party_id=party_id,
    )
