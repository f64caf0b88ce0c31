"""What became of invoices."""

from msgspec import Struct


class Tally(Struct, kw_only=True):
    """What became of invoices, added up."""

    lines: int = 0
    orders: int = 0
    short_lines: int = 0
    short_bottles: int = 0
    refused: int = 0
    refused_lines: int = 0
    amount_minor: int = 0

    def add(self, other: "Tally") -> None:
        """Add another tally to this one."""
        for name in self.__struct_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))
