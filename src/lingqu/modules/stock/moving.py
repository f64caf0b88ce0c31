"""Load shelves under locks and write what was done to them: the one way on-hand changes.

Balances and costs that are not there yet are made after those that are were locked: on a busy day nearly all are.
Locks in the order of the whole product: stock keys by (cell, key), then lots, then costs.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.ids import uuid7s
from lingqu.modules.stock.shelf import Cost, Lot, Shelf, Slot
from lingqu.modules.stock.types import bin_of, sku_of
from lingqu.runtime.arrays import int4s, int8s, uuids
from lingqu.runtime.rows import NULL, day_number, field, int4, int8, micros, row_of, stream, text
from lingqu.runtime.sql import Statement, statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_MOVE = row_of("int4 uuid int8 int8 uuid int2 int4 int8", columns=14)


class Wanted(Struct):
    """What to load of one cell: keys to take from, keys to put to, and the documents whose claims are used up."""

    takes: set[int] = set()
    puts: set[int] = set()
    documents: set[UUID] = set()

    @property
    def keys(self) -> list[int]:
        """List all keys in lock order."""
        return sorted(self.takes | self.puts)


async def open_shelves(
    tx: Tx, wanted: Mapping[int, Wanted], *, is_costed: Callable[[Mapping[int, int]], bool] | None = None
) -> dict[int, Shelf]:
    """Lock and load the stock of some keys, all cells' keys before any cell's costs.

    ``is_costed`` tells from the owners of the bins whether any cost will change; if not, costs are read unlocked.
    """
    cells = sorted(wanted)
    shelves = {cell_id: Shelf(cell_id) for cell_id in cells}
    for cell_id in cells:
        await _lock_balances(tx, shelves[cell_id], wanted[cell_id])
    owners = await _owners(tx, {bin_of(key) for w in wanted.values() for key in w.keys})
    changes = is_costed is None or is_costed(owners)
    for cell_id in cells:
        shelves[cell_id].owners = owners
        await _load_costs(tx, shelves[cell_id], wanted[cell_id], SQL["lock_costs" if changes else "read_costs"])
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


async def write_shelf(
    tx: Tx,
    shelf: Shelf,
    *,
    document_kind: str,
    business_on: date,
    user_id: int | None,
    users: Mapping[UUID, int | None] | None = None,
) -> None:
    """Write the sums that a shelf's moves change, and the moves.

    ``users`` names who moved the goods of a document, where several did; ``user_id`` moved all others.
    """
    if not shelf.moves:
        return
    on_hand: dict[int, int] = defaultdict(int)
    for move in shelf.moves:
        on_hand[move.key] += move.quantity
    keys = sorted(on_hand)
    reserved = dict.fromkeys(keys, 0)
    for (_, _, key), quantity in shelf.released.items():
        reserved[key] -= quantity
    lots = sorted(shelf.touched_lots)
    costs = sorted({(shelf.owners[bin_of(m.key)], sku_of(m.key)) for m in shelf.moves if m.cost_minor is not None})
    holding = {document_id for (document_id, _, _), quantity in shelf.held.items() if quantity}
    left = [claim for claim in shelf.released if claim[0] in holding]
    used = [claim for claim in shelf.released if claim[0] not in holding]
    await tx.run(
        SQL["change"],
        cell_id=shelf.cell_id,
        key=int8s(keys),
        on_hand=int8s([on_hand[key] for key in keys]),
        reserved=int8s([reserved[key] for key in keys]),
        next_expiry_on=[shelf.next_expiry_on(key) for key in keys],
        lot_key=[key for key, _ in lots],
        lot_id=[lot_id for _, lot_id in lots],
        lot_expires_on=[shelf.lots[lot_id].expires_on for _, lot_id in lots],
        lot_on_hand=[shelf.slots[key].lots[lot_id] for key, lot_id in lots],
        used_document_id=uuids({document_id for document_id, _, _ in used}),
        used_key=int8s(sorted({key for _, _, key in used})),
        held_document_id=[document_id for document_id, _, _ in left],
        held_line_no=[line_no for _, line_no, _ in left],
        held_key=[key for _, _, key in left],
        held=[shelf.held[claim] for claim in left],
        cost_owner_id=[owner_id for owner_id, _ in costs],
        cost_sku_id=[sku_id for _, sku_id in costs],
        cost_currency=[shelf.costs[pair].currency for pair in costs],
        cost_quantity=[shelf.costs[pair].quantity for pair in costs],
        cost_value=[shelf.costs[pair].value_minor for pair in costs],
    )
    who = {m.document_id: user_id for m in shelf.moves} | dict(users or {})
    await tx.load(SQL["load_moves"], stream(_moves(tx, shelf, document_kind, business_on, who)))


def _moves(tx: Tx, shelf: Shelf, document_kind: str, on: date, users: Mapping[UUID, int | None]) -> list[bytes]:
    """Pack moves, those of one key side by side: the index by key is entered at fewer places."""
    of_kind, on_day, now = text(document_kind), day_number(on), micros(tx.now)
    return [
        _MOVE(shelf.cell_id, one_id.bytes, m.key, m.quantity, m.document_id.bytes, m.line_no, on_day, now)
        + (NULL if m.lot_id is None else field(m.lot_id.bytes))
        + text(m.kind)
        + of_kind
        + (NULL if m.reason is None else text(m.reason))
        + int8(m.cost_minor)
        + int4(users[m.document_id])
        for one_id, m in zip(
            uuid7s(len(shelf.moves), at=tx.now), sorted(shelf.moves, key=lambda one: one.key), strict=True
        )
    ]


async def _lock_balances(tx: Tx, shelf: Shelf, wanted: Wanted) -> None:
    keys = int8s(wanted.keys)
    rows = await tx.tuples(SQL["lock_balances"], cell_id=shelf.cell_id, key=keys)
    new = sorted(wanted.puts - {key for key, _, _ in rows})
    if new:
        made = await tx.tuples(
            SQL["insert_balances"],
            cell_id=shelf.cell_id,
            key=int8s(new),
            bin_id=int4s([bin_of(key) for key in new]),
            sku_id=int4s([sku_of(key) for key in new]),
        )
        rows += [(key, 0, 0) for (key,) in made]
        if len(made) < len(new):
            met = int8s(sorted(set(new) - {key for (key,) in made}))
            rows += await tx.tuples(SQL["lock_balances"], cell_id=shelf.cell_id, key=met)
    shelf.slots = {key: Slot(on_hand, reserved, {}) for key, on_hand, reserved in rows}
    for key, lot_id, code, produced_on, expires_on, on_hand in await tx.tuples(
        SQL["read_lots"], cell_id=shelf.cell_id, key=keys
    ):
        shelf.lots.setdefault(lot_id, Lot(lot_id, code, produced_on, expires_on))
        shelf.slots[key].lots[lot_id] = on_hand
    if wanted.documents:
        held = await tx.tuples(
            SQL["read_held"], cell_id=shelf.cell_id, document_id=uuids(sorted(wanted.documents)), key=keys
        )
        shelf.held = {(document_id, line_no, key): quantity for document_id, line_no, key, quantity in held}


async def _owners(tx: Tx, bin_ids: set[int]) -> dict[int, int]:
    return dict(await tx.tuples(SQL["find_owners"], bin_id=sorted(bin_ids)))


async def _load_costs(tx: Tx, shelf: Shelf, wanted: Wanted, how: Statement) -> None:
    pairs = sorted({(shelf.owners[bin_of(key)], sku_of(key)) for key in wanted.keys})
    rows = await _some_costs(tx, shelf, pairs, how)
    new = sorted({(shelf.owners[bin_of(key)], sku_of(key)) for key in wanted.puts} - {(o, s) for o, s, *_ in rows})
    if new:
        made = await _some_costs(tx, shelf, new, SQL["insert_costs"])
        rows += made
        if len(made) < len(new):
            rows += await _some_costs(tx, shelf, sorted(set(new) - {(o, s) for o, s, *_ in made}), how)
    shelf.costs = {(owner, sku): Cost(quantity, value, currency) for owner, sku, quantity, value, currency in rows}


async def _some_costs(tx: Tx, shelf: Shelf, pairs: list[tuple[int, int]], how: Statement) -> list[tuple[Any, ...]]:
    return await tx.tuples(
        how, cell_id=shelf.cell_id, owner_id=int4s([o for o, _ in pairs]), sku_id=int4s([s for _, s in pairs])
    )
