"""Ask for approval of something."""

from collections.abc import Sequence
from uuid import UUID

from lingqu.kernel.scope import Actor
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def request_approval(
    tx: Tx, *, kind: str, object_id: int, actor: Actor, level_parties: Sequence[UUID], reason: str
) -> int:
    """Ask the people of some parties, the first level first, to agree to something; give the request's id.

    Raises: psycopg.errors.UniqueViolation if one waits for the object already (a bug: its owner knows).
    """
    request_id = await tx.value(
        SQL["add_request"],
        int,
        kind=kind,
        object_id=object_id,
        party_id=actor.party_id,
        requested_by=actor.user_id,
        reason=reason,
        level_parties=list(level_parties),
        now=tx.now,
    )
    tx.record("approval", request_id, after={"kind": kind, "object_id": object_id, "reason": reason})
    return request_id
