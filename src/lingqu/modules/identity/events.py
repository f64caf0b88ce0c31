"""Facts that identity publishes."""

from typing import ClassVar
from uuid import UUID

from lingqu.kernel.event import Event


class UserLeft(Event, frozen=True, kw_only=True):
    """A user no longer works for an organization: its open tasks there move on."""

    subject: ClassVar[str] = "identity.user-left.v1"
    user_id: int
    party_id: UUID


class UserJoined(Event, frozen=True, kw_only=True):
    """A user accepted an invitation."""

    subject: ClassVar[str] = "identity.user-joined.v1"
    user_id: int
    party_id: UUID
