"""The waiting backlog as a plan sees it: orders that are owed goods, where these may leave from, what a plan moves."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from lingqu.modules.routing.plan import Course

Part = tuple[int, int]
"""A bin, and how many base units leave from it."""

LineId = tuple[UUID, int]
Moves = Mapping[LineId, tuple[Part, ...]]
"""What a plan does: the parts of each line that it touches. The first part bears what nobody can send yet; a line that
is not named stays as it is."""


class Place(Struct, frozen=True, kw_only=True):
    """A node of the seller as one order sees it. ``cost_minor`` a delivery; ``may_serve``: goods may be moved there."""

    bin_id: int
    node_id: int
    km: int | None
    cost_minor: int
    may_serve: bool


class WaitingLine(Struct, frozen=True, kw_only=True):
    """A line that is owed goods. ``open`` is what it still has to send, ``reserved`` of it is promised already.

    Units: base units. ``is_whole``: nothing of it has left or was given up, so it may be split.
    """

    line_no: int
    sku_id: int
    bin_id: int
    units: int
    open: int
    reserved: int
    shipped: int
    cancelled: int
    is_whole: bool

    @property
    def begun(self) -> int:
        """What completes a pack of which a part has left; 0 where only whole packs are open."""
        return self.open % self.units

    def whole(self, quantity: int) -> int:
        """Tell how much of ``quantity`` the line may take without breaking a pack."""
        quantity = min(quantity, self.open)
        if quantity < max(self.begun, 1):
            return 0
        rest = quantity - self.begun
        return self.begun + rest - rest % self.units

    def packs_short(self, served: int) -> int:
        """Count the packs that wait, a begun one as one."""
        return -(-(self.open - served) // self.units)


class WaitingOrder(Struct, frozen=True, kw_only=True):
    """An order with the lines that are owed goods. ``course``: without the nodes that let it go.

    ``used_bins``: from where other lines of it leave anyhow. ``days``: how long it has waited, at least 1.
    """

    id: UUID
    placed_at: datetime
    days: int
    course: Course
    places: tuple[Place, ...]
    used_bins: frozenset[int]
    last_line_no: int
    lines: tuple[WaitingLine, ...]

    def place(self, bin_id: int) -> Place:
        """Find a place by its bin."""
        return next(place for place in self.places if place.bin_id == bin_id)

    @property
    def targets(self) -> list[Place]:
        """List the places that goods may be planned from."""
        return [place for place in self.places if place.may_serve]

    @property
    def later_minor(self) -> int:
        """Tell what another delivery costs while something is still owed: the cheapest there is."""
        return min((place.cost_minor for place in self.targets), default=0)

    def most_parts(self, line: WaitingLine) -> int:
        """Tell over how many places a line may be shared."""
        return self.course.max_parts if line.is_whole else 1


class Terms(Struct, frozen=True, kw_only=True):
    """What waiting and splitting cost. Units: minor units; ``late_minor`` a pack and day, ``split_minor`` a part."""

    late_minor: int
    split_minor: int


class Backlog(Struct, frozen=True, kw_only=True):
    """What waits, oldest first. ``free`` in base units by stock key, ``room`` lines that a node takes today still.

    ``days_left`` of the lot that leaves next by stock key, ``minute`` of the seller's day, ``loads`` lines given today.
    """

    orders: tuple[WaitingOrder, ...]
    free: Mapping[int, int]
    days_left: Mapping[int, int]
    loads: Mapping[int, int]
    room: Mapping[int, int]
    minute: int
    terms: Terms

    @property
    def line_count(self) -> int:
        """Count the lines that wait."""
        return sum(len(order.lines) for order in self.orders)


def key_at(bin_id: int, sku_id: int) -> int:
    """Make the stock key of goods in a bin."""
    return bin_id << 32 | sku_id


def given_back(backlog: Backlog, moves: Moves) -> Counter[int]:
    """Sum what touched lines give back of their present promises, by stock key."""
    back: Counter[int] = Counter()
    for order in backlog.orders:
        for line in order.lines:
            if (order.id, line.line_no) in moves:
                back[key_at(line.bin_id, line.sku_id)] += line.reserved
    return back


def split_up(backlog: Backlog) -> list[Backlog]:
    """Cut a backlog into shares that have no goods and no limited node in common: each can be planned alone."""
    roots: dict[object, object] = {}

    def root(one: object) -> object:
        roots.setdefault(one, one)
        while roots[one] != one:
            roots[one] = roots[roots[one]]
            one = roots[one]
        return one

    for order in backlog.orders:
        limited = [place.node_id for place in order.places if place.may_serve and place.node_id in backlog.room]
        for tied in [*(("sku", line.sku_id) for line in order.lines), *(("node", node_id) for node_id in limited)]:
            roots[root(tied)] = root(order.id)
    shares: dict[object, list[WaitingOrder]] = defaultdict(list)
    for order in backlog.orders:
        shares[root(order.id)].append(order)
    return [_share(backlog, orders) for orders in shares.values()]


def _share(backlog: Backlog, orders: Sequence[WaitingOrder]) -> Backlog:
    keys = _keys(orders)
    return Backlog(
        orders=tuple(orders),
        free={key: free for key, free in backlog.free.items() if key in keys},
        days_left={key: days for key, days in backlog.days_left.items() if key in keys},
        loads=backlog.loads,
        room=backlog.room,
        minute=backlog.minute,
        terms=backlog.terms,
    )


def _keys(orders: Iterable[WaitingOrder]) -> set[int]:
    return {key_at(place.bin_id, line.sku_id) for order in orders for line in order.lines for place in order.places}
