"""The exact path: under locks, order by order, first come, first served. For batches where something is short."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import Refusal
from lingqu.modules.ledger.api import Hold, hold, lock_available
from lingqu.modules.network.api import find_epochs
from lingqu.modules.orders.allot import Allotted, allot
from lingqu.modules.orders.expire import expire_on_keys
from lingqu.modules.orders.judged import ask_ledger, judge_served, keep_judgements
from lingqu.modules.orders.placed import placed_event
from lingqu.modules.orders.prepared import Prepared
from lingqu.modules.orders.replay import find_placed
from lingqu.modules.orders.routed import keep_routes, router_of
from lingqu.modules.orders.rows import write_orders
from lingqu.modules.orders.types import Placed
from lingqu.modules.stock.api import Claim, lock_free, reserve
from lingqu.runtime.tx import Tx

Verdict = Placed | Refusal


class Outcome(Struct, frozen=True):
    """What became of some orders; those in neither wait for another round. ``stale`` sellers must be read anew."""

    verdicts: dict[UUID, Verdict] = {}
    stale: set[int] = set()


async def place_exactly(tx: Tx, *, cell_id: int, business_on: date, orders: Sequence[Prepared]) -> Outcome:
    """Place what goods and money reach and refuse the rest, each with its own reasons."""
    verdicts: dict[UUID, Verdict] = dict(await find_placed(tx, orders))
    waiting = [order for order in orders if order.id not in verdicts]
    stale = await _stale(tx, cell_id, waiting)
    waiting = [order for order in waiting if order.seller_id not in stale]
    if not waiting:
        return Outcome(verdicts, stale)
    late = await ask_ledger(tx, business_on=business_on, orders=waiting)
    verdicts |= late
    waiting = [order for order in waiting if order.id not in late]
    keys = sorted({key for order in waiting for key in order.keys})
    await expire_on_keys(tx, cell_id=cell_id, keys=keys)
    free = await lock_free(tx, cell_id=cell_id, keys=keys, business_on=business_on)
    accounts = sorted({account for order in waiting for account in order.accounts})
    available = await lock_available(tx, cell_id=cell_id, account_ids=accounts)
    served: list[Allotted] = []
    router = await router_of(tx, cell_id=cell_id, business_on=business_on, orders=waiting)
    allotted = allot(waiting, free=free, available=available, route=router)
    allotted = judge_served(allotted, available=available, now=tx.now)
    for order, verdict in zip(waiting, allotted, strict=True):
        if isinstance(verdict, Refusal):
            verdicts[order.id] = verdict
        else:
            served.append(verdict)
            verdicts[order.id] = verdict.order.answer(short_lines=verdict.short_lines)
    if served:
        await write_served(tx, cell_id=cell_id, business_on=business_on, served=served)
    return Outcome(verdicts, stale)


async def _stale(tx: Tx, cell_id: int, orders: Sequence[Prepared]) -> set[int]:
    now = await find_epochs(tx, cell_id=cell_id, seller_ids={order.seller_id for order in orders})
    return {order.seller_id for order in orders if order.epoch != now[order.seller_id]}


async def write_served(tx: Tx, *, cell_id: int, business_on: date, served: Sequence[Allotted]) -> None:
    """Promise goods and money to orders of one cell and day that were decided under locks, and write them."""
    orders = [one.order for one in served]
    claims = [
        Claim(order.id, line.line_no, line.key, line.reserved, order.expires_at)
        for order in orders
        for line in order.lines
        if line.reserved > 0
    ]
    holds = [
        Hold(one.order.id, account, amount, one.order.expires_at) for one in served for account, amount in one.payments
    ]
    if claims:
        await reserve(tx, cell_id=cell_id, claims=claims)
    if holds:
        await hold(tx, cell_id=cell_id, holds=holds)
    await write_orders(tx, served)
    await keep_routes(tx, cell_id=cell_id, business_on=business_on, orders=orders)
    await keep_judgements(tx, cell_id=cell_id, orders=orders)
    for order in orders:
        tx.emit(placed_event(order), cell_id=cell_id)
