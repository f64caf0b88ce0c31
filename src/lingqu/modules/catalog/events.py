"""Published facts of the catalogue."""

from typing import ClassVar

from lingqu.kernel.event import Event


class SKUAdded(Event, frozen=True, kw_only=True):
    """A SKU was made."""

    subject: ClassVar[str] = "catalog.sku-added.v1"
    sku_id: int
    brand_id: int
    product_line_id: int
    code: str


class SKUChanged(Event, frozen=True, kw_only=True):
    """A SKU, one of its packs or its standing was changed; read it again."""

    subject: ClassVar[str] = "catalog.sku-changed.v1"
    sku_id: int
    brand_id: int
    status: str
    version: int


class SKUPicturesChanged(Event, frozen=True, kw_only=True):
    """A SKU has other pictures, another order of them, or other words for one."""

    subject: ClassVar[str] = "catalog.sku-pictures-changed.v1"
    sku_id: int
    brand_id: int
    picture_ids: tuple[int, ...]


class TaxClassChanged(Event, frozen=True, kw_only=True):
    """A rate of tax was changed; prices without tax cost something else from now on."""

    subject: ClassVar[str] = "catalog.tax-class-changed.v1"
    tax_class_id: int
    rate_ppm: int
