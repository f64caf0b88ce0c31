"""A change of a placed order as it is asked for."""

from datetime import date
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from lingqu.modules.orders.types import Address, LongText, Packs, Quantity, ShortText, SkuId

SomeLines = Annotated[list["LineChange"], Meta(max_length=2000)]


class LineChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many packs a line shall have, 0 to remove it; ``price_minor`` a pack is the seller's to say."""

    line_no: Annotated[int, Meta(ge=1, le=32_767)]
    packs: Annotated[int, Meta(ge=0, le=1_000_000)]
    price_minor: Quantity | None = None


class LineAdded(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line more."""

    sku_id: SkuId
    pack_id: SkuId
    packs: Packs
    price_minor: Quantity | None = None


class OrderChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shall be different. What is left out stays; ``note`` and ``po_number`` are the caller's own side's."""

    lines: SomeLines = []
    added: Annotated[list[LineAdded], Meta(max_length=2000)] = []
    requested_on: date | UnsetType | None = UNSET
    ship_to: Address | UnsetType = UNSET
    note: LongText | UnsetType = UNSET
    po_number: ShortText | UnsetType = UNSET
    reason: LongText = ""
    expected_total_minor: Quantity | None = None
