"""Sessions: find the one of a token, list and end one's own."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.identity.open_session import IDLE, LONGEST
from lingqu.modules.identity.types import Session, SessionLine
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.token import Token, parse_token
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_TOUCH_AFTER = timedelta(minutes=5)
_SORTS = Sorts({"seen_at": "seen_at", "started_at": "started_at"}, default="-seen_at")


async def find_session(tx: Tx, *, token: str) -> Session | None:
    """Find the live session of a token; None if there is none, whatever the reason."""
    return (await find_sessions(tx, tokens=[token])).get(token)


async def find_sessions(tx: Tx, *, tokens: Sequence[str]) -> dict[str, Session]:
    """Find the live sessions of many tokens; a token without one is not in the answer."""
    parsed = {token: found for token in tokens if (found := parse_token(token)) is not None}
    if not parsed:
        return {}
    rows = await tx.all(
        SQL["find_sessions"],
        _Hashed,
        cell_ids=[one.cell_id for one in parsed.values()],
        token_hashes=[one.hash for one in parsed.values()],
        now=tx.now,
    )
    await _touch(tx, rows)
    by_hash = {row.token_hash: row for row in rows}
    return {token: by_hash[one.hash] for token, one in parsed.items() if one.hash in by_hash}


class _Hashed(Session, frozen=True, kw_only=True):
    token_hash: bytes


async def _touch(tx: Tx, sessions: Sequence[Session]) -> None:
    """Note that sessions are in use, now and then."""
    stale: dict[int, list[UUID]] = defaultdict(list)
    for session in sessions:
        if tx.now - session.seen_at > _TOUCH_AFTER:
            stale[session.cell_id].append(session.id)
    for cell_id, ids in sorted(stale.items()):
        await tx.run(SQL["touch_session"], cell_id=cell_id, ids=ids, now=tx.now, idle=IDLE, longest=LONGEST)


async def list_sessions(tx: Tx, *, scope: Scope, query: ListQuery, token: str | None) -> Listed[SessionLine]:
    """List the caller's own live sessions; ``token`` marks the one that asks."""
    return await list_page(
        tx,
        SQL["find_own_sessions"],
        SessionLine,
        query=query,
        sorts=_SORTS,
        user_id=scope.actor.user_id,
        token_hash=_hash(token),
        now=tx.now,
    )


async def end_session(tx: Tx, *, scope: Scope, session_id: UUID) -> None:
    """End one of the caller's own sessions, such as one on a lost phone.

    Raises: NotFound for a session that is not the caller's or has ended.
    """
    cells = await tx.values(SQL["end_own_session"], int, id=session_id, user_id=scope.actor.user_id, now=tx.now)
    if not cells:
        raise NotFound(kind="session", id=str(session_id))
    tx.record("session", session_id, before={"is_open": True}, after={"is_open": False}, cell_id=cells[0])


async def sign_out(tx: Tx, *, token: str | None) -> None:
    """End the session that asks."""
    parsed = parse_token(token or "")
    if parsed is None:
        return
    for session_id in await tx.values(
        SQL["end_session_by_token"], UUID, cell_id=parsed.cell_id, token_hash=parsed.hash, now=tx.now
    ):
        tx.record("session", session_id, before={"is_open": True}, after={"is_open": False})


async def end_user_sessions(
    tx: Tx, *, user_id: int, party_id: UUID | None = None, kept_token: str | None = None
) -> int:
    """End a user's sessions for one party or for all, but for the one that asks, and count them."""
    return await tx.run(
        SQL["end_user_sessions"], user_id=user_id, party_id=party_id, kept_hash=_hash(kept_token), now=tx.now
    )


def _hash(token: str | None) -> bytes | None:
    parsed: Token | None = parse_token(token or "")
    return None if parsed is None else parsed.hash
