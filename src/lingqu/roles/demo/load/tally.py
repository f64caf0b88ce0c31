"""What became of the plan, and what buyers owe."""

from collections import Counter, deque
from collections.abc import Sequence
from datetime import date, timedelta

from lingqu.kernel.errors import Refusal

Pair = tuple[int, int]
"""Seller and buyer, by place."""


class Tally:
    """Counts what was done and what was refused, by code; keeps what falls due when."""

    def __init__(self) -> None:
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self._due: dict[Pair, deque[tuple[date, int]]] = {}

    def note(self, what: str, verdicts: Sequence[object]) -> None:
        """Count verdicts."""
        for verdict in verdicts:
            if isinstance(verdict, Refusal):
                self.refused[f"{what}: {verdict.code}"] += 1
            else:
                self.done[what] += 1

    def owe(self, pair: Pair, amount_minor: int, *, on: date, days: int) -> None:
        """Note that a buyer will have to pay."""
        self._due.setdefault(pair, deque()).append((on + timedelta(days=days), amount_minor))

    def fallen_due(self, pair: Pair, on: date) -> int:
        """Tell what a buyer has to pay by a day, and take it off."""
        waiting, amount = self._due.get(pair, deque[tuple[date, int]]()), 0
        while waiting and waiting[0][0] <= on:
            amount += waiting.popleft()[1]
        return amount
