"""Ask for approval of something."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct
from psycopg.types.json import Jsonb

from lingqu.modules.approval.types import NewRequest
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class _Made(Struct, frozen=True):
    id: int


async def request_approval(tx: Tx, *, request: NewRequest) -> int:
    """Ask the people of some levels, the first one first, to agree to something; give the request's id.

    Raises: psycopg.errors.UniqueViolation if one waits for the object already (a bug: its owner knows).
    """
    (request_id,) = await request_approvals(tx, requests=[request])
    asked = {"kind": request.kind, "object_id": str(request.object_id), "reason": request.reason}
    tx.record("approval", request_id, after=asked)
    return request_id


async def request_approvals(tx: Tx, *, requests: Sequence[NewRequest]) -> list[int]:
    """Ask about many things in one trip. Nothing is written to the audit log: who asks has a record of its own.

    Shapes: one id per request, in the order given.
    """
    made = await tx.each(SQL["add_request"], _Made, [_row(tx, request) for request in requests])
    return [one.id for one in made if one is not None]


def _row(tx: Tx, request: NewRequest) -> dict[str, object]:
    is_uuid = isinstance(request.object_id, UUID)
    return {
        "kind": request.kind,
        "object_id": None if is_uuid else request.object_id,
        "object_uuid": request.object_id if is_uuid else None,
        "party_id": request.party_id,
        "requested_by": request.requested_by,
        "reason": request.reason,
        "level_parties": [level.party_id for level in request.levels],
        "level_permissions": [level.permission for level in request.levels],
        "level_roles": [level.role_id for level in request.levels],
        "subject": Jsonb(request.subject),
        "expires_at": request.expires_at,
        "now": tx.now,
    }
