"""What the price book holds and what it answers."""

from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct

from lingqu.kernel.errors import FieldError, Words


class Audience(StrEnum):
    """Whom a list is for. For a trading buyer the first four stand in their order of precedence."""

    ORGANIZATION = "organization"
    LEVEL = "level"
    TERRITORY = "territory"
    EVERYBODY = "everybody"
    CONSUMER = "consumer"


class Rung(Struct, frozen=True):
    """The price of one pack from ``min_packs`` on, while valid."""

    item_id: int
    min_packs: int
    valid_from: date
    valid_until: date
    price_minor: int


class PriceList(Struct, frozen=True):
    """A published list; ``ladders`` has each pack's rungs, the highest first, of equals the one that began later."""

    id: int
    code: str
    name: str
    currency: str
    is_tax_included: bool
    valid_from: date
    valid_until: date
    ladders: dict[int, tuple[Rung, ...]]


class Assignment(Struct, frozen=True):
    """Whom a list is for; ``regions`` belongs to a territory, ``organization_id`` and ``level`` to theirs."""

    id: int
    seller_id: int
    list_id: int
    audience: Audience
    organization_id: int | None
    level: str | None
    regions: tuple[int, ...]


class Pack(Struct, frozen=True):
    """What pricing must know of a pack."""

    id: int
    sku_id: int
    units: int
    product_line_id: int
    brand_id: int
    tax_ppm: int
    status: str
    is_orderable: bool


class Link(Struct, frozen=True):
    """A buyer of a seller; ``lines`` are the product lines it may order unless it is all (``is_whole``).

    ``dated``: lines (None: all) that it may order only from one day until before another.
    """

    seller_id: int
    buyer_id: int
    level: str
    region_id: int | None
    valid_from: date
    valid_until: date
    is_whole: bool
    lines: frozenset[int]
    dated: tuple[tuple[int | None, date, date], ...] = ()

    def may_order(self, line_id: int, on: date) -> bool:
        """Tell whether goods of a product line may be ordered on a day."""
        if self.is_whole or line_id in self.lines:
            return True
        return any(line in {None, line_id} and begin <= on < end for line, begin, end in self.dated)


class Limit(Struct, frozen=True):
    """A floor and a ceiling that somebody upstream set on selling a pack on."""

    setter_id: int
    pack_id: int
    seller_kind: str
    channel: str
    currency: str
    is_tax_included: bool
    floor_minor: int | None
    ceiling_minor: int | None
    valid_from: date
    valid_until: date


class OrderRule(Struct, frozen=True):
    """How much of a SKU a seller sells at least and in which steps, in base units."""

    seller_id: int
    sku_id: int
    min_quantity: int
    multiple_of: int


class Terms(Struct, frozen=True):
    """The least amount of an order and what its freight costs, with tax; without a buyer the seller's default."""

    seller_id: int
    buyer_id: int | None
    minimum_minor: int = 0
    freight_minor: int = 0
    free_freight_from_minor: int | None = None


class Fault(Struct, frozen=True):
    """Why a line or a whole order cannot be sold as asked; ``words`` are ready to be shown."""

    code: str
    words: Words
    facts: dict[str, Any]

    def at(self, path: str) -> FieldError:
        """Turn it into an error of one field of a request."""
        return FieldError(path, self.code, self.words, self.facts)


class TraceStep(Struct, frozen=True):
    """How one price fared: it won, or ``lost_on`` names the condition that lost and ``wants`` what it asks for."""

    list_id: int
    list_code: str
    list_name: str
    audience: Audience
    item_id: int
    min_packs: int
    price_minor: int
    is_tax_included: bool
    is_winner: bool
    lost_on: str
    wants: str


class PricedLine(Struct, frozen=True, gc=False):
    """One line, priced. ``total_minor`` = packs × price; ``tax_minor`` is inside it or comes on top.

    Without a price ``price_minor`` is 0, ``item_id`` None and ``faults`` says why.
    """

    sku_id: int
    pack_id: int
    packs: int
    units_per_pack: int
    quantity: int
    price_minor: int
    is_tax_included: bool
    tax_ppm: int
    total_minor: int
    tax_minor: int
    item_id: int | None
    list_id: int | None
    faults: tuple[Fault, ...] = ()
    trace: tuple[TraceStep, ...] = ()


class Tier(Struct, frozen=True):
    """What a pack costs from ``min_packs`` on."""

    min_packs: int
    price_minor: int
    is_tax_included: bool
    item_id: int
    list_id: int


class Quote(Struct, frozen=True, gc=False):
    """What an order costs. total = goods + tax that comes on top + freight.

    ``epoch`` is the state of the seller's data that the prices come from; ``tax_minor`` is all tax, inside and on top.
    """

    seller_id: int
    buyer_id: int | None
    business_on: date
    currency: str
    epoch: int
    lines: tuple[PricedLine, ...]
    goods_minor: int
    tax_minor: int
    freight_minor: int
    total_minor: int
    faults: tuple[Fault, ...] = ()

    @property
    def is_sellable(self) -> bool:
        """Tell whether nothing stands against an order of exactly this."""
        for line in self.lines:
            if line.faults:
                return False
        return not self.faults
