"""Sessions: find the one of a token, list and end one's own."""

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
    parsed = parse_token(token)
    if parsed is None:
        return None
    session = await tx.first(SQL["find_session"], Session, cell_id=parsed.cell_id, token_hash=parsed.hash, now=tx.now)
    if session is not None and tx.now - session.seen_at > _TOUCH_AFTER:
        await tx.run(
            SQL["touch_session"], cell_id=session.cell_id, id=session.id, now=tx.now, idle=IDLE, longest=LONGEST
        )
    return session


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
