"""An order on its way to the database: checked and priced, not yet placed."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.money import rate_of, tax_within
from lingqu.modules.orders.types import Address, Placed, ShortLine
from lingqu.modules.routing.api import Course, LineRoute


class PreparedLine(Struct, frozen=True, kw_only=True):
    """A priced line. Units: ``quantity`` in base units, money in minor units for ``packs``."""

    line_no: int
    sku_id: int
    pack_id: int
    key: int
    asked_packs: int
    packs: int
    units_per_pack: int
    reserved: int
    back_ordered: int = 0
    price_minor: int
    is_tax_included: bool
    tax_ppm: int
    discount_minor: int = 0
    price_item_id: int | None = None

    @property
    def quantity(self) -> int:
        """Base units ordered."""
        return self.packs * self.units_per_pack

    @property
    def tax_minor(self) -> int:
        """Tax of the line, contained in ``total_minor``."""
        amount = self.packs * self.price_minor - self.discount_minor
        return tax_within(amount, self.tax_ppm) if self.is_tax_included else rate_of(amount, self.tax_ppm)

    @property
    def total_minor(self) -> int:
        """What the line costs with its tax."""
        amount = self.packs * self.price_minor - self.discount_minor
        return amount if self.is_tax_included else amount + rate_of(amount, self.tax_ppm)


class Prepared(Struct, frozen=True, kw_only=True):
    """A priced order with everything that placing writes. ``accounts`` may pay it, in their order of use.

    ``course`` is there where its seller has nodes to choose from, ``routes`` once they are chosen.
    """

    cell_id: int
    id: UUID
    channel: str
    buyer: UUID
    buyer_id: int | None
    seller: UUID
    seller_id: int
    epoch: int
    approval_status: str
    shortage_policy: str
    title_passes: str
    currency: str
    freight_minor: int
    ship_from: int
    ship_to: Address
    business_on: date
    requested_on: date | None
    expires_at: datetime | None
    placed_by: int | None
    actor_party: UUID
    body_hash: bytes
    trace_id: str
    po_number: str
    note: str
    receiving_node_id: int | None
    draft_id: UUID | None
    lines: tuple[PreparedLine, ...]
    accounts: tuple[UUID, ...]
    number: str | None = None
    course: Course | None = None
    minute: int = 0
    routes: tuple[LineRoute, ...] = ()

    @property
    def keys(self) -> set[int]:
        """Every stock key the order may take from."""
        if self.course is None:
            return {line.key for line in self.lines}
        return {bin_id << 32 | line.sku_id for line in self.lines for bin_id in self.course.bin_ids}

    @property
    def tax_minor(self) -> int:
        """Tax of all lines."""
        return sum(line.tax_minor for line in self.lines)

    @property
    def goods_minor(self) -> int:
        """Goods without tax."""
        return sum(line.total_minor - line.tax_minor for line in self.lines)

    @property
    def total_minor(self) -> int:
        """What the buyer pays."""
        return sum(line.total_minor for line in self.lines) + self.freight_minor

    def answer(self, *, status: str = "placed", short_lines: tuple[ShortLine, ...] = ()) -> Placed:
        """Answer whoever sent the order, once it is written."""
        return Placed(
            id=self.id,
            status=status,
            approval_status=self.approval_status,
            currency=self.currency,
            total_minor=self.total_minor,
            expires_at=self.expires_at,
            short_lines=short_lines,
        )
