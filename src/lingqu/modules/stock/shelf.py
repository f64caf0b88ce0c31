"""The locked stock of some keys of one cell, held in memory: decide first, write once.

Pure: `moving` loads a shelf from locked rows and writes what changed.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.money import divide_half_up
from lingqu.modules.stock.types import SKU_BITS, SKU_MASK


class Lot(Struct, frozen=True, gc=False):
    """A batch of one SKU as its maker marked it."""

    id: UUID
    code: str
    produced_on: date | None
    expires_on: date | None


class Slot(Struct):
    """One key: what lies there, what is promised, and how much of it is of which lot."""

    on_hand: int = 0
    reserved: int = 0
    lots: dict[UUID, int] = {}

    @property
    def loose(self) -> int:
        """Count what belongs to no lot."""
        return self.on_hand - sum(self.lots.values())


class Cost(Struct, gc=False):
    """What an owner's units of a SKU cost together; the average is their quotient, never rounded by itself."""

    quantity: int
    value_minor: int
    currency: str

    def share(self, quantity: int) -> int:
        """Find what ``quantity`` of these units cost; all of them cost exactly the whole value."""
        return divide_half_up(self.value_minor * quantity, self.quantity) if self.quantity > 0 else 0


class Move(Struct, frozen=True, gc=False):
    """One change of on-hand as it will be written; ``quantity`` and ``cost_minor`` are signed."""

    key: int
    lot_id: UUID | None
    quantity: int
    kind: str
    document_id: UUID
    line_no: int
    reason: str | None
    cost_minor: int | None


class Taken(Struct, frozen=True, gc=False):
    """A part of what was taken: of one lot, or of none."""

    lot: Lot | None
    quantity: int
    cost_minor: int


class Why(Struct, frozen=True, gc=False):
    """What a change is written with."""

    document_id: UUID
    line_no: int
    kind: str
    reason: str | None = None
    is_costed: bool = True
    is_reserved: bool = True


class Shelf:
    """Slots, lots, claims and costs of one cell, and what has been done to them since they were locked."""

    def __init__(self, cell_id: int) -> None:
        self.cell_id = cell_id
        self.slots: dict[int, Slot] = {}
        self.lots: dict[UUID, Lot] = {}
        self.held: dict[tuple[UUID, int, int], int] = {}
        self.costs: dict[tuple[int, int], Cost] = {}
        self.owners: dict[int, int] = {}
        self.moves: list[Move] = []
        self.released: dict[tuple[UUID, int, int], int] = {}
        self.touched_lots: set[tuple[int, UUID]] = set()

    def pickable(self, key: int, *, on: date, lot_id: UUID | None = None) -> list[tuple[Lot | None, int]]:
        """List what may be taken of a key, first expired first, goods without a lot last.

        Shapes: (lot, quantity) pairs. A lot that is asked for by name may have expired; nobody else gets one
                whose last day has come.
        """
        slot = self.slots.get(key, Slot())
        if lot_id is not None:
            quantity = slot.lots.get(lot_id, 0)
            return [(self.lots[lot_id], quantity)] if quantity else []
        fresh = [self.lots[i] for i, n in slot.lots.items() if n and not _is_expired(self.lots[i], on)]
        fresh.sort(key=lambda lot: (lot.expires_on or date.max, lot.id))
        found: list[tuple[Lot | None, int]] = [(lot, slot.lots[lot.id]) for lot in fresh]
        return [*found, (None, slot.loose)] if slot.loose else found

    def free(self, why: Why, key: int, *, on: date, lot_id: UUID | None = None) -> int:
        """Tell how much of a key a document's line may take: its own claim, and what nobody has claimed.

        Claims are on goods that can still be sold: where some have expired since, the rest is for those who claimed.
        An expired lot that is asked for by name may leave as far as the claims allow.
        """
        slot = self.slots.get(key) or Slot()
        claimed = self._claimed(why, key)
        fresh = sum(quantity for _, quantity in self.pickable(key, on=on)) if slot.lots else slot.on_hand
        free = max(min(claimed, fresh), fresh - slot.reserved + claimed)
        if lot_id is None:
            return free
        quantity = slot.lots.get(lot_id, 0)
        if quantity and _is_expired(self.lots[lot_id], on):
            free = slot.on_hand - slot.reserved + claimed
        return min(quantity, free)

    def take(self, why: Why, key: int, quantity: int, *, on: date, lot_id: UUID | None = None) -> list[Taken]:
        """Take goods that `free` has shown to be there; the line's own claim is used up first."""
        if quantity > self.free(why, key, on=on, lot_id=lot_id):
            raise ValueError(f"key {key} cannot give {quantity}")
        return self.give(why, key, quantity, on=on, lot_id=lot_id)

    def give(self, why: Why, key: int, quantity: int, *, on: date, lot_id: UUID | None = None) -> list[Taken]:
        """Take what `free` has just said can be taken."""
        slot = self.slots[key]
        claim = (why.document_id, why.line_no, key)
        claimed = min(self.held.get(claim, 0), quantity) if why.is_reserved else 0
        if claimed:
            self.held[claim] -= claimed
            self.released[claim] = self.released.get(claim, 0) + claimed
            slot.reserved -= claimed
        if not slot.lots:
            return [Taken(None, quantity, self._change(why, key, None, -quantity, None))] if quantity else []
        taken = []
        for lot, available in self.pickable(key, on=on, lot_id=lot_id):
            part = min(available, quantity)
            if part:
                taken.append(Taken(lot, part, self._change(why, key, lot, -part, None)))
            quantity -= part
        return taken

    def put(self, why: Why, key: int, lot: Lot | None, quantity: int, *, cost_minor: int | None = None) -> None:
        """Put goods down. ``cost_minor`` None: at the owner's present average."""
        if lot is not None:
            self.lots.setdefault(lot.id, lot)
        self._change(why, key, lot, quantity, cost_minor)

    def next_expiry_on(self, key: int) -> date | None:
        """Find the first day on which some lot of a key may no longer be sold."""
        lots = self.slots[key].lots
        if not lots:
            return None
        days = (self.lots[i].expires_on for i, quantity in lots.items() if quantity)
        return min((day for day in days if day is not None), default=None)

    def _claimed(self, why: Why, key: int) -> int:
        return self.held.get((why.document_id, why.line_no, key), 0) if why.is_reserved else 0

    def _change(self, why: Why, key: int, lot: Lot | None, quantity: int, cost_minor: int | None) -> int:
        """Change one slot and note the move; return what the goods cost, without a sign."""
        slot = self.slots[key]
        slot.on_hand += quantity
        if lot is not None:
            slot.lots[lot.id] = slot.lots.get(lot.id, 0) + quantity
            self.touched_lots.add((key, lot.id))
        cost = self.costs[self.owners[key >> SKU_BITS], key & SKU_MASK]
        worth = cost.share(abs(quantity)) if cost_minor is None else cost_minor
        signed = worth if quantity > 0 else -worth
        if why.is_costed:
            cost.quantity += quantity
            cost.value_minor += signed
        lot_id, noted = None if lot is None else lot.id, signed if why.is_costed else None
        self.moves.append(Move(key, lot_id, quantity, why.kind, why.document_id, why.line_no, why.reason, noted))
        return worth


def expired(lots: Iterable[tuple[Lot, int]], on: date) -> list[tuple[Lot, int]]:
    """Pick the lots whose last day has come, first expired first."""
    gone = [(lot, quantity) for lot, quantity in lots if quantity and _is_expired(lot, on)]
    return sorted(gone, key=lambda pair: (pair[0].expires_on or date.max, pair[0].id))


def _is_expired(lot: Lot, on: date) -> bool:
    return lot.expires_on is not None and lot.expires_on <= on
