"""Stock of the plan: lots by firm and SKU, first expired first out, as the product's own stock has them."""

from collections import defaultdict
from datetime import date

from msgspec import Struct


class Part(Struct):
    """Units of one lot."""

    expires_on: date
    lot: str
    quantity: int


class Shelf:
    """What one firm has on hand."""

    def __init__(self) -> None:
        self.lots: dict[int, list[Part]] = defaultdict(list)

    def free(self, goods: int, on: date) -> int:
        """Count what may be sold on a day."""
        return sum(part.quantity for part in self.lots[goods] if part.expires_on > on)

    def put(self, goods: int, parts: list[Part]) -> None:
        """Put goods down, each to its lot."""
        kept = self.lots[goods]
        for part in parts:
            same = next((one for one in kept if one.lot == part.lot), None)
            if same is None:
                kept.append(Part(part.expires_on, part.lot, part.quantity))
            else:
                same.quantity += part.quantity
        kept.sort(key=lambda part: part.expires_on)

    def take(self, goods: int, quantity: int, on: date) -> list[Part]:
        """Take goods that are free, first expired first."""
        taken: list[Part] = []
        for part in self.lots[goods]:
            if part.expires_on > on and quantity:
                some = min(part.quantity, quantity)
                taken.append(Part(part.expires_on, part.lot, some))
                part.quantity -= some
                quantity -= some
        self.lots[goods] = [part for part in self.lots[goods] if part.quantity]
        return taken

    def clear(self, on: date) -> list[tuple[int, Part]]:
        """Take out every lot whose last day has come."""
        gone = [(goods, part) for goods, parts in self.lots.items() for part in parts if part.expires_on <= on]
        for goods in {goods for goods, _ in gone}:
            self.lots[goods] = [part for part in self.lots[goods] if part.expires_on > on]
        return gone
