"""Place orders in batches: the fast path places all that goods and money reach, the exact path decides the rest."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from psycopg.errors import UniqueViolation

from lingqu.kernel.errors import Refusal, Unavailable
from lingqu.modules.ledger.api import holds_to_load, pack_holds
from lingqu.modules.orders.allot import Allotted
from lingqu.modules.orders.exact import place_exactly
from lingqu.modules.orders.hopeless import refuse_hopeless
from lingqu.modules.orders.judge import Question
from lingqu.modules.orders.judged import keep_judgements
from lingqu.modules.orders.market import Market
from lingqu.modules.orders.place_direct import place_directly
from lingqu.modules.orders.placed import placed_event
from lingqu.modules.orders.prepare import Incoming, prepare
from lingqu.modules.orders.prepared import Prepared
from lingqu.modules.orders.reach import Demand, Reach
from lingqu.modules.orders.replay import find_placed, replayed
from lingqu.modules.orders.routed import keep_routes, route_orders
from lingqu.modules.orders.rows import Packed, order_loads, pack
from lingqu.modules.orders.types import Placed
from lingqu.modules.stock.api import claims_to_load, pack_claims
from lingqu.runtime.batch import Batcher
from lingqu.runtime.rows import instant
from lingqu.runtime.sql import statements
from lingqu.runtime.transactions import Transactions
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_ROUNDS = 5
_Group = tuple[int, date]
Answer = Placed | Exception | asyncio.Future[Placed]
"""What became of an order: placed, a refusal or fault, or an answer to come."""


class Work(Struct, frozen=True, gc=False):
    """One order in a batch: as asked, so that it can be priced again where prices moved, and as priced."""

    incoming: Incoming
    order: Prepared


_Step = Callable[[Sequence[Work], dict[int, Answer]], Awaitable[set[int]]]
"""Adds answers of some orders, and names the sellers whose prices moved on."""


class _Fast(Struct, frozen=True):
    """What became of a batch, but for what was left to the exact path; what is nowhere waits again.

    Here and below orders are told apart by the number of their id: a UUID is slow to hash.
    """

    placed: list[Prepared]
    present: list[Prepared]
    stale: set[int]


class Placing:
    """Places the batches of one process."""

    def __init__(
        self,
        database: Transactions,
        market: Market,
        *,
        fast: Transactions | None = None,
        hand_over: Callable[[], None] | None = None,
    ) -> None:
        self._database = database
        self._hand_over = hand_over or _nothing
        self._fast_database = fast or database
        self._market = market
        self._exactly: Batcher[Work, Placed] = Batcher(
            "orders.place-exactly", self._run_exactly, weigh=lambda work: len(work.order.lines)
        )

    async def run(self, batch: Sequence[Work]) -> list[Answer]:
        """Place a batch.

        Shapes: one answer per order, in the order given; what goods or money may not reach is answered later, by the
                exact path, and its neighbours do not wait for it. The same id twice in one batch is placed once.
        Raises: Unavailable if the database is away, or prices change faster than they can be read.
        """
        return await self._in_rounds(batch, self._fast)

    async def run_whole(self, batch: Sequence[Work]) -> list[Placed | Refusal]:
        """Place a batch and wait for what the exact path answers later: for loaders, who go on by what was placed.

        Shapes: one verdict per order, in the order given.
        Raises: as `run`, and the fault of whichever order met one.
        """
        verdicts: list[Placed | Refusal] = []
        for answer in await self.run(batch):
            try:
                found = await answer if isinstance(answer, asyncio.Future) else answer
            except Refusal as refusal:
                found = refusal
            if not isinstance(found, Placed | Refusal):
                raise found
            verdicts.append(found)
        return verdicts

    async def drain(self) -> None:
        """Return when everything left to the exact path is answered."""
        await self._exactly.drain()

    async def _run_exactly(self, batch: Sequence[Work]) -> list[Answer]:
        return await self._in_rounds(batch, self._exact)

    async def _in_rounds(self, batch: Sequence[Work], step: _Step) -> list[Answer]:
        """Repeat a step, which adds answers and tells whose prices moved on, until every order has its answer."""
        works: dict[int, Work] = {}
        for work in batch:
            works.setdefault(work.order.id.int, work)
        answers: dict[int, Answer] = {}
        try:
            await self._answer_all(works, answers, step)
        except BaseException:
            for answer in answers.values():
                if isinstance(answer, asyncio.Future):
                    answer.cancel()  # nobody will be told: what has not begun need not
            raise
        return [_answer_of(work, works, answers) for work in batch]

    async def _answer_all(self, works: dict[int, Work], answers: dict[int, Answer], step: _Step) -> None:
        for _ in range(_ROUNDS):
            waiting = [work for order_id, work in works.items() if order_id not in answers]
            if not waiting:
                return
            await self._reprice(await step(waiting, answers), works, answers)
        raise Unavailable("prices change faster than orders can be placed")

    async def _fast(self, works: Sequence[Work], answers: dict[int, Answer]) -> set[int]:
        """Place what goods and money reach, all cells in one transaction, and leave the rest to the exact path."""
        by_number = {work.order.id.int: work for work in works}

        def leave(numbers: Iterable[int]) -> None:
            """Leave orders to the exact path, for good: should this transaction run again, it runs without them."""
            for number in numbers:
                try:
                    answers[number] = self._exactly.put(by_number[number])
                except Unavailable as fault:
                    answers[number] = fault

        # What only the ledger can judge is judged under locks, and so is what a supplier might send.
        leave([number for number, work in by_number.items() if _asks_under_locks(work.order)])

        async def place(tx: Tx) -> _Fast:
            groups = _grouped([work for number, work in by_number.items() if number not in answers])
            return await _place(tx, groups, leave, self._hand_over)

        try:
            fast = await self._fast_database.run(place, now=_now_of(works))
        except UniqueViolation:
            return set()  # another process placed one of these at this moment; the next round finds it
        answers |= {order.id.int: order.answer() for order in fast.placed}
        if fast.present:
            found = await self._database.run(lambda tx: find_placed(tx, fast.present))
            answers |= {order_id.int: answer for order_id, answer in found.items()}
        return fast.stale

    async def _exact(self, works: Sequence[Work], answers: dict[int, Answer]) -> set[int]:
        """Place order by order, each cell's share in a transaction of its own."""
        stale = await self._directly([work for work in works if work.order.may_come_direct], answers)
        ordinary = [work for work in works if not work.order.may_come_direct]
        if not ordinary:
            return stale
        hopeless = await self._database.run(lambda tx: refuse_hopeless(tx, _grouped(ordinary)), now=_now_of(works))
        answers |= {order_id.int: refusal for order_id, refusal in hopeless.items()}
        ordinary = [work for work in ordinary if work.order.id not in hopeless]
        for (cell_id, business_on), orders in _grouped(ordinary).items():
            try:
                outcome = await self._database.run(
                    lambda tx, cell=cell_id, on=business_on, some=orders: place_exactly(  # type: ignore[misc]
                        tx, cell_id=cell, business_on=on, orders=some
                    ),
                    now=_now_of(works),
                )
            except UniqueViolation:
                continue  # as in the fast path
            answers |= {order_id.int: verdict for order_id, verdict in outcome.verdicts.items()}
            stale |= outcome.stale
        return stale

    async def _directly(self, works: Sequence[Work], answers: dict[int, Answer]) -> set[int]:
        """Place orders that suppliers may send, each in a transaction of its own that locks what it needs of theirs."""
        stale: set[int] = set()
        for work in works:
            try:
                outcome = await self._database.run(
                    lambda tx, order=work.order: place_directly(tx, market=self._market, order=order),  # type: ignore[misc]
                    now=_now_of(works),
                )
            except UniqueViolation:
                continue  # as in the fast path
            answers |= {order_id.int: verdict for order_id, verdict in outcome.verdicts.items()}
            if outcome.stale:
                behind = [(seller_id, work.order.seller_id) for seller_id in outcome.stale - {work.order.seller_id}]
                if behind:
                    await self._database.run(lambda tx, pairs=behind: self._market.load(tx, pairs))  # type: ignore[misc]
                stale.add(work.order.seller_id)
        return stale

    async def _reprice(self, stale: set[int], works: dict[int, Work], answers: dict[int, Answer]) -> None:
        """Read the stale sellers anew and price their waiting orders again; some are refused now."""
        if not stale:
            return
        pairs = [(w.order.seller_id, w.incoming.buyer_id) for w in works.values() if w.order.seller_id in stale]
        await self._database.run(lambda tx: self._market.load(tx, pairs))
        for order_id, work in list(works.items()):
            if work.order.seller_id in stale and order_id not in answers:
                try:
                    works[order_id] = Work(work.incoming, prepare(self._market, work.incoming))
                except Refusal as refusal:
                    answers[order_id] = refusal


def _asks_under_locks(order: Prepared) -> bool:
    return order.may_come_direct or isinstance(order.judged, Question)


def _nothing() -> None:
    return


def _answer_of(work: Work, works: Mapping[int, Work], answers: Mapping[int, Answer]) -> Answer:
    """Find the answer of a work; one that came with the id of another is answered as a retry of it."""
    first = works[work.order.id.int]
    answer = answers[work.order.id.int]
    if first.incoming is work.incoming or isinstance(answer, Exception):
        return answer
    return asyncio.ensure_future(_retried(answer, first.order.body_hash, work.order.body_hash))


async def _retried(answer: "Placed | asyncio.Future[Placed]", first_hash: bytes, hash_now: bytes) -> Placed:
    first = answer if isinstance(answer, Placed) else await asyncio.shield(answer)
    again = replayed(first, first_hash, hash_now)
    if isinstance(again, Refusal):
        raise again
    return again


def _grouped(works: Sequence[Work]) -> dict[_Group, list[Prepared]]:
    groups: dict[_Group, list[Prepared]] = defaultdict(list)
    for work in works:
        deal = work.order.deal
        groups[deal.cell_id, deal.business_on].append(work.order)
    return dict(sorted(groups.items()))


def _now_of(works: Sequence[Work]) -> datetime:
    return max(work.incoming.now for work in works)


async def _place(
    tx: Tx,
    groups: Mapping[_Group, Sequence[Prepared]],
    leave: Callable[[Iterable[int]], None],
    hand_over: Callable[[], None],
) -> _Fast:
    """Ask how far goods and money reach, all cells in one trip; give out what there is, promise it in another, load it.

    ``leave`` is told the numbers of those that goods or money may not reach, as soon as that is known: who is refused
    need not wait until the others are loaded. ``hand_over`` is called as soon as all is promised: the next batch is
    composed while this one is loaded.
    Only orders whose seller has nodes to choose from cost a trip before and one after. A cell's second business day
    waits for the promises of its first.
    """
    fast = _Fast([], [], set())
    for wave in _waves(groups):
        served = await _place_wave(tx, wave, fast, leave, hand_over)
        fast.placed.extend([one.order for one in served])
    return fast


def _waves(groups: Mapping[_Group, Sequence[Prepared]]) -> list[dict[_Group, Sequence[Prepared]]]:
    """Part the groups so that no cell stands twice in one part."""
    days: dict[int, int] = defaultdict(int)
    waves: list[dict[_Group, Sequence[Prepared]]] = []
    for group, orders in groups.items():
        number = days[group[0]]
        days[group[0]] += 1
        if number == len(waves):
            waves.append({})
        waves[number][group] = orders
    return waves


async def _place_wave(
    tx: Tx,
    groups: Mapping[_Group, Sequence[Prepared]],
    fast: _Fast,
    leave: Callable[[Iterable[int]], None],
    hand_over: Callable[[], None],
) -> list[Allotted]:
    routed = {
        (cell_id, business_on): await route_orders(tx, cell_id=cell_id, business_on=business_on, orders=orders)
        for (cell_id, business_on), orders in groups.items()
    }
    demands = {group: Demand(orders) for group, orders in routed.items()}
    asked = [
        {"cell_id": cell_id, "business_on": business_on} | demand.columns()
        for (cell_id, business_on), demand in demands.items()
    ]
    # The orders are packed while the server looks; the few that are left out were packed for nothing.
    found, packed = await asyncio.gather(tx.each_in_turn(SQL["reach"], Reach, asked), _packed(routed, tx.now))
    decided: list[Allotted] = []
    promises: list[dict[str, Any]] = []
    for ((cell_id, business_on), demand), reach in zip(demands.items(), found, strict=True):
        if reach is None:
            raise AssertionError("the function answers every call")
        given = demand.give(reach)
        leave([order.id.int for order in given.left_over])
        fast.present.extend([order for order in demand.orders if order.id in reach.present])
        fast.stale.update(reach.stale)
        if given.served:
            decided += given.served
            promises.append({"cell_id": cell_id} | given.columns())
            orders = [one.order for one in given.served]
            await keep_routes(tx, cell_id=cell_id, business_on=business_on, orders=orders)
            await keep_judgements(tx, cell_id=cell_id, orders=orders)
    if decided:
        await tx.run_each(SQL["promise"], promises)
        hand_over()
        _load(tx, decided, [packed[one.order.id.int] for one in decided])
    return decided


class _Ready(Struct, frozen=True, gc=False):
    """An order packed, and what it claims of stock."""

    rows: Packed
    claims: bytes


async def _packed(routed: Mapping[_Group, Sequence[Prepared]], now: datetime) -> dict[int, _Ready]:
    placed_at = instant(now)
    return {order.id.int: _Ready(pack(order, placed_at), _claims(order)) for some in routed.values() for order in some}


def _claims(order: Prepared) -> bytes:
    lines = [(line.line_no, line.key, line.reserved) for line in order.lines]
    return pack_claims(lines, cell_id=order.deal.cell_id, document_id=order.id, expires_at=order.expires_at)


def _holds(one: Allotted) -> bytes:
    order = one.order
    return pack_holds(one.payments, cell_id=order.deal.cell_id, document_id=order.id, expires_at=order.expires_at)


def _load(tx: Tx, decided: Sequence[Allotted], ready: Sequence[_Ready]) -> None:
    tx.load_last(order_loads(decided, [one.rows for one in ready]))
    tx.load_last([claims_to_load([one.claims for one in ready]), holds_to_load([_holds(one) for one in decided])])
    for one in decided:
        tx.emit(placed_event(one.order), cell_id=one.order.deal.cell_id)
