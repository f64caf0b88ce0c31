"""What notice hands to others."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import Words


class NewNotice(Struct, frozen=True, kw_only=True):
    """Something to tell some users of one organization; ``path`` is the page that shows it."""

    cell_id: int
    party_id: UUID
    user_ids: tuple[int, ...]
    kind: str
    title: Words
    path: str


class Notice(Struct, frozen=True, kw_only=True):
    """Something a user was told."""

    id: UUID
    kind: str
    title_zh: str
    title_en: str
    path: str
    told_at: datetime
    read_at: datetime | None
