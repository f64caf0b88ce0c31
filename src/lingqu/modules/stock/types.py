"""What stock is asked and what it answers. Quantities are base units; a key is ``bin << 32 | sku``."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

SKU_BITS = 32
SKU_MASK = (1 << SKU_BITS) - 1
"""For those who take thousands of keys apart at once."""


def key_of(*, bin_id: int, sku_id: int) -> int:
    """Make the key of one SKU in one bin."""
    return bin_id << SKU_BITS | sku_id


def bin_of(key: int) -> int:
    """Read the bin out of a key."""
    return key >> SKU_BITS


def sku_of(key: int) -> int:
    """Read the SKU out of a key."""
    return key & SKU_MASK


class MoveKind(StrEnum):
    """Why goods came or went."""

    OPENING = "opening"
    RECEIPT = "receipt"
    ISSUE = "issue"
    RETURN = "return"
    ADJUSTMENT = "adjustment"
    COUNT = "count"
    TRANSFER_OUT = "transfer-out"
    TRANSFER_IN = "transfer-in"
    BLOCK = "block"


class Claim(Struct, frozen=True, gc=False):
    """Goods promised to a line of a document; ``expires_at`` None: until issued or released."""

    document_id: UUID
    line_no: int
    key: int
    quantity: int
    expires_at: datetime | None = None


class Released(Struct, frozen=True):
    """What a document held of a key until now."""

    document_id: UUID
    key: int
    quantity: int


class Issue(Struct, frozen=True, gc=False):
    """Goods that leave a bin.

    ``lot_id`` names the lot to take, expired or not; None: first expired, first out. ``is_reserved`` uses up what the
    line has reserved before it takes what nobody has; without it a reservation of the line stays as it is.
    """

    document_id: UUID
    line_no: int
    key: int
    quantity: int
    lot_id: UUID | None = None
    is_reserved: bool = True


class IssuedLot(Struct, frozen=True, gc=False):
    """Goods that left: one per lot a line was served from. ``cost_minor`` is their share of the owner's value."""

    document_id: UUID
    line_no: int
    lot_id: UUID | None
    lot_code: str | None
    produced_on: date | None
    expires_on: date | None
    quantity: int
    cost_minor: int


class Receipt(Struct, frozen=True):
    """Goods that enter a bin. ``cost_minor`` is the cost of the whole quantity; None: at the present average."""

    document_id: UUID
    line_no: int
    key: int
    quantity: int
    lot_code: str | None = None
    produced_on: date | None = None
    expires_on: date | None = None
    cost_minor: int | None = None


class Carry(Struct, frozen=True, gc=False):
    """Goods that go from one bin to another, lots and all, in one step.

    Within one owner and cell their cost stays where it is; between owners or cells it leaves the one at the average
    and enters the other at ``cost_minor`` (None: at what it left with).
    """

    document_id: UUID
    line_no: int
    from_cell: int
    from_key: int
    to_cell: int
    to_key: int
    quantity: int
    lot_id: UUID | None = None
    cost_minor: int | None = None
