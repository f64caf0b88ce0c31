"""Who calls: the one place where the edge learns of sessions and keys."""

from lingqu.kernel.scope import Scope
from lingqu.modules.identity.api import find_session
from lingqu.modules.network.api import scope_of
from lingqu.runtime.http.route import Connection
from lingqu.runtime.tx import Tx


async def identify(tx: Tx, connection: Connection) -> Scope | None:
    """Find who holds the token that came with a request; None: nobody that we know."""
    session = await find_session(tx, token=connection.token or "")
    return None if session is None else await scope_of(tx, session=session)
