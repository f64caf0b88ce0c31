"""Who calls: the one place where the edge learns of sessions and keys."""

from lingqu.kernel.scope import Scope
from lingqu.runtime.http.route import Connection
from lingqu.runtime.tx import Tx


async def identify(tx: Tx, connection: Connection) -> Scope | None:  # noqa: ARG001 - no module knows sessions yet
    """Find who holds the token that came with a request; None: nobody that we know."""
    return None
