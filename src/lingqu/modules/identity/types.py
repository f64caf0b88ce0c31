"""What identity hands to others."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct


class PartyKind(StrEnum):
    """What may own an account or stand on a document."""

    ORGANIZATION = "organization"
    WALK_IN = "walk-in"
    PLATFORM = "platform"


class NewParty(Struct, frozen=True, kw_only=True):
    """A party to be made; its home cell never changes."""

    id: UUID
    kind: PartyKind
    home_cell: int
    name: str


class NewUser(Struct, frozen=True, kw_only=True):
    """A user to be made, with its roles in one organization; ``password_hash`` comes from `hash_password`."""

    login: str
    name: str
    party_id: UUID
    role_ids: tuple[int, ...]
    phone: str | None = None
    email: str | None = None
    language: str = "zh"
    password_hash: str | None = None


class BuiltInRole(Struct, frozen=True, kw_only=True):
    """A role that every organization of a kind has."""

    organization_kind: str
    code: str
    name_zh: str
    name_en: str
    permissions: tuple[str, ...]


class Session(Struct, frozen=True, kw_only=True):
    """A live session: whose, for which party, and what its roles there allow."""

    cell_id: int
    id: UUID
    user_id: int
    user_name: str
    party_id: UUID
    seen_at: datetime
    expires_at: datetime
    permissions: frozenset[str]


class Membership(Struct, frozen=True):
    """An organization that a user may act for."""

    party_id: UUID
    name: str


class Me(Struct, frozen=True, kw_only=True):
    """The signed-in user, the organization it acts for, and what it may do there."""

    user_id: int
    login: str
    name: str
    phone: str | None
    email: str | None
    language: str
    organization_id: int
    party_id: UUID
    organization_name: str
    kind: str
    is_operator: bool
    permissions: list[str]
    memberships: list[Membership]
    version: int


class SignedIn(Struct, frozen=True, kw_only=True):
    """A new session; ``token`` is shown this once."""

    token: str
    expires_at: datetime
    user_id: int
    user_name: str
    language: str
    party_id: UUID


class SessionLine(Struct, frozen=True, kw_only=True):
    """One of a user's own sessions."""

    id: UUID
    party_id: UUID
    organization_name: str
    started_at: datetime
    seen_at: datetime
    expires_at: datetime
    address: str
    user_agent: str
    is_current: bool
