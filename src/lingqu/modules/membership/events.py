"""Published facts of membership."""

from typing import ClassVar
from uuid import UUID

from lingqu.kernel.event import Event


class MemberRegistered(Event, frozen=True, kw_only=True):
    """Somebody became a member."""

    subject: ClassVar[str] = "membership.registered.v1"
    member_id: UUID
    organization_id: int


class MemberEnrolled(Event, frozen=True, kw_only=True):
    """A member is known to one more organization."""

    subject: ClassVar[str] = "membership.enrolled.v1"
    member_id: UUID
    organization_id: int


class PointsChanged(Event, frozen=True, kw_only=True):
    """A member got or gave points."""

    subject: ClassVar[str] = "membership.points-changed.v1"
    member_id: UUID
    points: int
    document_kind: str
    document_id: UUID
