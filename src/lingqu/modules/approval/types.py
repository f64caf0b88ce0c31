"""What approval hands to others."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct


class State(StrEnum):
    """How a request stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"


class Decision(Struct, frozen=True, kw_only=True):
    """What somebody decided on one level."""

    level: int
    is_approved: bool
    user_name: str
    organization_name: str
    reason: str
    decided_at: datetime


class Request(Struct, frozen=True, kw_only=True):
    """A request with the decisions so far; ``level`` of ``level_count`` is the one that waits."""

    id: int
    state: State
    level: int
    level_count: int
    level_parties: list[UUID]
    party_id: UUID
    requested_by: int | None
    requester_name: str | None
    reason: str
    requested_at: datetime
    decisions: list[Decision]
