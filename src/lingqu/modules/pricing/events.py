"""Published facts of pricing."""

from typing import ClassVar

from lingqu.kernel.event import Event


class PriceListChanged(Event, frozen=True, kw_only=True):
    """A price list was made, changed, published, put away, or is for somebody else now."""

    subject: ClassVar[str] = "pricing.price-list-changed.v1"
    list_id: int
    seller_id: int
    status: str


class PricesChanged(Event, frozen=True, kw_only=True):
    """Prices of a list were set, changed or removed."""

    subject: ClassVar[str] = "pricing.prices-changed.v1"
    list_id: int
    seller_id: int
    sku_ids: tuple[int, ...]


class ResaleLimitChanged(Event, frozen=True, kw_only=True):
    """A floor or a ceiling on resale was set or taken away."""

    subject: ClassVar[str] = "pricing.resale-limit-changed.v1"
    setter_id: int
    sku_id: int
    pack_id: int


class TermsChanged(Event, frozen=True, kw_only=True):
    """What orders of a seller must amount to, or what their freight costs, was changed; for all without a buyer."""

    subject: ClassVar[str] = "pricing.terms-changed.v1"
    seller_id: int
    buyer_id: int | None


class OrderRuleChanged(Event, frozen=True, kw_only=True):
    """How much of a SKU a seller sells at least, or in which steps, was changed."""

    subject: ClassVar[str] = "pricing.order-rule-changed.v1"
    seller_id: int
    sku_id: int
