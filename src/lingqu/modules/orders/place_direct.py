"""Place an order that suppliers may send: what they send is bought from them in the same transaction."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from lingqu.kernel.errors import Refusal
from lingqu.modules.ledger.api import lock_available
from lingqu.modules.network.api import find_epochs, transit_bins
from lingqu.modules.orders.allot import Allotted, allot
from lingqu.modules.orders.buy_direct import buy
from lingqu.modules.orders.deal import paying
from lingqu.modules.orders.events import DirectPlaced
from lingqu.modules.orders.exact import Outcome, write_served
from lingqu.modules.orders.expire import expire_on_keys
from lingqu.modules.orders.judged import ask_ledger, judge_served
from lingqu.modules.orders.market import Market
from lingqu.modules.orders.prepared import Prepared, PreparedLine
from lingqu.modules.orders.replay import find_placed
from lingqu.modules.orders.routed import gather_facts, routed
from lingqu.modules.orders.types import NOWHERE, Address, Placed
from lingqu.modules.routing.api import Course, DropReason, Facts, NobodyServes, nodes_of, without
from lingqu.modules.stock.api import lock_free
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class _Reach(Struct, frozen=True):
    """What is free and what may be paid with in every cell that the order may touch, all under lock; and where to."""

    free: Mapping[int, int]
    available: Mapping[UUID, int]
    ship_to: Address


class _Bought(Struct, frozen=True):
    """An order that buys, and which lines it buys, in their order."""

    allotted: Allotted
    fee_ppm: int
    line_nos: tuple[int, ...]


class _Decided(Struct, frozen=True):
    sold: Allotted
    bought: tuple[_Bought, ...] = ()


async def place_directly(tx: Tx, *, market: Market, order: Prepared) -> Outcome:
    """Place one order, with what its seller then buys of suppliers; or refuse it.

    A supplier that has not a line whole, does not sell it like this, or is not paid enough in advance, is out, and the
    rules choose again. An order that must be approved first is served from its seller's own nodes. Locks are taken cell
    by cell, in each cell goods before money.
    """
    verdicts: dict[UUID, Placed | Refusal] = dict(await find_placed(tx, [order]))
    if verdicts:
        return Outcome(verdicts)
    course = order.course
    assert course is not None, "only orders that suppliers may send come here"  # noqa: S101 - a bug, not a "no"
    stale = await _stale(tx, market, order, course)
    if stale:
        return Outcome({}, stale)
    late = await ask_ledger(tx, business_on=order.business_on, orders=[order])
    if late:
        return Outcome(dict(late))
    if order.expires_at is not None:
        course = without(course, nodes_of(course), "waits")
    decided = await _decide(tx, market, replace(order, course=course), await _lock(tx, market, order, course))
    if isinstance(decided, Refusal):
        return Outcome({order.id: decided})
    await _write(tx, decided)
    return Outcome({order.id: decided.sold.order.answer(short_lines=decided.sold.short_lines)})


async def _stale(tx: Tx, market: Market, order: Prepared, course: Course) -> set[int]:
    """Name who has changed since it was read: the seller, or suppliers of its."""
    held: dict[int, dict[int, int | None]] = defaultdict(dict)
    held[order.cell_id][order.seller_id] = order.epoch
    for supplier_id, cell_id in zip(course.suppliers, course.cells, strict=True):
        if supplier_id:
            known = market.known.get((supplier_id, order.seller_id))
            epochs = [market.book.epochs.get(supplier_id), None if known is None else known.epoch]
            held[cell_id][supplier_id] = None if None in epochs else min(e for e in epochs if e is not None)
    stale: set[int] = set()
    for cell_id, some in sorted(held.items()):
        now = await find_epochs(tx, cell_id=cell_id, seller_ids=some)
        # One without a link to buy over has no terms that could be old.
        stale |= {seller_id for seller_id, epoch in some.items() if epoch is not None and epoch != now[seller_id]}
    return stale


async def _lock(tx: Tx, market: Market, order: Prepared, course: Course) -> _Reach:
    keys: dict[int, set[int]] = defaultdict(set)
    accounts: dict[int, set[UUID]] = defaultdict(set)
    accounts[order.cell_id].update(order.accounts)
    skus = {line.sku_id for line in order.lines}
    for at, bin_id in enumerate(course.bin_ids):
        supplier_id = course.suppliers[at] if course.suppliers else 0
        cell_id = course.cells[at] if supplier_id else order.cell_id
        keys[cell_id].update(bin_id << 32 | sku_id for sku_id in skus)
        known = market.known.get((supplier_id, order.seller_id)) if supplier_id else None
        if known is not None:
            accounts[cell_id].update(paying(known.seller.party_id, known.buyer.party_id, known.seller.currency))
    free: dict[int, int] = {}
    available: dict[UUID, int] = {}
    for cell_id in sorted({*keys, *accounts}):
        some = sorted(keys[cell_id])
        await expire_on_keys(tx, cell_id=cell_id, keys=some)
        free |= await lock_free(tx, cell_id=cell_id, keys=some, business_on=order.business_on)
        available |= await lock_available(tx, cell_id=cell_id, account_ids=sorted(accounts[cell_id]))
    return _Reach(free, available, await _ship_to(tx, order))


async def _decide(tx: Tx, market: Market, order: Prepared, reach: _Reach) -> _Decided | Refusal:
    """Choose by what is under lock until everything that was chosen can be bought."""
    facts = await gather_facts(tx, order.cell_id, order.business_on, [order])
    while True:
        course = order.course
        if course is None or not course.node_ids:
            return NobodyServes()
        sold = _sell(order, facts, reach, tx)
        if isinstance(sold, Refusal):
            return sold
        theirs = nodes_of(course)
        if sold.order.expires_at is not None and any(route.node_id in theirs for route in sold.order.routes):
            order = replace(order, course=without(course, theirs, "waits"))
            continue
        bought = await _buy_all(tx, market, sold.order, course, reach)
        if isinstance(bought, _Out):
            order = replace(order, course=without(course, nodes_of(course, bought.supplier_id), bought.why))
            continue
        return _Decided(sold, bought)


def _sell(order: Prepared, facts: Facts, reach: _Reach, tx: Tx) -> Allotted | Refusal:
    # Choosing takes out of the facts what it gives, and this may be one try of several.
    fresh = replace(facts, free=dict(reach.free), loads=dict(facts.loads))
    allotted = allot([routed(order, fresh)], free=reach.free, available=reach.available)
    (sold,) = judge_served(allotted, available=reach.available, now=tx.now)
    return sold


class _Out(Struct, frozen=True):
    """A supplier that cannot be bought from like this, and why."""

    supplier_id: int
    why: DropReason


async def _buy_all(tx: Tx, market: Market, sold: Prepared, course: Course, reach: _Reach) -> tuple[_Bought, ...] | _Out:
    at = {node_id: site for site, node_id in enumerate(course.node_ids)}
    sites = {route.line_no: at[route.node_id] for route in sold.routes}
    by_supplier: dict[int, list[PreparedLine]] = defaultdict(list)
    for line in sold.lines:
        supplier_id = course.suppliers[sites[line.line_no]] if course.suppliers else 0
        if supplier_id:
            by_supplier[supplier_id].append(line)
    nodes = dict(zip(course.bin_ids, course.node_ids, strict=True))
    found: list[_Bought] = []
    for supplier_id, lines in sorted(by_supplier.items()):
        if any(line.reserved < line.quantity for line in lines):
            return _Out(supplier_id, "short")
        bought = buy(market, sold, supplier_id=supplier_id, lines=lines, nodes=nodes, ship_to=reach.ship_to, now=tx.now)
        if isinstance(bought, str):
            return _Out(supplier_id, bought)
        if await ask_ledger(tx, business_on=sold.business_on, orders=[bought]):
            return _Out(supplier_id, "no-money")
        paid = allot([bought], free=reach.free, available=reach.available)
        (verdict,) = judge_served(paid, available=reach.available, now=tx.now)
        if isinstance(verdict, Refusal):
            return _Out(supplier_id, "no-money")
        if verdict.order.expires_at is not None:
            return _Out(supplier_id, "waits")
        fee_ppm = course.fees_ppm[sites[lines[0].line_no]]
        found.append(_Bought(verdict, fee_ppm, tuple(line.line_no for line in lines)))
    return tuple(found)


async def _ship_to(tx: Tx, order: Prepared) -> Address:
    """Say where the supplier sends it: as the buyer wrote, else where the buyer takes goods in."""
    if order.ship_to != NOWHERE or order.buyer_id is None:
        return order.ship_to
    return await tx.one(SQL["find_ship_to"], Address, buyer_id=order.buyer_id, node_id=order.receiving_node_id)


async def _write(tx: Tx, decided: _Decided) -> None:
    """Write the order and those that buy for it, cell by cell, and tie them together."""
    sold = decided.sold.order
    on = sold.business_on
    if decided.bought:
        sold = await _without_keys(tx, decided)
    by_cell: dict[int, list[Allotted]] = defaultdict(list)
    by_cell[sold.cell_id].append(replace(decided.sold, order=sold))
    for one in decided.bought:
        by_cell[one.allotted.order.cell_id].append(one.allotted)
    for cell_id, served in sorted(by_cell.items()):
        await write_served(tx, cell_id=cell_id, business_on=on, served=served)
    if decided.bought:
        await _tie(tx, sold, decided.bought, on)


async def _without_keys(tx: Tx, decided: _Decided) -> Prepared:
    """Give the selling order the keys of what it never holds: its seller's goods on their way from others' nodes."""
    sold = decided.sold.order
    bins = _nodes(decided)
    transit = await transit_bins(tx, owner_id=sold.seller_id, home_cell=sold.cell_id, node_ids=set(bins.values()))
    theirs = {line_no for one in decided.bought for line_no in one.line_nos}
    return replace(
        sold,
        lines=tuple(
            replace(
                line,
                key=transit[bins[line.line_no]] << 32 | line.sku_id,
                reserved=0,
                back_ordered=line.quantity,
            )
            if line.line_no in theirs
            else line
            for line in sold.lines
        ),
    )


def _nodes(decided: _Decided) -> dict[int, int]:
    """Say from whose node each line comes that is bought."""
    theirs = {line_no for one in decided.bought for line_no in one.line_nos}
    return {route.line_no: route.node_id for route in decided.sold.order.routes if route.line_no in theirs}


async def _tie(tx: Tx, sold: Prepared, bought: Sequence[_Bought], on: date) -> None:
    await tx.run(SQL["mark_direct"], cell_id=sold.cell_id, ids=[sold.id], direct="selling")
    for one in bought:
        await tx.run(
            SQL["mark_direct"], cell_id=one.allotted.order.cell_id, ids=[one.allotted.order.id], direct="buying"
        )
    lines = [
        (line_no, one.allotted.order, number) for one in bought for number, line_no in enumerate(one.line_nos, start=1)
    ]
    await tx.run(
        SQL["mark_direct_lines"],
        cell_id=sold.cell_id,
        order_id=sold.id,
        line_no=[line_no for line_no, _, _ in lines],
        supplier_id=[order.seller_id for _, order, _ in lines],
    )
    await tx.run(
        SQL["insert_direct_orders"],
        for_cell=sold.cell_id,
        for_order_id=sold.id,
        cell_id=[one.allotted.order.cell_id for one in bought],
        order_id=[one.allotted.order.id for one in bought],
        fee_ppm=[one.fee_ppm for one in bought],
    )
    await tx.run(
        SQL["insert_direct_lines"],
        cell_id=sold.cell_id,
        order_id=sold.id,
        line_no=[line_no for line_no, _, _ in lines],
        supplier_cell=[order.cell_id for _, order, _ in lines],
        supplier_order_id=[order.id for _, order, _ in lines],
        supplier_line_no=[number for _, _, number in lines],
    )
    for one in bought:
        order = one.allotted.order
        event = DirectPlaced(
            order_id=order.id,
            buyer_id=order.buyer_id,
            seller_id=order.seller_id,
            business_on=on,
            for_order_id=sold.id,
            fee_ppm=one.fee_ppm,
        )
        tx.emit(event, cell_id=order.cell_id)
