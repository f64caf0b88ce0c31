"""What approval hands to others."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from msgspec import Struct

ObjectId = int | UUID
"""Things are numbered, or bear a UUID."""


class State(StrEnum):
    """How a request stands. Withdrawn: what it asked about is gone; expired: nobody decided in time."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Level(Struct, frozen=True, kw_only=True):
    """Who decides on one level: people of a party with a right, or those with one role where it is named."""

    party_id: UUID
    permission: str
    role_id: int | None = None


class NewRequest(Struct, frozen=True, kw_only=True):
    """Something to be asked. ``subject`` is what whoever decides is shown before opening it."""

    kind: str
    object_id: ObjectId
    party_id: UUID
    requested_by: int | None
    levels: Sequence[Level]
    reason: str = ""
    subject: dict[str, Any] = {}
    expires_at: datetime | None = None


class Decision(Struct, frozen=True, kw_only=True):
    """What somebody decided on one level; ``for_name``: whose right that was, if not its own."""

    level: int
    is_approved: bool
    user_name: str
    for_name: str | None
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
    expires_at: datetime | None
    decisions: list[Decision]


class Decided(Struct, frozen=True, kw_only=True):
    """How a request stands after a decision, and for whom it was made, if for another."""

    state: State
    level: int
    level_count: int
    for_name: str | None


class ToDo(Struct, frozen=True, kw_only=True):
    """Something that waits for the caller. ``for_name``: whose right the caller would use, if not its own."""

    id: int
    kind: str
    object_id: str
    subject: dict[str, Any]
    reason: str
    level: int
    level_count: int
    requester_name: str | None
    organization_name: str
    requested_at: datetime
    expires_at: datetime | None
    for_name: str | None


class Delegation(Struct, frozen=True, kw_only=True):
    """Somebody decides for another from ``valid_from`` until before ``valid_until``, unless it was revoked."""

    id: int
    from_user_id: int
    from_name: str
    to_user_id: int
    to_name: str
    valid_from: datetime
    valid_until: datetime
    reason: str
    made_at: datetime
    revoked_at: datetime | None
