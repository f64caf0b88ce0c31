"""Read the request about an object."""

from lingqu.modules.approval.types import Request
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def find_request(tx: Tx, *, kind: str, object_id: int) -> Request | None:
    """Read the newest request about an object; whether the caller may see the object, its owner has checked."""
    return await tx.first(SQL["find_request"], Request, kind=kind, object_id=object_id)
