"""Who can decide on something now."""

from lingqu.modules.approval.find_request import about
from lingqu.modules.approval.types import ObjectId
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def find_able(tx: Tx, *, kind: str, object_id: ObjectId) -> list[int]:
    """Name the users who may decide on the level that waits about an object, those who do it for others included."""
    return await tx.values(SQL["find_able"], int, now=tx.now, **about(kind, object_id))
