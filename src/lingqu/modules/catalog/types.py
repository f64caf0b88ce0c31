"""What catalogue hands to others."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

Code = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^\S+$")]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Alt = Annotated[str, Meta(max_length=300)]
"""What a picture shows, in words."""
Positive = Annotated[int, Meta(ge=1, le=2_000_000_000)]
NotNegative = Annotated[int, Meta(ge=0, le=2_000_000_000)]
Attributes = Annotated[
    dict[Annotated[str, Meta(max_length=60)], Annotated[str, Meta(max_length=200)]], Meta(max_length=30)
]


class SKUStatus(StrEnum):
    """Discontinued: no longer ordered, what is left may be sold. Archived: out of every list, kept for history."""

    ACTIVE = "active"
    DISCONTINUED = "discontinued"
    ARCHIVED = "archived"


class NewPack(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pack to be made: an exact number of base units, with a number of its own under its bar code."""

    code: Code
    name_zh: Name
    name_en: Name
    units: Positive
    gtin: str | None = None
    is_orderable: bool = True


class NewSKU(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A SKU to be made. Variants of one product share ``product_code``, by default the SKU's own code."""

    brand_id: int
    product_line_id: int
    tax_class_id: int
    code: Code
    name_zh: Name
    name_en: Name
    base_unit: Annotated[str, Meta(min_length=1, max_length=20)]
    category_id: int | None = None
    product_code: Annotated[str, Meta(max_length=60)] = ""
    attributes: Attributes = {}
    is_lot_tracked: bool = False
    is_serialised: bool = False
    is_weighed: bool = False
    shelf_life_days: Positive | None = None
    weight_g: NotNegative | None = None
    volume_ml: NotNegative | None = None
    packs: Annotated[tuple[NewPack, ...], Meta(max_length=20)] = ()


class AddedSKU(Struct, frozen=True):
    """A new SKU and its packs by code."""

    id: int
    packs: dict[str, int]


class Pack(Struct, frozen=True, kw_only=True):
    """A pack as people see it."""

    id: int
    sku_id: int
    code: str
    name_zh: str
    name_en: str
    units: int
    gtin: str | None
    is_orderable: bool
    version: int


class SKULine(Struct, frozen=True, kw_only=True):
    """A SKU in a list; ``gtin`` is the base unit's, ``picture_id`` the first picture."""

    id: int
    brand_id: int
    product_line_id: int
    line_name_zh: str
    line_name_en: str
    category_id: int | None
    code: str
    product_code: str
    name_zh: str
    name_en: str
    base_unit: str
    gtin: str | None
    tax_ppm: int
    status: SKUStatus
    picture_id: int | None
    version: int


class SKUPicture(Struct, frozen=True, kw_only=True):
    """A picture of a SKU; its bytes lie at ``/pictures/{id}/content``."""

    id: int
    sku_id: int
    file_id: UUID
    width: int
    height: int
    alt_zh: str
    alt_en: str
    version: int


class Variant(Struct, frozen=True, kw_only=True):
    """Another SKU of the same product."""

    id: int
    code: str
    name_zh: str
    name_en: str
    attributes: dict[str, str]
    status: SKUStatus


class SKU(Struct, frozen=True, kw_only=True):
    """A SKU with all that belongs to it."""

    id: int
    brand_id: int
    product_line_id: int
    category_id: int | None
    tax_class_id: int
    tax_ppm: int
    code: str
    product_code: str
    attributes: dict[str, str]
    name_zh: str
    name_en: str
    base_unit: str
    is_lot_tracked: bool
    is_serialised: bool
    is_weighed: bool
    shelf_life_days: int | None
    weight_g: int | None
    volume_ml: int | None
    status: SKUStatus
    successor_id: int | None
    created_at: datetime
    version: int
    packs: tuple[Pack, ...] = ()
    variants: tuple[Variant, ...] = ()
    pictures: tuple[SKUPicture, ...] = ()


class Scanned(Struct, frozen=True, kw_only=True):
    """What a code stands for; ``matched_by`` says which kind of code it was."""

    sku_id: int
    sku_code: str
    name_zh: str
    name_en: str
    status: SKUStatus
    base_unit: str
    pack_id: int
    pack_code: str
    pack_name_zh: str
    pack_name_en: str
    units: int
    matched_by: str


class Barcode(Struct, frozen=True, kw_only=True):
    """An organization's own code for a pack."""

    id: int
    pack_id: int
    organization_id: int
    code: str


class Category(Struct, frozen=True, kw_only=True):
    """A node of a brand's tree of categories."""

    id: int
    brand_id: int
    parent_id: int | None
    code: str
    name_zh: str
    name_en: str
    version: int


class TaxClass(Struct, frozen=True, kw_only=True):
    """A rate of tax under a name."""

    id: int
    code: str
    name_zh: str
    name_en: str
    rate_ppm: int
    version: int
