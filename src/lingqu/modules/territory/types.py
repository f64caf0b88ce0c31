"""What territory hands to others."""

from datetime import date
from enum import StrEnum

from msgspec import Struct


class Tier(StrEnum):
    """Whose a place is: a distributor's territory or a dealer's area."""

    DISTRIBUTOR = "distributor"
    DEALER = "dealer"


class NewPlaces(Struct, frozen=True, kw_only=True):
    """Counties to be given to one organization; a province or prefecture stands for all its counties."""

    organization_id: int
    product_line_id: int
    region_ids: list[int]
    valid_from: date
    valid_until: date | None = None


class Place(Struct, frozen=True, kw_only=True):
    """A county of a line and whose it is; ``within``: the prefecture or state around it."""

    id: int
    tier: Tier
    organization_id: int
    organization_name: str
    organization_name_en: str
    product_line_id: int
    line_zh: str
    line_en: str
    region_id: int
    region_zh: str
    region_en: str
    within_zh: str
    within_en: str
    valid_from: date
    valid_until: date | None


class Holders(Struct, frozen=True, kw_only=True):
    """Who serves a county of a line on a day; None: nobody."""

    distributor_id: int | None
    dealer_id: int | None
