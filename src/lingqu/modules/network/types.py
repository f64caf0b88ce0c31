"""What network hands to others."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from msgspec import Struct


class Kind(StrEnum):
    """What an organization is in the channel; its rights and built-in roles follow from it."""

    PLATFORM = "platform"
    BRAND = "brand"
    SUPPLIER = "supplier"
    DISTRIBUTOR = "distributor"
    DEALER = "dealer"


EVERY_KIND = frozenset(kind.value for kind in Kind)
"""For a permission that users of every kind of organization can hold."""
TRADING_KINDS = EVERY_KIND - {Kind.PLATFORM.value}
"""For a permission of those who trade."""


class Status(StrEnum):
    """Where an organization stands between its application and its end."""

    APPLIED = "applied"
    APPROVED = "approved"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class Capability(StrEnum):
    """What a grant on a trade link allows the buyer."""

    ORDER = "order"
    SEE_STOCK = "see-stock"
    SEE_PRICE = "see-price"
    RETURN = "return"


class BinState(StrEnum):
    """In which state the goods of a bin are."""

    SELLABLE = "sellable"
    BLOCKED = "blocked"
    IN_TRANSIT = "in-transit"
    CONSIGNED = "consigned"


class NewOrganization(Struct, frozen=True, kw_only=True):
    """An organization to be made.

    ``home_cell`` None: its parent's for a dealer, by hash of the code for any other kind.
    """

    kind: Kind
    code: str
    name: str
    name_en: str = ""
    parent_id: int | None = None
    level: str = ""
    credit_code: str | None = None
    region_id: int | None = None
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    contact_name: str = ""
    contact_phone: str = ""
    home_cell: int | None = None
    time_zone: str = "Asia/Shanghai"
    currency: str = "CNY"
    status: Status = Status.ACTIVE
    contract_from: date | None = None
    contract_until: date | None = None


class AddedOrganization(Struct, frozen=True, kw_only=True):
    """A new organization with its parties and its first node's bins."""

    id: int
    party_id: UUID
    walk_in_party_id: UUID
    home_cell: int
    node_id: int
    bins: dict[BinState, int]


class NewNode(Struct, frozen=True, kw_only=True):
    """A place that holds stock, with bins for its organization's goods: sellable, blocked, in-transit."""

    organization_id: int
    home_cell: int
    kind: str
    code: str
    name: str
    region_id: int | None = None
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None


class AddedNode(Struct, frozen=True, kw_only=True):
    """A new node and its bins by state."""

    id: int
    bins: dict[BinState, int]


class NewProductLine(Struct, frozen=True, kw_only=True):
    """A line of a brand's goods."""

    brand_id: int
    code: str
    name_zh: str
    name_en: str


class NewGrant(Struct, frozen=True):
    """What a link allows; ``product_line_id`` None: for every line. Days None: from now on, until it is revoked."""

    capability: Capability
    product_line_id: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None


EVERY_GRANT = tuple(NewGrant(capability) for capability in Capability)


class NewLink(Struct, frozen=True, kw_only=True):
    """Who may buy from whom, and how they trade."""

    seller_id: int
    buyer_id: int
    valid_from: date
    valid_until: date | None = None
    shortage_policy: str = "all-or-nothing"
    title_passes: str = "shipment"
    approval_hours: int = 48
    payment_days: int = 0
    approval_above_minor: int | None = None
    grants: tuple[NewGrant, ...] = EVERY_GRANT


class OrganizationTerms(Struct, frozen=True, kw_only=True):
    """What trade needs to know of an organization; ``node_id`` is where it ships from by default."""

    id: int
    party_id: UUID
    walk_in_party_id: UUID
    kind: Kind
    parent_id: int | None
    level: str
    region_id: int | None
    name: str
    status: Status
    home_cell: int
    time_zone: str
    currency: str
    node_id: int | None
    sellable_bin_id: int | None
    blocked_bin_id: int | None
    in_transit_bin_id: int | None


class NodeTerms(Struct, frozen=True, kw_only=True):
    """What trade needs to know of a node: whose it is and the bins of that organization's own goods."""

    id: int
    organization_id: int
    home_cell: int
    kind: str
    code: str
    name: str
    is_open: bool
    sellable_bin_id: int
    blocked_bin_id: int
    in_transit_bin_id: int


class GrantTerms(Struct, frozen=True):
    """A grant that is not revoked, with the days on which it holds."""

    capability: Capability
    product_line_id: int | None
    valid_from: date | None = None
    valid_until: date | None = None

    def holds(self, on: date) -> bool:
        """Tell whether it holds on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on < self.valid_until
        )


class LinkTerms(Struct, frozen=True, kw_only=True):
    """How a seller and a buyer trade; ``grants`` are those that are not revoked."""

    id: int
    seller_id: int
    buyer_id: int
    is_active: bool
    valid_from: date
    valid_until: date | None
    shortage_policy: str
    title_passes: str
    approval_hours: int
    payment_days: int
    approval_above_minor: int | None
    grants: tuple[GrantTerms, ...]

    def allows(self, capability: Capability, *, product_line_id: int, on: date) -> bool:
        """Tell whether the buyer may use ``capability`` for goods of a line on a day."""
        is_valid = self.valid_from <= on and (self.valid_until is None or on < self.valid_until)
        return (
            self.is_active
            and is_valid
            and any(
                grant.capability is capability and grant.product_line_id in {None, product_line_id} and grant.holds(on)
                for grant in self.grants
            )
        )
