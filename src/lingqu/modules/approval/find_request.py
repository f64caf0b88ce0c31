"""Read the request about an object."""

from typing import Any
from uuid import UUID

from lingqu.modules.approval.types import ObjectId, Request
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def find_request(tx: Tx, *, kind: str, object_id: ObjectId) -> Request | None:
    """Read the newest request about an object; whether the caller may see the object, its owner has checked."""
    return await tx.first(SQL["find_request"], Request, **about(kind, object_id))


def about(kind: str, object_id: ObjectId) -> dict[str, Any]:
    """Name an object to a statement: by its number or by its UUID."""
    is_uuid = isinstance(object_id, UUID)
    return {
        "kind": kind,
        "object_id": None if is_uuid else object_id,
        "object_uuid": object_id if is_uuid else None,
    }
