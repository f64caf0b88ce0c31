"""Play the plan's days into the product, cells side by side."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.api import Market, Placed, Placing, StepDone, StepVerdict
from lingqu.roles.demo.load import daytime, morning
from lingqu.roles.demo.load.known import Known, at
from lingqu.roles.demo.load.tally import Pair, Tally
from lingqu.roles.demo.plan.day import Day, Order
from lingqu.roles.demo.plan.tariff import PAYMENT_DAYS
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx

Item = TypeVar("Item")
Answer = TypeVar("Answer")

_A_POINT_MINOR = 100


class Days:
    """Plays one day after the other. Steps of different cells or sellers of one hour run at the same time."""

    def __init__(self, database: Database, known: Known, market: Market) -> None:
        self.tally = Tally()
        self.points: Counter[int] = Counter()
        self.placed: dict[Pair, list[tuple[Order, UUID]]] = defaultdict(list)
        self._under_way: dict[int, UUID] = {}
        self._database = database
        self._known = known
        self._market = market
        self._placing = Placing(database, market)

    async def play(self, day: Day) -> None:
        """Load one day. Nothing is taken in by somebody who sells it at the same moment: shelves are as planned."""
        await self._morning(day)
        await asyncio.gather(self._orders(day), self._sales(day))

    async def _morning(self, day: Day) -> None:
        known = self._known
        thrown = await self._each(
            self._by_cell(day.spoiled, lambda one: one.firm),
            lambda tx, cell, some: morning.throw_away(tx, known, cell_id=cell, spoiled=some, day=day),
            now=at(day.on, 5),
        )
        self.tally.note("thrown away", thrown)
        await self._each(
            self._by_cell(day.made, lambda one: one.firm),
            lambda tx, cell, some: morning.put_down(tx, known, cell_id=cell, made=some, day=day),
            now=at(day.on, 6),
        )
        arrived: dict[int, list[tuple[Order, UUID]]] = defaultdict(list)
        for order in day.arrivals:
            if order.number in self._under_way:
                arrived[order.seller].append((order, self._under_way.pop(order.number)))
        answers = await self._each(
            arrived,
            lambda tx, seller, some: morning.take_in(tx, known, seller=seller, arrivals=some),
            now=at(day.on, 8),
        )
        for verdicts in answers:
            self.tally.note("received", verdicts)
        await self._each(
            self._by_cell(self._bills(day), lambda bill: bill[0][0]),
            lambda tx, cell, some: morning.pay(tx, known, cell_id=cell, bills=some, day=day),
            now=at(day.on, 8, 30),
        )

    async def _orders(self, day: Day) -> None:
        placed = await self._place(day)
        by_seller: dict[int, list[tuple[Order, Placed]]] = defaultdict(list)
        for order, verdict in placed:
            by_seller[order.seller].append((order, verdict))
        known = self._known
        confirmed = await self._each(
            by_seller,
            lambda tx, seller, some: daytime.agree(tx, known, seller=seller, placed=[verdict for _, verdict in some]),
            now=at(day.on, 10, 40),
        )
        sent = await self._each(
            by_seller,
            lambda tx, seller, some: daytime.send(
                tx, known, seller=seller, orders=[(order, verdict.id) for order, verdict in some]
            ),
            now=at(day.on, 15),
        )
        for what, answers in (("confirmed", confirmed), ("shipped", sent)):
            for verdicts in answers:
                self.tally.note(what, verdicts)
        for some, verdicts in zip(by_seller.values(), sent, strict=True):
            self._note_sent(some, verdicts)

    async def _place(self, day: Day) -> list[tuple[Order, Placed]]:
        now, works, orders = at(day.on, 9), [], []
        for order in day.orders:
            try:
                works.append(daytime.ask(self._known, self._market, order, now=now))
                orders.append(order)
            except Refusal as refusal:
                self.tally.note("placed", [refusal])
        verdicts = await self._placing.run_whole(works) if works else []
        self.tally.note("placed", verdicts)
        placed = [(o, v) for o, v in zip(orders, verdicts, strict=True) if isinstance(v, Placed)]
        for order, verdict in placed:
            days = PAYMENT_DAYS[self._known.firm(order.buyer).level]
            pair = (order.seller, order.buyer)
            self.tally.owe(pair, verdict.total_minor, on=day.on, days=days)
            self.placed[pair].append((order, verdict.id))
        return placed

    def _note_sent(self, orders: Sequence[tuple[Order, Placed]], verdicts: Sequence[StepVerdict]) -> None:
        for (order, _), verdict in zip(orders, verdicts, strict=True):
            if isinstance(verdict, StepDone) and verdict.document_id is not None:
                self._under_way[order.number] = verdict.document_id

    async def _sales(self, day: Day) -> None:
        known, market = self._known, self._market
        answers = await self._each(
            self._by_cell(day.sales, lambda one: one.dealer),
            lambda tx, cell, some: daytime.serve(tx, known, market, cell_id=cell, sales=some, day=day),
            now=at(day.on, 21, 40),
        )
        for sales in answers:
            self.tally.note("sold", [verdict for _, verdict in sales])
            for sale, verdict in sales:
                if sale.member is not None and isinstance(verdict, Placed):
                    self.points[sale.member] += verdict.total_minor // _A_POINT_MINOR

    def _bills(self, day: Day) -> list[tuple[Pair, int]]:
        """List who pays how much today: each buyer once a week, on its seller's first day of delivery."""
        channel, stories = self._known.plan.channel, self._known.plan.stories
        pairs = [(seller, buyer) for seller in channel.suppliers for buyer in channel.distributors]
        pairs += [(channel.firms[dealer].seller, dealer) for dealer in channel.dealers]
        return [
            (pair, amount)
            for pair in pairs
            if channel.firms[pair[0]].trade_days[0] == day.on.weekday()
            and not (pair[1] == stories.debtor and day.on >= stories.debtor_stopped_on)
            and (amount := self.tally.fallen_due(pair, day.on))
        ]

    def _by_cell(self, items: Iterable[Item], firm_of: Callable[[Item], int]) -> dict[int, list[Item]]:
        groups: dict[int, list[Item]] = defaultdict(list)
        for item in items:
            groups[self._known.organizations[firm_of(item)].home_cell].append(item)
        return dict(sorted(groups.items()))

    async def _each(
        self,
        groups: dict[int, list[Item]],
        work: Callable[[Tx, int, list[Item]], Awaitable[Answer]],
        *,
        now: datetime,
    ) -> list[Answer]:
        """Run the groups side by side, each in a transaction of its own.

        Shapes: one answer per group, in their order.
        """

        def one(group: int, some: list[Item]) -> Awaitable[Answer]:
            return self._database.run(lambda tx: work(tx, group, some), now=now)

        return list(await asyncio.gather(*(one(group, some) for group, some in groups.items())))
