"""Price lists as people keep them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from lingqu.modules.pricing.types import Audience

Code = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^\S+$")]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Note = Annotated[str, Meta(max_length=2000)]
Currency = Annotated[str, Meta(pattern=r"^[A-Z]{3}$")]
Id = Annotated[int, Meta(ge=1, le=2_147_483_647)]
Minor = Annotated[int, Meta(ge=0, le=1_000_000_000_000)]
Count = Annotated[int, Meta(ge=1, le=1_000_000_000)]


class ListStatus(StrEnum):
    """Only a published list gives prices."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class NewPriceList(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A list to be made, as a draft."""

    seller_id: Id
    code: Code
    name: Name
    currency: Currency
    is_tax_included: bool
    valid_from: date
    valid_until: date | None = None
    note: Note = ""


class PriceListLine(Struct, frozen=True, kw_only=True):
    """A list among lists."""

    id: int
    seller_id: int
    seller_name: str
    code: str
    name: str
    currency: str
    is_tax_included: bool
    status: ListStatus
    valid_from: date
    valid_until: date | None
    item_count: int
    audiences: tuple[Audience, ...]
    version: int


class NewAssignment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For whom a list is; only the field that the audience needs is given."""

    audience: Audience
    organization_id: Id | None = None
    level: Annotated[str, Meta(min_length=1, max_length=60)] | None = None
    region_ids: tuple[Id, ...] = ()

    def is_named(self) -> bool:
        """Tell whether exactly that is given which names the audience."""
        given = (self.organization_id is not None, self.level is not None, bool(self.region_ids))
        kinds = (Audience.ORGANIZATION, Audience.LEVEL, Audience.TERRITORY)
        return given == tuple(self.audience is kind for kind in kinds)


class AssignmentView(Struct, frozen=True, kw_only=True):
    """For whom a list is, with the name of an organization."""

    id: int
    audience: Audience
    organization_id: int | None
    organization_name: str | None
    level: str | None
    region_ids: tuple[int, ...]


class PriceListView(Struct, frozen=True, kw_only=True):
    """A list with those it is for; its prices are a list of their own."""

    id: int
    seller_id: int
    code: str
    name: str
    currency: str
    is_tax_included: bool
    status: ListStatus
    valid_from: date
    valid_until: date | None
    note: str
    created_at: datetime
    version: int
    assignments: tuple[AssignmentView, ...] = ()


class NewPrice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The price of one pack from ``min_packs`` on, from a day on; what stands for that day and tier is replaced."""

    sku_id: Id
    pack_id: Id
    price_minor: Minor
    valid_from: date
    valid_until: date | None = None
    min_packs: Count = 1


class Price(Struct, frozen=True, kw_only=True):
    """A price as it is kept."""

    id: int
    list_id: int
    sku_id: int
    pack_id: int
    min_packs: int
    valid_from: date
    valid_until: date | None
    price_minor: int
    version: int


class PriceLine(Struct, frozen=True, kw_only=True):
    """A price among those of its list."""

    id: int
    list_id: int
    sku_id: int
    sku_code: str
    name_zh: str
    name_en: str
    pack_id: int
    pack_code: str
    pack_name_zh: str
    pack_name_en: str
    units: int
    min_packs: int
    price_minor: int
    valid_from: date
    valid_until: date | None
    version: int
