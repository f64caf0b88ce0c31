"""Share goods that have come among the lines that wait for them: pure, in whole packs, nothing promised twice."""

import heapq
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct


class Policy(StrEnum):
    """Who is served first: the oldest order, the higher dealer level, or everybody in proportion to what is owed."""

    OLDEST = "oldest"
    LEVEL = "level"
    FAIR = "fair"


class Waiting(Struct, frozen=True, kw_only=True):
    """A line that is owed goods. ``rank``: its buyer's dealer level, the lowest served first. Units: base units."""

    order_id: UUID
    line_no: int
    owed: int
    units_per_pack: int
    rank: int
    placed_at: datetime

    @property
    def begun(self) -> int:
        """What completes a pack of which a part was promised before; 0 where only whole packs are owed."""
        return self.owed % self.units_per_pack

    def whole(self, quantity: int) -> int:
        """Tell how much of ``quantity`` the line may take without breaking a pack."""
        quantity = min(quantity, self.owed)
        if quantity < self.begun:
            return 0
        rest = quantity - self.begun
        return self.begun + rest - rest % self.units_per_pack

    def step(self, given: int) -> int:
        """Tell what comes next after ``given``: the rest of a begun pack, then a pack at a time; 0 at the end."""
        if given >= self.owed:
            return 0
        return self.begun if given == 0 and self.begun else self.units_per_pack


def share(lines: Sequence[Waiting], *, free: int, policy: Policy) -> list[int]:
    """Share ``free`` among lines of one stock key.

    Shapes: one quantity per line, in the order given; each is whole packs, or nothing.
    Units:  base units; the sum is at most ``free``, and less only where no line's next pack fits what is left.
    Source: Hamilton's largest remainder for ``fair``: each line gets the whole packs of its proportional share, then
            the packs that are left go where the share is missed most; ties to the older order (test_share.py).
    """
    if policy is Policy.FAIR:
        return _fair(lines, max(free, 0))
    order = sorted(range(len(lines)), key=lambda i: (*_queue(lines[i], policy), i))
    given, left = [0] * len(lines), max(free, 0)
    for i in order:
        given[i] = lines[i].whole(left)
        left -= given[i]
    return given


def _queue(line: Waiting, policy: Policy) -> tuple[int, datetime, UUID, int]:
    return (line.rank if policy is Policy.LEVEL else 0, line.placed_at, line.order_id, line.line_no)


def _fair(lines: Sequence[Waiting], free: int) -> list[int]:
    owed = sum(line.owed for line in lines)
    if owed == 0:
        return [0] * len(lines)
    goods = min(free, owed)
    given = [line.whole(goods * line.owed // owed) for line in lines]
    left = goods - sum(given)
    # How much of its share a line misses, times `owed`, so that nothing is rounded.
    missed = [(given[i] * owed - goods * line.owed, *_queue(line, Policy.OLDEST), i) for i, line in enumerate(lines)]
    heapq.heapify(missed)
    while missed and left:
        _, placed_at, order_id, line_no, i = _popped(missed)
        step = lines[i].step(given[i])
        if step == 0 or step > left:
            continue
        given[i] += step
        left -= step
        again = given[i] * owed - goods * lines[i].owed
        heapq.heappush(missed, (again, 0, placed_at, order_id, line_no, i))
    return given


def _popped(
    heap: list[tuple[int, int, datetime, UUID, int, int]],
) -> tuple[int, datetime, UUID, int, int]:
    worst, _, placed_at, order_id, line_no, i = heapq.heappop(heap)
    return worst, placed_at, order_id, line_no, i
