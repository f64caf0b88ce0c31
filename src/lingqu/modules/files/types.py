"""What files hands to others."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct


class Size(StrEnum):
    """Small: at most 320 pixels wide and high, for lists. Full: at most 2,048."""

    SMALL = "small"
    FULL = "full"


class Picture(Struct, frozen=True, kw_only=True):
    """A picture ready to be stored, as WebP: ``width`` and ``height`` are those of the full one."""

    source_sha256: bytes
    width: int
    height: int
    full: bytes
    small: bytes


class StoredFile(Struct, frozen=True, kw_only=True):
    """A stored file as people see it."""

    id: UUID
    party_id: UUID
    name: str
    width: int
    height: int
    added_at: datetime


class Content(Struct, frozen=True, kw_only=True):
    """Where a file's bytes lie: the hashes of both renditions."""

    id: UUID
    party_id: UUID
    name: str
    width: int
    height: int
    full_sha256: bytes
    small_sha256: bytes
    added_at: datetime
