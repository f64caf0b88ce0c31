"""Facts that territory publishes."""

from datetime import date
from typing import ClassVar

from lingqu.kernel.event import Event


class TerritoryGranted(Event, frozen=True, kw_only=True):
    """Counties of a line were given to an organization."""

    subject: ClassVar[str] = "territory.granted.v1"
    tier: str
    organization_id: int
    product_line_id: int
    region_ids: list[int]
    valid_from: date
    valid_until: date | None


class TerritoryEnded(Event, frozen=True, kw_only=True):
    """An organization serves a county of a line no longer, from a day on."""

    subject: ClassVar[str] = "territory.ended.v1"
    tier: str
    organization_id: int
    product_line_id: int
    region_id: int
    valid_until: date
