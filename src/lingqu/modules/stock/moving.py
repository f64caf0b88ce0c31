"""Load shelves under locks and write what was done to them: the one way on-hand changes.

Locks in the order of the whole product: stock keys by (cell, key), then lots, then costs.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.ids import uuid7
from lingqu.modules.stock.shelf import Cost, Lot, Shelf, Slot
from lingqu.modules.stock.types import bin_of, sku_of
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class Wanted(Struct):
    """What to load of one cell: keys to take from, keys to put to, and the documents whose claims are used up."""

    takes: set[int] = set()
    puts: set[int] = set()
    documents: set[UUID] = set()

    @property
    def keys(self) -> list[int]:
        """List all keys in lock order."""
        return sorted(self.takes | self.puts)


async def open_shelves(tx: Tx, wanted: Mapping[int, Wanted]) -> dict[int, Shelf]:
    """Lock and load the stock of some keys, all cells' keys before any cell's costs."""
    cells = sorted(wanted)
    shelves = {cell_id: Shelf(cell_id) for cell_id in cells}
    for cell_id in cells:
        await _lock_balances(tx, shelves[cell_id], wanted[cell_id])
    owners = await _owners(tx, {bin_of(key) for w in wanted.values() for key in w.keys})
    for cell_id in cells:
        shelves[cell_id].owners = owners
        await _lock_costs(tx, shelves[cell_id], wanted[cell_id])
    return shelves


async def open_shelf(
    tx: Tx,
    *,
    cell_id: int,
    takes: Iterable[int] = (),
    puts: Iterable[int] = (),
    documents: Iterable[UUID] = (),
) -> Shelf:
    """Lock and load the stock of some keys of one cell."""
    shelves = await open_shelves(tx, {cell_id: Wanted(set(takes), set(puts), set(documents))})
    return shelves[cell_id]


async def write_shelf(tx: Tx, shelf: Shelf, *, document_kind: str, business_on: date, user_id: int | None) -> None:
    """Write the moves of a shelf and the sums they change, in one call."""
    keys = sorted({move.key for move in shelf.moves})
    if not keys:
        return
    on_hand = dict.fromkeys(keys, 0)
    for move in shelf.moves:
        on_hand[move.key] += move.quantity
    reserved = dict.fromkeys(keys, 0)
    for (_, _, key), quantity in shelf.released.items():
        reserved[key] -= quantity
    lots = sorted(shelf.touched_lots)
    owned = {(shelf.owners[bin_of(m.key)], sku_of(m.key)) for m in shelf.moves if m.cost_minor is not None}
    costs = sorted(owned)
    await tx.run(
        SQL["move"],
        cell_id=shelf.cell_id,
        document_kind=document_kind,
        business_on=business_on,
        now=tx.now,
        user_id=user_id,
        key=keys,
        on_hand=list(on_hand.values()),
        reserved=list(reserved.values()),
        next_expiry_on=[shelf.next_expiry_on(key) for key in keys],
        lot_key=[key for key, _ in lots],
        lot_id=[lot_id for _, lot_id in lots],
        lot_expires_on=[shelf.lots[lot_id].expires_on for _, lot_id in lots],
        lot_on_hand=[shelf.slots[key].lots[lot_id] for key, lot_id in lots],
        held_document_id=[document_id for document_id, _, _ in shelf.released],
        held_line_no=[line_no for _, line_no, _ in shelf.released],
        held_key=[key for _, _, key in shelf.released],
        held=[shelf.held[claim] for claim in shelf.released],
        cost_owner_id=[owner_id for owner_id, _ in costs],
        cost_sku_id=[sku_id for _, sku_id in costs],
        cost_currency=[shelf.costs[pair].currency for pair in costs],
        cost_quantity=[shelf.costs[pair].quantity for pair in costs],
        cost_value=[shelf.costs[pair].value_minor for pair in costs],
        id=[uuid7(at=tx.now) for _ in shelf.moves],
        move_key=[m.key for m in shelf.moves],
        move_lot_id=[m.lot_id for m in shelf.moves],
        quantity=[m.quantity for m in shelf.moves],
        kind=[m.kind for m in shelf.moves],
        document_id=[m.document_id for m in shelf.moves],
        line_no=[m.line_no for m in shelf.moves],
        reason=[m.reason for m in shelf.moves],
        cost_minor=[m.cost_minor for m in shelf.moves],
    )


async def _lock_balances(tx: Tx, shelf: Shelf, wanted: Wanted) -> None:
    if wanted.puts:
        puts = sorted(wanted.puts)
        await tx.run(
            SQL["insert_balances"],
            cell_id=shelf.cell_id,
            key=puts,
            bin_id=[bin_of(key) for key in puts],
            sku_id=[sku_of(key) for key in puts],
        )
    rows = await tx.tuples(SQL["lock_balances"], cell_id=shelf.cell_id, key=wanted.keys)
    shelf.slots = {key: Slot(on_hand, reserved, {}) for key, on_hand, reserved in rows}
    for key, lot_id, code, produced_on, expires_on, on_hand in await tx.tuples(
        SQL["read_lots"], cell_id=shelf.cell_id, key=wanted.keys
    ):
        shelf.lots.setdefault(lot_id, Lot(lot_id, code, produced_on, expires_on))
        shelf.slots[key].lots[lot_id] = on_hand
    if wanted.documents:
        held = await tx.tuples(
            SQL["read_held"], cell_id=shelf.cell_id, document_id=sorted(wanted.documents), key=wanted.keys
        )
        shelf.held = {(document_id, line_no, key): quantity for document_id, line_no, key, quantity in held}


async def _owners(tx: Tx, bin_ids: set[int]) -> dict[int, int]:
    return dict(await tx.tuples(SQL["find_owners"], bin_id=sorted(bin_ids)))


async def _lock_costs(tx: Tx, shelf: Shelf, wanted: Wanted) -> None:
    pairs = sorted({(shelf.owners[bin_of(key)], sku_of(key)) for key in wanted.keys})
    if wanted.puts:
        new = sorted({(shelf.owners[bin_of(key)], sku_of(key)) for key in wanted.puts})
        await tx.run(
            SQL["insert_costs"], cell_id=shelf.cell_id, owner_id=[o for o, _ in new], sku_id=[s for _, s in new]
        )
    rows = await tx.tuples(
        SQL["lock_costs"], cell_id=shelf.cell_id, owner_id=[o for o, _ in pairs], sku_id=[s for _, s in pairs]
    )
    shelf.costs = {(owner_id, sku_id): Cost(*rest) for owner_id, sku_id, *rest in rows}
