"""Find a user by its login, for commands; nobody signs in this way."""

from uuid import UUID

from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def find_login(tx: Tx, *, login: str) -> tuple[int, UUID] | None:
    """Find a user's id and the first party it acts for; None if there is no such user."""
    rows = await tx.tuples(SQL["find_login"], login=login.lower())
    return (rows[0][0], rows[0][1]) if rows else None
