"""Place orders in batches: the fast path writes a whole batch or nothing, the exact path decides order by order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from msgspec import Struct
from psycopg.errors import UniqueViolation

from lingqu.kernel.errors import Refusal, Unavailable
from lingqu.modules.orders.columns import fast_columns, order_columns
from lingqu.modules.orders.exact import Outcome, Verdict, place_exactly
from lingqu.modules.orders.judge import Question
from lingqu.modules.orders.judged import keep_judgements
from lingqu.modules.orders.market import Market
from lingqu.modules.orders.prepare import Incoming, prepare
from lingqu.modules.orders.prepared import Prepared
from lingqu.modules.orders.replay import find_placed, replayed
from lingqu.modules.orders.routed import keep_routes, route_orders
from lingqu.modules.orders.types import Placed
from lingqu.runtime.sql import statements
from lingqu.runtime.transactions import Transactions
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_HOT = timedelta(seconds=1)
_HOT_COUNT = 10_000
_ROUNDS = 5
_Group = tuple[int, date]


class Work(Struct, frozen=True):
    """One order in a batch: as asked, so that it can be priced again where prices moved, and as priced."""

    incoming: Incoming
    order: Prepared


class _Answer(Struct, frozen=True):
    """What place_v1 said about one cell's batch; all empty: everything was placed."""

    present: list[UUID]
    stale: list[int]
    short_key: list[int]
    short_account: list[UUID]

    @property
    def wrote(self) -> bool:
        """Tell whether everything was placed."""
        return not (self.present or self.stale or self.short_key or self.short_account)


class Placing:
    """Places the batches of one process and remembers what ran short just now."""

    def __init__(self, database: Transactions, market: Market) -> None:
        self._database = database
        self._market = market
        self._hot_until: dict[int | UUID, datetime] = {}

    async def run(self, batch: Sequence[Work]) -> list[Verdict]:
        """Place a batch.

        Shapes: one verdict per order, in the order given. Orders that goods or money do not reach are refused, never
                their neighbours; the same id twice in one batch is placed once.
        Raises: Unavailable if the database is away, or prices change faster than they can be read.
        """
        works: dict[UUID, Work] = {}
        for work in batch:
            works.setdefault(work.order.id, work)
        verdicts: dict[UUID, Verdict] = {}
        for _ in range(_ROUNDS):
            waiting = [work for order_id, work in works.items() if order_id not in verdicts]
            if not waiting:
                return [_verdict_of(work, works, verdicts) for work in batch]
            # What turns out short in one round is hot in the next and goes the exact way.
            hot = [work for work in waiting if self._is_hot(work)]
            cold = [work for work in waiting if not self._is_hot(work)]
            for outcome in (await self._fast(cold), await self._exact(hot)):
                verdicts |= outcome.verdicts
                verdicts |= await self._reprice(outcome.stale, works, verdicts)
        raise Unavailable("prices change faster than orders can be placed")

    async def _fast(self, works: Sequence[Work]) -> Outcome:
        """Place every cell's share in one transaction, each share wholly or not at all."""
        if not works:
            return Outcome()
        groups = _grouped(works)
        try:
            answers = await self._database.run(lambda tx: _call(tx, groups), now=_now_of(works))
        except UniqueViolation:
            return Outcome()  # another process placed one of these at this moment; the next round finds it
        self._database.on_events()
        verdicts: dict[UUID, Verdict] = {}
        present: list[Prepared] = []
        stale: set[int] = set()
        for group, orders in groups.items():
            answer = answers[group]
            stale |= set(answer.stale)
            present += [order for order in orders if order.id in answer.present]
            self._note_short((*answer.short_key, *answer.short_account), _now_of(works))
            if answer.wrote:
                verdicts |= {order.id: order.answer() for order in orders}
        if present:
            verdicts |= await self._database.run(lambda tx: find_placed(tx, present))
        return Outcome(verdicts, stale)

    async def _exact(self, works: Sequence[Work]) -> Outcome:
        """Place order by order, each cell's share in a transaction of its own."""
        verdicts: dict[UUID, Verdict] = {}
        stale: set[int] = set()
        for (cell_id, business_on), orders in _grouped(works).items():
            try:
                outcome = await self._database.run(
                    lambda tx, cell=cell_id, on=business_on, some=orders: place_exactly(  # type: ignore[misc]
                        tx, cell_id=cell, business_on=on, orders=some
                    ),
                    now=_now_of(works),
                )
            except UniqueViolation:
                continue  # as in the fast path
            verdicts |= outcome.verdicts
            stale |= outcome.stale
        return Outcome(verdicts, stale)

    async def _reprice(
        self, stale: set[int], works: dict[UUID, Work], verdicts: Mapping[UUID, Verdict]
    ) -> dict[UUID, Verdict]:
        """Read the stale sellers anew and price their waiting orders again; tell which are refused now."""
        refused: dict[UUID, Verdict] = {}
        pairs = [(w.order.seller_id, w.incoming.buyer_id) for w in works.values() if w.order.seller_id in stale]
        if pairs:
            await self._database.run(lambda tx: self._market.load(tx, pairs))
        for order_id, work in list(works.items()):
            if work.order.seller_id in stale and order_id not in verdicts:
                try:
                    works[order_id] = Work(work.incoming, prepare(self._market, work.incoming))
                except Refusal as refusal:
                    refused[order_id] = refusal
        return refused

    def _is_hot(self, work: Work) -> bool:
        if isinstance(work.order.judged, Question):
            return True
        if not self._hot_until:
            return False
        now = work.incoming.now
        touched: list[int | UUID] = [*work.order.keys, *work.order.accounts]
        return any(key in self._hot_until and now < self._hot_until[key] for key in touched)

    def _note_short(self, keys: Iterable[int | UUID], now: datetime) -> None:
        if len(self._hot_until) > _HOT_COUNT:
            self._hot_until = {key: until for key, until in self._hot_until.items() if until > now}
        self._hot_until |= dict.fromkeys(keys, now + _HOT)


def _verdict_of(work: Work, works: Mapping[UUID, Work], verdicts: Mapping[UUID, Verdict]) -> Verdict:
    """Find the verdict of a work; one that came with the id of another is answered as a retry of it."""
    first = works[work.order.id]
    verdict = verdicts[work.order.id]
    if isinstance(verdict, Placed) and first.incoming is not work.incoming:
        return replayed(verdict, first.order.body_hash, work.order.body_hash)
    return verdict


def _grouped(works: Sequence[Work]) -> dict[_Group, list[Prepared]]:
    groups: dict[_Group, list[Prepared]] = defaultdict(list)
    for work in works:
        groups[work.order.cell_id, work.order.business_on].append(work.order)
    return dict(sorted(groups.items()))


def _now_of(works: Sequence[Work]) -> datetime:
    return max(work.incoming.now for work in works)


async def _call(tx: Tx, groups: Mapping[_Group, Sequence[Prepared]]) -> dict[_Group, _Answer]:
    """Call the place function once per cell and day, in cell order, all in one trip.

    Only orders whose seller has nodes to choose from cost a trip before it and one after.
    """
    routed = {
        (cell_id, business_on): await route_orders(tx, cell_id=cell_id, business_on=business_on, orders=orders)
        for (cell_id, business_on), orders in groups.items()
    }
    shares = [
        {"cell_id": cell_id, "now": tx.now, "business_on": business_on}
        | order_columns(orders)
        | fast_columns(orders, now=tx.now)
        for (cell_id, business_on), orders in routed.items()
    ]
    found = [answer for answer in await tx.each(SQL["place"], _Answer, shares) if answer is not None]
    answers = dict(zip(routed, found, strict=True))
    for (cell_id, business_on), orders in routed.items():
        if answers[cell_id, business_on].wrote:
            await keep_routes(tx, cell_id=cell_id, business_on=business_on, orders=orders)
            await keep_judgements(tx, cell_id=cell_id, orders=orders)
    return answers
