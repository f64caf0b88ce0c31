"""The door of orders in one process: gives each request its id, prices it from memory and places it in a batch."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from lingqu.kernel.errors import NotFound, Refusal
from lingqu.kernel.scope import Scope
from lingqu.modules.membership.api import find_member_cells
from lingqu.modules.orders.behalf import NotOnBehalf
from lingqu.modules.orders.exact import Verdict
from lingqu.modules.orders.keys import hash_of, id_in_key, order_ids
from lingqu.modules.orders.market import Market, Pair
from lingqu.modules.orders.place import Placing, Work
from lingqu.modules.orders.prepare import CannotSell, Incoming, NeedsRelease, NoLink, prepare
from lingqu.modules.orders.prepare_sale import IncomingSale, prepare_sale
from lingqu.modules.orders.sell import KeyedSale, NewSale, Sale, sell
from lingqu.modules.orders.step import only
from lingqu.modules.orders.types import NewOrder, Placed
from lingqu.modules.pricing.api import Changed
from lingqu.modules.routing.api import NobodyServes
from lingqu.runtime.batch import Batcher, Taker, follow
from lingqu.runtime.transactions import Transactions
from lingqu.runtime.turn import Turn
from lingqu.runtime.tx import Tx

_MOST_WAITING = 8_192
"""Orders in the queue of one process, a second or two of its work: many bulk requests at once fit."""

_LINES_EACH = 8
"""A batch holds this many lines for each order it may hold: orders of many lines make smaller ones."""

_STRANGERS_WAIT_S = 0.02  # reading two hundred costs little more than reading twenty


class Keyed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An order with its own Idempotency-Key, as the bulk endpoint takes it."""

    key: str
    order: NewOrder


class Intake:
    """Places orders and counter sales for the routes. Owns the market in memory and the batcher.

    A batch holds up to ``max_size`` orders, and ``concurrency`` batches are placed at once. ``fast`` is where batches
    are placed, and ``turn`` what processes take turns by before they compose one; without them nothing is different
    but the speed.
    """

    def __init__(
        self,
        database: Transactions,
        *,
        max_size: int = 768,
        concurrency: int = 1,
        fast: Transactions | None = None,
        turn: Turn | None = None,
    ) -> None:
        self.market = Market()
        self._database = database
        self._placing = Placing(database, self.market, fast=fast, hand_over=None if turn is None else turn.hand_over)
        self._batcher: Batcher[Work, Placed] = Batcher(
            "orders.place",
            self._placing.run,
            max_size=max_size,
            max_waiting=_MOST_WAITING,
            concurrency=concurrency,
            weigh=lambda work: len(work.order.lines),
            max_weight=_LINES_EACH * max_size,
            turn=None if turn is None else turn.take,
        )
        self._reading: Batcher[Pair, None] = Batcher(
            "orders.market", self._read_pairs, max_size=1_000, wait_s=_STRANGERS_WAIT_S
        )

    async def place(self, *, scope: Scope, key: str, order: NewOrder) -> Placed:
        """Place one order.

        Raises: the refusal it got; Unavailable under more load than can be served.
        """
        return only(await self.place_all(scope=scope, orders=[Keyed(key=key, order=order)]))

    def begin(self, taker: Taker[Placed], *, scope: Scope, key: str, order: NewOrder, trace_id: str) -> None:
        """Place one order for whoever takes the answer: from memory alone where that suffices, else as `place` does.

        ``trace_id``: of this request; the scope may be one that many share.
        Raises: Unavailable under more load than can be served; ``taker`` is told nothing then.
        """
        work = self._from_memory(scope, key, order, self._database.clock(), trace_id)
        if work is None:
            follow(asyncio.ensure_future(self.place(scope=scope.traced(trace_id), key=key, order=order)), taker)
        else:
            self._batcher.put_for(taker, work)

    def _from_memory(self, scope: Scope, key: str, order: NewOrder, now: datetime, trace_id: str = "") -> Work | None:
        """Price an order without reading anything; None where something must be read, if only for a true refusal."""
        order_id = id_in_key(key, scope=scope, seller_id=order.seller_id, now=now)
        if order_id is None or not self.market.knows((order.seller_id, order.buyer_id or scope.organization_id)):
            return None
        incoming = Incoming(id=order_id, scope=scope, order=order, body_hash=hash_of(order), now=now, trace_id=trace_id)
        try:
            return Work(incoming, prepare(self.market, incoming))
        except Refusal:
            return None

    async def place_all(self, *, scope: Scope, orders: Sequence[Keyed]) -> list[Verdict]:
        """Place many orders of one caller, each by itself.

        Shapes: one verdict per order, in the order given.
        Raises: Unavailable under more load than can be served; what was placed until then answers its key again.
        """
        now = self._database.clock()
        known = [self._from_memory(scope, one.key, one.order, now) for one in orders]
        rest = [one for one, work in zip(orders, known, strict=True) if work is None]
        read = iter(await self._read(scope, rest, now) if rest else ())
        works = [next(read) if work is None else work for work in known]
        answers = iter(await self._batcher.put_all([work for work in works if isinstance(work, Work)]))
        return [work if isinstance(work, Refusal) else _verdict(next(answers)) for work in works]

    async def _read(self, scope: Scope, orders: Sequence[Keyed], now: datetime) -> list[Work | Refusal]:
        """Price orders of which something must be read first."""
        wanted = [(one.key, one.order.seller_id) for one in orders]
        ids = await order_ids(self._database, scope=scope, wanted=wanted, now=now)
        incomings = [
            one_id
            if isinstance(one_id, Refusal)
            else Incoming(id=one_id, scope=scope, order=one.order, body_hash=hash_of(one.order), now=now)
            for one_id, one in zip(ids, orders, strict=True)
        ]
        pairs = {(one.order.seller_id, one.buyer_id) for one in incomings if isinstance(one, Incoming)}
        await asyncio.gather(*[self._reading.submit(pair) for pair in pairs if not self.market.knows(pair)])
        return [one if isinstance(one, Refusal) else await self._prepare(one) for one in incomings]

    async def sell(self, *, scope: Scope, key: str, sale: NewSale) -> Placed:
        """Sell one basket at the counter.

        Raises: the refusal it got.
        """
        return only(await self.sell_all(scope=scope, sales=[KeyedSale(key=key, sale=sale)]))

    async def sell_all(self, *, scope: Scope, sales: Sequence[KeyedSale]) -> list[Verdict]:
        """Sell many baskets of one seller, each by itself, in one transaction: what a till sends.

        Shapes: one verdict per sale, in the order given. The same key twice is sold once.
        """
        now = self._database.clock()
        await self._database.run(lambda tx: self.market.add_sellers(tx, [scope.organization_id]))
        wanted = [(one.key, scope.organization_id) for one in sales]
        ids = await order_ids(self._database, scope=scope, wanted=wanted, now=now)
        members = {one.sale.member_id for one in sales if one.sale.member_id is not None}
        known = await self._database.run(lambda tx: find_member_cells(tx, member_ids=members)) if members else {}
        prepared: list[Sale | Refusal] = []
        for one_id, one in zip(ids, sales, strict=True):
            if isinstance(one_id, Refusal):
                prepared.append(one_id)
                continue
            if one.sale.member_id is not None and one.sale.member_id not in known:
                prepared.append(NotFound(kind="member", id=str(one.sale.member_id)))
                continue
            incoming = IncomingSale(
                id=one_id,
                scope=scope,
                sale=one.sale,
                buyer=one.sale.member_id,
                body_hash=hash_of(one.sale),
                now=now,
            )
            try:
                prepared.append(prepare_sale(self.market, incoming))
            except Refusal as refusal:
                prepared.append(refusal)
        return await self._database.run(lambda tx: sell_days(tx, scope, prepared), now=now)

    async def _read_pairs(self, pairs: Sequence[Pair]) -> list[None]:
        await self._database.run(lambda tx: self.market.add(tx, set(pairs)))
        return [None] * len(pairs)

    async def drain(self) -> None:
        """Take nothing new and return when everything taken is answered."""
        await self._batcher.drain()
        await self._placing.drain()

    async def _prepare(self, incoming: Incoming) -> Work | Refusal:
        """Price from memory; before a refusal read the seller once more, for memory may lag behind."""
        try:
            return Work(incoming, prepare(self.market, incoming))
        except (CannotSell, Changed, NoLink, NobodyServes, NeedsRelease, NotOnBehalf):
            pair = (incoming.order.seller_id, incoming.buyer_id)
            await self._database.run(lambda tx: self.market.load(tx, [pair]))
        except Refusal as refusal:
            return refusal
        try:
            return Work(incoming, prepare(self.market, incoming))
        except Refusal as refusal:
            return refusal


async def sell_days(tx: Tx, scope: Scope, prepared: Sequence[Sale | Refusal]) -> list[Verdict]:
    """Sell day by day: stock is looked at as of a business date."""
    tx.actor, tx.cell_id = scope.actor, scope.cell_id
    by_day: dict[date, dict[int, Sale]] = defaultdict(dict)
    verdicts: dict[int, Verdict] = {}
    firsts: dict[object, int] = {}
    for i, one in enumerate(prepared):
        if isinstance(one, Refusal):
            verdicts[i] = one
        elif firsts.setdefault(one.order.id, i) == i:
            by_day[one.order.business_on][i] = one
    for on, some in sorted(by_day.items()):
        cell_id = next(iter(some.values())).order.cell_id
        answers = await sell(tx, cell_id=cell_id, business_on=on, sales=list(some.values()))
        verdicts |= dict(zip(some, answers, strict=True))
    # The same key a second time gets the first one's verdict.
    return [verdicts[firsts[one.order.id]] if isinstance(one, Sale) else one for one in prepared]


def _verdict(answer: Placed | Exception) -> Verdict:
    if isinstance(answer, Placed | Refusal):
        return answer
    raise answer
