"""The money of an order follows its quantities: pure, cumulative, exact to the minor unit.

A line's total is spread over its units by their cumulative share, so that however often it is shipped, cut or
returned, what was charged, released and refunded adds up to the total exactly: charges and refunds count from the
first unit, releases from the last.
"""

from collections.abc import Sequence

from msgspec import Struct

from lingqu.kernel.money import divide_half_up
from lingqu.modules.orders.sheet import LineRow, PaymentRow, Sheet


class Sums(Struct, frozen=True):
    """What a line's quantities mean in money so far. Units: minor, gross with the tax it contains."""

    charged: int = 0
    charged_tax: int = 0
    released: int = 0
    refunded: int = 0
    refunded_tax: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        """Add field by field."""
        return Sums(
            self.charged + other.charged,
            self.charged_tax + other.charged_tax,
            self.released + other.released,
            self.refunded + other.refunded,
            self.refunded_tax + other.refunded_tax,
        )

    def __sub__(self, other: "Sums") -> "Sums":
        """Subtract field by field."""
        return Sums(
            self.charged - other.charged,
            self.charged_tax - other.charged_tax,
            self.released - other.released,
            self.refunded - other.refunded,
            self.refunded_tax - other.refunded_tax,
        )


def sums_of(line: LineRow, *, title_passes: str) -> Sums:
    """Say what a line's quantities mean in money.

    Where title passes at shipment, goods are charged when they leave and lost goods are refunded; at receipt, they
    are charged when they arrive and lost goods were never charged.

    Source: tests/orders/test_money.py cuts random lines in random steps and finds the total every time.
    """
    charged, released, refunded, *_ = _basis(line, title_passes)
    return Sums(
        charged=_share(line.total_minor, charged, line.quantity),
        charged_tax=_share(line.tax_minor, charged, line.quantity),
        released=line.total_minor - _share(line.total_minor, line.quantity - released, line.quantity),
        refunded=_share(line.total_minor, refunded, line.quantity),
        refunded_tax=_share(line.tax_minor, refunded, line.quantity),
    )


def _basis(line: LineRow, title_passes: str) -> tuple[int, int, int, int, int, int]:
    """Give what is charged, released and refunded of a line, and of what: its money follows from these alone."""
    if title_passes == "receipt":
        charged, released, refunded = line.received, line.cancelled + line.short, line.returned
    else:
        charged, released, refunded = line.shipped, line.cancelled, line.returned + line.short
    return charged, released, refunded, line.quantity, line.total_minor, line.tax_minor


def change_of(sheet: Sheet) -> Sums:
    """Say what a step changed, from the lines before and after it."""
    title = sheet.order.title_passes
    total = Sums()
    for line, was in zip(sheet.lines, sheet.lines_before, strict=True):
        if line != was and _basis(line, title) != _basis(was, title):
            total += sums_of(line, title_passes=title) - sums_of(was, title_passes=title)
    return total


def take(payments: Sequence[PaymentRow], amount: int) -> list[tuple[PaymentRow, int]]:
    """Charge ``amount`` to what is held, the first account first, and note it as settled."""
    parts = _split(payments, amount, [payment.held_minor for payment in payments])
    for payment, part in parts:
        payment.settled_minor += part
    return parts


def release(payments: Sequence[PaymentRow], amount: int) -> list[tuple[PaymentRow, int]]:
    """Free ``amount`` of what is held, the last account first, and note it as released."""
    backwards = list(reversed(payments))
    parts = _split(backwards, amount, [payment.held_minor for payment in backwards])
    for payment, part in parts:
        payment.released_minor += part
    return parts


def give_back(payments: Sequence[PaymentRow], amount: int) -> list[tuple[PaymentRow, int]]:
    """Refund ``amount`` to the accounts that paid, the last first, and note it as refunded."""
    backwards = list(reversed(payments))
    parts = _split(backwards, amount, [payment.settled_minor - payment.refunded_minor for payment in backwards])
    for payment, part in parts:
        payment.refunded_minor += part
    return parts


def payment_status(sheet: Sheet) -> str:
    """Name the payment axis from the payments."""
    settled = sum(payment.settled_minor for payment in sheet.payments)
    refunded = sum(payment.refunded_minor for payment in sheet.payments)
    held = sum(payment.held_minor for payment in sheet.payments)
    if settled and refunded == settled and not held:
        return "refunded"
    if settled:
        return "part-paid" if held else "paid"
    return "held" if held else "none"


def _share(amount: int, part: int, whole: int) -> int:
    if part == whole:
        return amount if whole else 0
    return divide_half_up(amount * part, whole) if part else 0


def _split(payments: Sequence[PaymentRow], amount: int, limits: Sequence[int]) -> list[tuple[PaymentRow, int]]:
    parts = []
    for payment, limit in zip(payments, limits, strict=True):
        part = min(amount, limit)
        if part > 0:
            parts.append((payment, part))
            amount -= part
    if amount:
        raise AssertionError(f"{amount} more than the order's payments bear")
    return parts
