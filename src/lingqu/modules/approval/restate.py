"""Tell those who are asked about something what it is about now."""

from typing import Any

from psycopg.types.json import Jsonb

from lingqu.modules.approval.find_request import about
from lingqu.modules.approval.types import ObjectId
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def restate(tx: Tx, *, kind: str, object_id: ObjectId, subject: dict[str, Any]) -> int:
    """Change what whoever decides is shown of a request that waits; its owner has locked the object."""
    return await tx.run(SQL["restate_request"], subject=Jsonb(subject), **about(kind, object_id))
