"""Find who may do something in an organization, so that they can be told."""

from uuid import UUID

from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def users_with(tx: Tx, *, party_id: UUID, permission: str) -> list[int]:
    """Find the active users of a party whose roles there hold a right."""
    return await tx.values(SQL["users_with"], int, party_id=party_id, permission=permission)
