"""The runtime's own routes: how a job fares, and who changed what."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from lingqu.kernel.errors import NotFound
from lingqu.kernel.ids import least_uuid7
from lingqu.kernel.scope import Scope
from lingqu.runtime.http.route import SIGNED_IN, Connection, get
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

AUDIT_READ = "runtime.audit-read"
# The ids are time-ordered, and an index has them in this order.
_AUDIT_SORTS = Sorts({"recorded_at": "id"}, default="-recorded_at")


class JobState(Struct, frozen=True, kw_only=True):
    """How a job fares. ``result`` is what it gave, ``problem`` why it failed or is tried again (RFC 9457)."""

    id: UUID
    kind: str
    state: Literal["queued", "running", "done", "failed"]
    done_count: int
    total_count: int | None
    result: Any
    problem: Any
    queued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class AuditEntry(Struct, frozen=True, kw_only=True):
    """One change: who made it, to what, from which state to which."""

    id: UUID
    kind: str
    object_id: str
    before: Any
    after: Any
    party_id: UUID | None
    user_id: int | None
    actor_name: str
    channel: str
    trace_id: str
    recorded_at: datetime


class AuditQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Changes to one kind of object, or to one object; by one person; from ``since`` on and before ``until``."""

    kind: Annotated[str, Meta(max_length=100)] | None = None
    object_id: Annotated[str, Meta(max_length=100)] | None = None
    user_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


@get("/jobs/{job_id:uuid}", permission=SIGNED_IN, summary="Tell how a job you asked for fares")
async def find_job(tx: Tx, scope: Scope, request: Connection, job_id: UUID) -> JobState:
    """Tell how a job of the caller's own fares."""
    found = await tx.first(
        SQL["find_job"],
        JobState,
        cell_id=scope.cell_id,
        id=job_id,
        party_id=scope.actor.party_id,
        user_id=scope.actor.user_id,
    )
    if found is None:
        raise NotFound(kind="job", id=str(job_id))
    language = "zh" if request.language.startswith("zh") else "en"
    return msgspec.structs.replace(found, problem=found.problem and found.problem[language])


@get("/audit", permission=AUDIT_READ, summary="List what your organization's people changed")
async def list_audit(tx: Tx, scope: Scope, query: AuditQuery) -> Listed[AuditEntry]:
    """List changes, the newest first."""
    return await list_page(
        tx,
        SQL["list_audit"],
        AuditEntry,
        query=query,
        sorts=_AUDIT_SORTS,
        cell_ids=list(scope.cell_ids),
        is_whole=scope.is_whole,
        party_id=scope.party_id,
        kind=query.kind,
        object_id=query.object_id,
        user_id=query.user_id,
        since=query.since and least_uuid7(at=query.since),
        until=query.until and least_uuid7(at=query.until),
    )
