"""Who calls: the one place where the edge learns of sessions and keys."""

from collections.abc import Sequence

from lingqu.kernel.scope import Scope
from lingqu.modules.identity.api import find_session, find_sessions
from lingqu.modules.network.api import scope_of, scopes_of
from lingqu.runtime.http.route import Connection
from lingqu.runtime.tx import Tx


async def identify(tx: Tx, connection: Connection) -> Scope | None:
    """Find who holds the token that came with a request; None: nobody that we know."""
    session = await find_session(tx, token=connection.token or "")
    return None if session is None else await scope_of(tx, session=session)


async def identify_all(tx: Tx, connections: Sequence[Connection]) -> list[Scope | None]:
    """Find who holds each of many tokens: three statements, however many there are."""
    sessions = await find_sessions(tx, tokens=list({connection.token or "" for connection in connections}))
    scopes = await scopes_of(tx, sessions=list(sessions.values()))
    found = dict(zip(sessions, scopes, strict=True))
    return [found.get(connection.token or "") for connection in connections]
