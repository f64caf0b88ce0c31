"""What became of invoices."""

from msgspec import Struct

OUT_OF_STOCK = "stock.out-of-stock"

_SUMS = ("lines", "orders", "short_lines", "short_bottles", "refused", "refused_lines", "amount_minor")


class Tally(Struct, kw_only=True):
    """What became of invoices, added up; ``reasons`` counts the refused ones by the code of their refusal."""

    lines: int = 0
    orders: int = 0
    short_lines: int = 0
    short_bottles: int = 0
    refused: int = 0
    refused_lines: int = 0
    amount_minor: int = 0
    reasons: dict[str, int] = {}

    def refuse(self, code: str, *, lines: int, bottles: int) -> None:
        """Count an order that was refused; where nothing of it was there, all its lines fell short."""
        self.refused += 1
        self.refused_lines += lines
        self.reasons[code] = self.reasons.get(code, 0) + 1
        if code == OUT_OF_STOCK:
            self.short_lines += lines
            self.short_bottles += bottles

    def plus(self, other: "Tally") -> "Tally":
        """Sum two tallies."""
        codes = sorted({*self.reasons, *other.reasons})
        return Tally(
            **{name: getattr(self, name) + getattr(other, name) for name in _SUMS},
            reasons={code: self.reasons.get(code, 0) + other.reasons.get(code, 0) for code in codes},
        )
