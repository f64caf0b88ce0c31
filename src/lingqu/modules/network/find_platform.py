"""Find the organization that runs the platform."""

from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def find_platform(tx: Tx) -> int | None:
    """Find the id of the platform's own organization; None before `lingqu init` has made it."""
    found = await tx.values(SQL["find_platform"], int)
    return found[0] if found else None
