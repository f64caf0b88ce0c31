"""Take goods from one bin to another, within a cell or between two, in one step under one set of locks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from lingqu.kernel.errors import FieldError
from lingqu.kernel.money import prorate
from lingqu.modules.stock.exchange import OutOfStock, issued_lot, short_of
from lingqu.modules.stock.lots import register_lots
from lingqu.modules.stock.moving import Wanted, open_shelves, write_shelf
from lingqu.modules.stock.shelf import Lot, Shelf, Taken, Why
from lingqu.modules.stock.types import Carry, IssuedLot, MoveKind, bin_of, sku_of
from lingqu.runtime.tx import Tx


async def carry(
    tx: Tx,
    *,
    document_kind: str,
    carries: Sequence[Carry],
    out_kind: str = MoveKind.TRANSFER_OUT,
    in_kind: str = MoveKind.TRANSFER_IN,
    business_on: date,
    user_id: int | None,
    users: Mapping[UUID, int | None] | None = None,
    reason: str | None = None,
) -> list[IssuedLot]:
    """Take goods out of one bin, first expired first, and put the same lots into another. All lines or none.

    ``users`` names who carried the goods of a document, where several people did; ``user_id`` carried all others.

    Shapes: one or more results per line, in order: one for each lot that was carried.
    Raises: OutOfStock naming each line that falls short.
    """
    if not carries:
        return []
    routes = [(line.from_cell, bin_of(line.from_key), line.to_cell, bin_of(line.to_key)) for line in carries]
    few = set(routes)
    shelves = await open_shelves(
        tx, _wanted(carries), is_costed=lambda owners: any(_changes_books(owners, route) for route in few)
    )
    changes = {route: _changes_books(shelves[route[0]].owners, route) for route in few}
    is_costed = [changes[route] for route in routes]
    taken = _take(shelves, carries, is_costed, kind=out_kind, on=business_on, reason=reason)
    await _register(tx, carries, taken)
    for line, parts, has_cost in zip(carries, taken, is_costed, strict=True):
        why = Why(line.document_id, line.line_no, in_kind, reason, has_cost)
        costs = _costs(line, parts)
        for part, cost_minor in zip(parts, costs, strict=True):
            shelves[line.to_cell].put(why, line.to_key, part.lot, part.quantity, cost_minor=cost_minor)
    for cell_id in sorted(shelves):
        await write_shelf(
            tx,
            shelves[cell_id],
            document_kind=document_kind,
            business_on=business_on,
            user_id=user_id,
            users=users,
        )
    return [
        issued_lot(line.document_id, line.line_no, part)
        for line, parts in zip(carries, taken, strict=True)
        for part in parts
    ]


def _wanted(carries: Sequence[Carry]) -> dict[int, Wanted]:
    wanted: dict[int, Wanted] = defaultdict(lambda: Wanted(set(), set(), set()))
    for line in carries:
        wanted[line.from_cell].takes.add(line.from_key)
        wanted[line.from_cell].documents.add(line.document_id)
        wanted[line.to_cell].puts.add(line.to_key)
    return wanted


def _take(
    shelves: dict[int, Shelf],
    carries: Sequence[Carry],
    is_costed: Sequence[bool],
    *,
    kind: str,
    on: date,
    reason: str | None,
) -> list[list[Taken]]:
    taken: list[list[Taken]] = []
    errors: list[FieldError] = []
    for index, (line, has_cost) in enumerate(zip(carries, is_costed, strict=True)):
        shelf = shelves[line.from_cell]
        why = Why(line.document_id, line.line_no, kind, reason, has_cost)
        free = shelf.free(why, line.from_key, on=on, lot_id=line.lot_id)
        if line.quantity > free:
            errors.append(short_of(f"/lines/{index}", line.from_key, asked=line.quantity, free=free))
            continue
        taken.append(shelf.give(why, line.from_key, line.quantity, on=on, lot_id=line.lot_id))
    if errors:
        raise OutOfStock(errors=errors)
    return taken


async def _register(tx: Tx, carries: Sequence[Carry], taken: Sequence[Sequence[Taken]]) -> None:
    """Make the lots known in the cells they come to."""
    new: dict[int, dict[UUID, tuple[int, Lot]]] = defaultdict(dict)
    for line, parts in zip(carries, taken, strict=True):
        if line.to_cell != line.from_cell:
            new[line.to_cell] |= {p.lot.id: (sku_of(line.to_key), p.lot) for p in parts if p.lot is not None}
    for cell_id in sorted(new):
        await register_lots(tx, cell_id=cell_id, lots=new[cell_id])


def _changes_books(owners: Mapping[int, int], route: tuple[int, int, int, int]) -> bool:
    """Tell whether goods from a cell and bin to another change their owner's books: another owner, or another cell."""
    from_cell, from_bin, to_cell, to_bin = route
    return from_cell != to_cell or owners[from_bin] != owners[to_bin]


def _costs(line: Carry, parts: Sequence[Taken]) -> list[int]:
    if line.cost_minor is None:
        return [part.cost_minor for part in parts]
    if len(parts) == 1:
        return [line.cost_minor]
    return prorate(line.cost_minor, [part.quantity for part in parts])
