"""Choose on which purchases returned goods are booked, and what each brings back: pure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from lingqu.modules.orders.money import sums_of
from lingqu.modules.orders.sheet import LineRow


class Returnable(LineRow, kw_only=True):
    """A line of which something can be given back. ``asked``: what open requests ask for already."""

    number: str | None
    business_on: date
    currency: str
    title_passes: str
    arrived_at: datetime | None
    asked: int

    @property
    def possible(self) -> int:
        """How much can still be asked back, in base units."""
        return self.received - self.returned - self.asked


class Share(Struct, frozen=True):
    """How much of a line goes back. Units: base units."""

    line: Returnable
    quantity: int

    @property
    def refund_minor(self) -> int:
        """What it brings: the difference of cumulative shares, so that the last unit brings what is left."""
        return refund_of(self.line, self.quantity, title_passes=self.line.title_passes)


def refund_of(line: LineRow, quantity: int, *, title_passes: str) -> int:
    """Say what ``quantity`` more units of a line bring back, exact to the minor unit.

    Source: `money.sums_of`; all units of a line together bring back what they were charged.
    """
    after = replace(line, returned=line.returned + quantity)
    return sums_of(after, title_passes=title_passes).refunded - sums_of(line, title_passes=title_passes).refunded


def book(
    wanted: Mapping[int, int], lines: Sequence[Returnable], *, first: Literal["newest", "oldest"]
) -> tuple[list[Share], dict[int, int]]:
    """Book wanted units of SKUs on lines, the newest or oldest purchase first; all in the currency of the first.

    Shapes: shares in the order of wanted SKUs, each line at most once; the rest names SKUs and units that no line has.
    """
    ordered = sorted(
        lines, key=lambda line: (line.business_on, line.order_id.int, line.line_no), reverse=first == "newest"
    )
    shares: list[Share] = []
    currency = next((line.currency for line in ordered if line.possible > 0), "")
    missing: dict[int, int] = {}
    for sku_id, quantity in wanted.items():
        left = quantity
        for line in ordered:
            is_meant = line.sku_id == sku_id and line.currency == currency
            part = min(left, line.possible) if is_meant else 0
            if part > 0:
                shares.append(Share(line, part))
                left -= part
        if left:
            missing[sku_id] = left
    return shares, missing
