"""Replay a plan: every seller by itself, day by day; where each stands is kept with what it wrote.

A day is marked when all of it is received. After a stop the days in progress are sent again: orders are known by
their invoices and go on from where they stand, and what suppliers deliver is marked in its own transaction.
"""

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from lingqu.modules.pricing.api import Audience, NewAssignment, NewPrice, NewPriceList, WholePriceList, open_price_lists
from lingqu.roles.iowa.channel import CURRENCY
from lingqu.roles.iowa.desk import Desk
from lingqu.roles.iowa.partners import Dealer, Partners, Seller
from lingqu.roles.iowa.patience import patiently
from lingqu.roles.iowa.plan import Invoice, Plan, invoices_of
from lingqu.roles.iowa.supply import deliver, open_stock
from lingqu.roles.iowa.tally import Tally
from lingqu.roles.iowa.trade import Placed, Trader
from lingqu.runtime.bookmark import read_bookmark, save_bookmark
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx

Answer = TypeVar("Answer")

_MOST_ORDERS = 100
_MOST_LINES = 2_000
"""An order may have more lines than that; it is then sent alone."""

_DAYS_AT_ONCE = 3

Report = Callable[[Tally], None]


class _Stand(Struct, frozen=True, kw_only=True):
    """Where one seller stands: opened with its stock and prices, supplied and sold up to a day."""

    is_open: bool = False
    supplied_on: date | None = None
    sold_on: date | None = None
    tally: Tally


class _Spent(Struct, frozen=True):
    """How long a replay has taken, over all its runs."""

    seconds: float
    is_unfinished: bool


class _Day(Struct, frozen=True):
    """What was placed of a seller on one day."""

    seller: Seller
    on: date
    tally: Tally
    placed: list[Placed]


class Replay:
    """One run of a plan."""

    def __init__(self, database: Database, desk: Desk, partners: Partners, plan: Plan, *, report: Report) -> None:
        self._database = database
        self._desk = desk
        self._partners = partners
        self._plan = plan
        self._report = report
        self._before_s = 0.0
        self._started = time.monotonic()
        self._tallies: dict[int, Tally] = {}
        self._stands: dict[int, _Stand] = {}
        self._marking: dict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def run(self) -> tuple[Tally, float]:
        """Send what is left to send; give what became of all of it, and the seconds of this run and those before.

        Raises: CannotRun, Unexpected.
        """
        spent = await self._in_one(lambda tx: read_bookmark(tx, cell_id=0, name=self._name, shape=_Spent))
        self._before_s = 0.0 if spent is None else spent.seconds
        is_new = spent is None or spent.is_unfinished
        await gather_all(self._sell(self._partners.sellers[number]) for number in sorted(self._plan.days))
        seconds = self._seconds if is_new else self._before_s
        end = _Spent(seconds, is_unfinished=False)
        await self._in_one(lambda tx: save_bookmark(tx, cell_id=0, name=self._name, state=end))
        return self._total(), seconds

    async def _sell(self, seller: Seller) -> None:
        """Bring one seller from where it stands to the end of the period.

        Only placing must wait for the day before, for it shares out what is there. Goods of a few days are under way
        at once; days are marked in their order.
        """
        stand = await self._in_one(lambda tx: self._find_stand(tx, seller)) or _Stand(tally=Tally())
        self._tallies[seller.number] = stand.tally
        if not stand.is_open:
            after = replace(stand, is_open=True)
            await self._in_one(partial(self._open, seller=seller, after=after))
            stand = after
        self._stands[seller.number] = stand
        days: deque[asyncio.Task[None]] = deque(maxlen=_DAYS_AT_ONCE)
        async with asyncio.TaskGroup() as group:
            for on, lines in self._plan.days[seller.number].items():
                if stand.sold_on is not None and on <= stand.sold_on:
                    continue
                await self._supply(seller, until=on)
                tally, placed = await self._place_day(seller, list(invoices_of(lines)))
                if len(days) == _DAYS_AT_ONCE:
                    await days[0]
                days.append(group.create_task(self._end_day(_Day(seller, on, tally, placed), list(days))))

    async def _end_day(self, day: _Day, before: Sequence[asyncio.Task[None]]) -> None:
        """Send what was placed on a day, let all shops take it in, and mark the day after those ``before``."""
        seller, trader = day.seller, Trader(self._desk, self._partners, day.seller)
        coming: dict[Dealer, list[UUID]] = defaultdict(list)
        for placed in day.placed:
            for dealer, ids in (await trader.send(placed, day.on)).items():
                coming[dealer] += ids
        await self._desk.admit(dealer.person for dealer in coming)
        # All at once, as it is in the morning: whoever answers may take them together.
        await gather_all(trader.receive(dealer, ids, day.on) for dealer, ids in coming.items() if ids)
        for one in before:
            await one
        async with self._marking[seller.number]:
            stand = self._stands[seller.number]
            after = replace(stand, sold_on=day.on, tally=stand.tally.plus(day.tally))
            await self._in_one(partial(self._save, seller=seller, stand=after))
            self._stands[seller.number] = after
        self._tallies[seller.number] = after.tally
        self._report(self._total())

    async def _open(self, tx: Tx, *, seller: Seller, after: _Stand) -> None:
        """Give a seller its opening stock and the prices of the invoices, once."""
        if await self._find_stand(tx, seller) == after:
            return
        await open_stock(
            tx,
            seller=seller,
            goods=self._partners.goods,
            costs=self._partners.costs,
            wanted=self._plan.opening.get(seller.number, []),
            on=self._plan.first,
        )
        await open_price_lists(tx, lists=[self._price_list(seller)])
        await self._save(tx, seller=seller, stand=after)

    async def _supply(self, seller: Seller, *, until: date) -> None:
        """Put down every delivery that has come by a day and was not put down yet."""
        for on in sorted(self._plan.deliveries):
            async with self._marking[seller.number]:
                stand = self._stands[seller.number]
                if on <= until and (stand.supplied_on is None or on > stand.supplied_on):
                    after = replace(stand, supplied_on=on)
                    await self._in_one(partial(self._deliver, seller=seller, after=after, on=on))
                    self._stands[seller.number] = after

    async def _deliver(self, tx: Tx, *, seller: Seller, after: _Stand, on: date) -> None:
        """Put down what suppliers bring on a day, once: a broken connection may hide that it was done."""
        if await self._find_stand(tx, seller) == after:
            return
        await deliver(
            tx,
            seller=seller,
            goods=self._partners.goods,
            costs=self._partners.costs,
            wanted=self._plan.deliveries[on].get(seller.number, []),
            on=on,
        )
        await self._save(tx, seller=seller, stand=after)

    async def _place_day(self, seller: Seller, invoices: Sequence[Invoice]) -> tuple[Tally, list[Placed]]:
        """Place a day's invoices and tell what became of them, request by request."""
        trader = Trader(self._desk, self._partners, seller)
        tally = Tally()
        placed: list[Placed] = []
        for chunk in chunks_of(invoices):
            part, orders = await trader.place(chunk)
            tally = tally.plus(part)
            placed.append(orders)
        return tally, placed

    def _price_list(self, seller: Seller) -> WholePriceList:
        plan, goods = self._plan, self._partners.goods
        new = NewPriceList(
            seller_id=seller.terms.id,
            code=f"IOWA-{plan.name}",
            name=f"Invoices from {plan.first} to {plan.last}",
            currency=CURRENCY,
            is_tax_included=True,
            valid_from=plan.first,
            valid_until=plan.last + timedelta(days=1),
        )
        prices = [
            NewPrice(
                sku_id=goods[price.item].sku_id,
                pack_id=goods[price.item].pack_id,
                price_minor=price.price_minor,
                valid_from=price.valid_from,
            )
            for price in plan.prices
        ]
        return WholePriceList(price_list=new, assignments=(NewAssignment(audience=Audience.EVERYBODY),), prices=prices)

    async def _find_stand(self, tx: Tx, seller: Seller) -> _Stand | None:
        return await read_bookmark(tx, cell_id=seller.terms.home_cell, name=self._name_of(seller), shape=_Stand)

    async def _save(self, tx: Tx, *, seller: Seller, stand: _Stand) -> None:
        await save_bookmark(tx, cell_id=seller.terms.home_cell, name=self._name_of(seller), state=stand)
        spent = _Spent(self._seconds, is_unfinished=True)
        await save_bookmark(tx, cell_id=0, name=self._name, state=spent)

    async def _in_one(self, work: Callable[[Tx], Awaitable[Answer]]) -> Answer:
        return await patiently(lambda: self._database.run(work))

    def _total(self) -> Tally:
        total = Tally()
        for tally in self._tallies.values():
            total = total.plus(tally)
        return total

    @property
    def _name(self) -> str:
        return f"iowa/{self._plan.name}"

    def _name_of(self, seller: Seller) -> str:
        return f"{self._name}/{seller.number}"

    @property
    def _seconds(self) -> float:
        return self._before_s + time.monotonic() - self._started


async def gather_all(works: Iterable[Coroutine[Any, Any, None]]) -> None:
    """Do several things at once; the first that fails ends the others.

    Raises: what that one raised.
    """
    try:
        async with asyncio.TaskGroup() as group:
            for work in works:
                group.create_task(work)
    except ExceptionGroup as troubles:
        first: Exception = troubles
        while isinstance(first, ExceptionGroup):
            first = first.exceptions[0]
        raise first from None


def chunks_of(invoices: Sequence[Invoice]) -> Iterator[list[Invoice]]:
    """Cut a day's invoices into requests of a moderate size, in their order."""
    chunk: list[Invoice] = []
    lines = 0
    for invoice in invoices:
        if chunk and (len(chunk) == _MOST_ORDERS or lines + len(invoice.lines) > _MOST_LINES):
            yield chunk
            chunk, lines = [], 0
        chunk.append(invoice)
        lines += len(invoice.lines)
    if chunk:
        yield chunk
