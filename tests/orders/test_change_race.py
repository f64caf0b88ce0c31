"""Many sessions change, ship, close and cancel the same few orders at once.

As in test_sessions: the versions that the answers bear name one order of the steps, and an obvious model replays it.
A session changes what it read before, so it often comes too late; then it is told so and nothing is different.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import UUID

import pytest
from msgspec import Struct, field
from psycopg import errors

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.api import Confirmation, NewShipment, confirm, ship
from lingqu.modules.orders.cancel import cancel
from lingqu.modules.orders.change import Asked, change
from lingqu.modules.orders.close import CloseLine, Closure, close
from lingqu.modules.orders.revision import LineChange, OrderChange
from lingqu.modules.orders.ship import ShipLine
from lingqu.modules.orders.step import StepDone, only
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx
from tests.orders.trade import NOW, Trade, build_trade

ORDERS, QUANTITY, PRICE, SPARE = 5, 9, 1_000, 6
SESSIONS, STEPS = 12, 14


class Done(Struct, frozen=True):
    """A step that was answered with a yes."""

    name: str
    side: str
    quantity: int
    answer: StepDone


class Model(Struct):
    """One order of one line."""

    quantity: int = QUANTITY
    reserved: int = QUANTITY
    shipped: int = 0
    cancelled: int = 0
    status: str = "placed"
    names: list[str] = field(default_factory=list)

    def take(self, step: Done) -> None:
        """Take a step as the rules say; an answer that they do not allow fails here."""
        self.names.append(step.name)
        assert self.status in {"placed", "confirmed"}
        match step.name:
            case "confirm":
                assert self.status == "placed"
                self.status = "confirmed"
            case "ship":
                assert self.status == "confirmed"
                assert step.quantity <= self.reserved
                self.reserved -= step.quantity
                self.shipped += step.quantity
            case "change":
                self.change(step)
            case "close":
                assert step.quantity <= self.reserved
                self.give_up(step.quantity)
            case _:
                assert self.reserved
                self.give_up(self.reserved)
        if not self.reserved and not self.shipped:
            self.status = "cancelled"
        assert step.answer.status == self.status

    def change(self, step: Done) -> None:
        live = self.quantity - self.cancelled
        assert step.quantity != live
        if step.side == "buyer":
            assert self.status == "placed"
        else:
            assert step.quantity < live
        if self.shipped or self.cancelled:
            assert self.shipped <= step.quantity < live
            self.give_up(live - step.quantity)
        else:
            self.quantity = self.reserved = step.quantity

    def give_up(self, quantity: int) -> None:
        self.reserved -= quantity
        self.cancelled += quantity


class Sessions:
    """Takes random steps and remembers what was answered."""

    def __init__(self, trade: Trade, orders: list[UUID]) -> None:
        self.trade, self.orders = trade, orders
        self.done: dict[UUID, list[Done]] = {order_id: [] for order_id in orders}
        self.refused: dict[str, int] = {}
        self.deadlocks = 0

    async def one(self, seed: int) -> None:
        dice = random.Random(seed)
        for _ in range(STEPS):
            order_id = dice.choice(self.orders)
            name = dice.choices(["confirm", "ship", "change", "close", "cancel"], [2, 5, 9, 3, 1])[0]
            side = dice.choice(["seller", "buyer"]) if name == "change" else "seller"
            quantity = dice.randint(1, 12) if name == "change" else dice.randint(1, 3)
            try:
                answer = await self._step(name, side, order_id, quantity)
            except Refusal as refusal:
                self.refused[refusal.code] = self.refused.get(refusal.code, 0) + 1
                continue
            except _Proposed:
                continue
            self.done[order_id].append(Done(name, side, quantity, answer))

    async def _step(self, name: str, side: str, order_id: UUID, quantity: int) -> StepDone:
        who = self.trade.seller if side == "seller" else self.trade.buyers[1]
        scope = self.trade.scope(who)
        version = int(await self.trade.one("select version from orders.order where id = %s", order_id))
        wish = OrderChange(lines=[LineChange(line_no=1, packs=quantity)], reason="test")

        async def work(tx: Tx) -> StepDone:
            try:
                if name == "confirm":
                    return only(await confirm(tx, scope=scope, confirmations=[Confirmation(order_id=order_id)]))
                if name == "ship":
                    item = NewShipment(order_id=order_id, lines=[ShipLine(line_no=1, quantity=quantity)])
                    return only(await ship(tx, scope=scope, shipments=[item]))
                if name == "change":
                    asked = Asked(order_id=order_id, change=wish, if_match=version)
                    answer = await change(tx, scope=scope, asked=asked)
                    if answer.revision_status == "proposed":
                        raise _Proposed  # whether somebody agrees later is test_machine's matter
                    return answer
                if name == "close":
                    closure = Closure(reason="test", lines=[CloseLine(line_no=1, quantity=quantity)])
                    return await close(tx, scope=scope, order_id=order_id, closure=closure)
                return await cancel(tx, scope=scope, order_id=order_id, reason="test")
            except errors.DeadlockDetected:
                self.deadlocks += 1
                raise

        return await self.trade.run(work, who=who)


class _Proposed(Exception):
    """The change was only proposed; it is rolled back."""


@pytest.fixture
async def busy(fresh_database: Callable[[], str]) -> AsyncIterator[Trade]:
    """Give the trade with as many connections as there are sessions."""
    database = Database(fresh_database(), size=SESSIONS, clock=lambda: NOW)
    await database.open()
    async with database.begin(now=NOW) as tx:
        trade = await build_trade(tx, database, [NOW])
    yield trade
    await trade.intake.drain()
    await database.close()


@pytest.mark.parametrize("seed", range(3))
async def test_changes_between_other_steps_are_one_history(busy: Any, seed: int) -> None:
    trade: Trade = busy
    goods, money = ORDERS * QUANTITY + SPARE, (ORDERS * QUANTITY + SPARE - 2) * PRICE
    await trade.stock(goods)
    account = await trade.money(money, buyer=1)
    scope = trade.scope(trade.buyers[1])
    orders = [
        (await trade.intake.place(scope=scope, key=trade.new_key(), order=trade.order((0, QUANTITY)))).id
        for _ in range(ORDERS)
    ]
    sessions = Sessions(trade, orders)

    await asyncio.gather(*(sessions.one(seed * 1_000 + number) for number in range(SESSIONS)))

    assert sessions.deadlocks == 0
    assert sessions.refused.get("common.stale", 0) > 0, "they did get in each other's way"
    models = [await _replayed(trade, order_id, sessions.done[order_id]) for order_id in orders]
    taken = {name for model in models for name in model.names}
    assert {"change", "ship"} <= taken
    on_hand, reserved = await trade.on_hand(trade.key())
    assert on_hand == goods - sum(model.shipped for model in models)
    assert reserved == sum(model.reserved for model in models)
    posted, held = await trade.balance(account)
    assert posted == money - PRICE * sum(model.shipped for model in models)
    assert held == PRICE * sum(model.reserved for model in models)
    assert await trade.violations() == {}


async def _replayed(trade: Trade, order_id: UUID, steps: list[Done]) -> Model:
    """Replay the answered steps in the order of their versions and compare with what stands."""
    steps.sort(key=lambda step: step.answer.version)
    assert [step.answer.version for step in steps] == list(range(2, len(steps) + 2)), "no version twice, none left out"
    model = Model()
    for step in steps:
        model.take(step)
    stored = await trade.one(
        "select o.status, l.quantity, l.reserved, l.shipped, l.cancelled from orders.order o "
        "join orders.line l on (l.cell_id, l.order_id) = (o.cell_id, o.id) where o.id = %s",
        order_id,
    )
    assert stored == (model.status, model.quantity, model.reserved, model.shipped, model.cancelled)
    return model
