"""An order on its way to the database: checked and priced, not yet placed."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from lingqu.kernel.money import rate_of, tax_within
from lingqu.modules.orders.deal import Deal
from lingqu.modules.orders.judge import Question
from lingqu.modules.orders.rules import Judgement
from lingqu.modules.orders.types import Address, Placed, ShortLine
from lingqu.modules.routing.api import Course, LineRoute


class PreparedLine(Struct, frozen=True, gc=False):
    """A priced line. Units: ``quantity`` in base units, money in minor units for ``packs``.

    ``total_minor`` is what the line costs, its tax within.
    """

    line_no: int
    sku_id: int
    pack_id: int
    key: int
    asked_packs: int
    packs: int
    units_per_pack: int
    reserved: int
    price_minor: int
    is_tax_included: bool
    tax_ppm: int
    tax_minor: int
    total_minor: int
    price_item_id: int | None = None
    back_ordered: int = 0
    discount_minor: int = 0

    @property
    def quantity(self) -> int:
        """Base units ordered."""
        return self.packs * self.units_per_pack

    def of(self, packs: int, *, reserved: int, back_ordered: int = 0) -> "PreparedLine":
        """Give the line as it is when only so many packs can be had, its tax and total reckoned anew."""
        amount = packs * self.price_minor - self.discount_minor
        tax, total = cost_of(amount, tax_ppm=self.tax_ppm, is_tax_included=self.is_tax_included)
        return replace(
            self, packs=packs, reserved=reserved, back_ordered=back_ordered, tax_minor=tax, total_minor=total
        )


class Prepared(Struct, frozen=True, kw_only=True, gc=False):
    """A priced order with everything that placing writes. ``deal`` is what it shares with others of its two sides.

    ``judged``: what the seller's rules said, or what they must ask the ledger first; None where none touches it.
    ``course`` is there where its seller has nodes to choose from, ``routes`` once they are chosen.
    Units: minor units of ``currency``; goods without tax, ``total_minor`` = goods + tax + freight.
    """

    deal: Deal
    id: UUID
    channel: str
    epoch: int
    approval_status: str
    shortage_policy: str
    freight_minor: int
    ship_from: int
    ship_to: Address
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
    goods_minor: int
    tax_minor: int
    total_minor: int
    number: str | None = None
    course: Course | None = None
    minute: int = 0
    routes: tuple[LineRoute, ...] = ()
    judged: Judgement | Question | None = None

    @property
    def cell_id(self) -> int:
        """The seller's home cell."""
        return self.deal.cell_id

    @property
    def seller(self) -> UUID:
        """The seller's party."""
        return self.deal.seller

    @property
    def seller_id(self) -> int:
        """The seller."""
        return self.deal.seller_id

    @property
    def buyer(self) -> UUID:
        """The buyer's party."""
        return self.deal.buyer

    @property
    def buyer_id(self) -> int | None:
        """The buying organization; None where a consumer buys."""
        return self.deal.buyer_id

    @property
    def business_on(self) -> date:
        """The business date."""
        return self.deal.business_on

    @property
    def currency(self) -> str:
        """The seller's currency."""
        return self.deal.currency

    @property
    def accounts(self) -> tuple[UUID, ...]:
        """The accounts that may pay, in their order of use."""
        return self.deal.accounts

    @property
    def may_come_direct(self) -> bool:
        """Tell whether suppliers are asked too: then it is placed by itself, under the locks of all of them."""
        return self.course is not None and bool(self.course.suppliers)

    @property
    def keys(self) -> set[int]:
        """Every stock key the order may take from."""
        if self.course is None:
            return {line.key for line in self.lines}
        return {bin_id << 32 | line.sku_id for line in self.lines for bin_id in self.course.bin_ids}

    def with_lines(self, lines: tuple[PreparedLine, ...]) -> "Prepared":
        """Give the order as it is with other lines, its sums reckoned anew."""
        goods, tax, total = sums_of(lines, self.freight_minor)
        return replace(self, lines=lines, goods_minor=goods, tax_minor=tax, total_minor=total)

    def answer(self, *, status: str = "placed", short_lines: tuple[ShortLine, ...] = ()) -> Placed:
        """Answer whoever sent the order, once it is written."""
        return Placed(
            id=self.id,
            status=status,
            approval_status=self.approval_status,
            currency=self.deal.currency,
            total_minor=self.total_minor,
            expires_at=self.expires_at,
            short_lines=short_lines,
        )


def sums_of(lines: tuple[PreparedLine, ...], freight_minor: int) -> tuple[int, int, int]:
    """Add up an order: goods without tax, tax, and what the buyer pays."""
    tax = total = 0
    for line in lines:
        tax += line.tax_minor
        total += line.total_minor
    return total - tax, tax, total + freight_minor


def cost_of(amount_minor: int, *, tax_ppm: int, is_tax_included: bool) -> tuple[int, int]:
    """Give the tax of a line's amount, and what the line costs with it."""
    tax = tax_within(amount_minor, tax_ppm) if is_tax_included else rate_of(amount_minor, tax_ppm)
    return tax, amount_minor if is_tax_included else amount_minor + tax
