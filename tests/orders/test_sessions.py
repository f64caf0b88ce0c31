"""Many sessions step on the same few orders at once.

What was answered must be explained by some order of the steps, one after the other: the versions that the answers bear
name that order, and an obvious model replays it. A refusal explains itself; a deadlock is an error.
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
from lingqu.modules.orders.api import Confirmation, NewReceipt, NewShipment, confirm, receive, ship
from lingqu.modules.orders.cancel import cancel
from lingqu.modules.orders.ship import ShipLine
from lingqu.modules.orders.step import StepDone, only
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx
from tests.orders.trade import NOW, Trade, build_trade

ORDERS, QUANTITY, PRICE = 6, 9, 1_000
SESSIONS, STEPS = 16, 14


class Done(Struct, frozen=True):
    """A step that was answered with a yes."""

    name: str
    side: str
    quantity: int
    shipment_id: UUID | None
    answer: StepDone


class Model(Struct):
    """One order of one line."""

    reserved: int = QUANTITY
    shipped: int = 0
    received: int = 0
    cancelled: int = 0
    status: str = "placed"
    on_the_way: dict[UUID, int] = field(default_factory=dict)

    def take(self, step: Done) -> None:
        """Take a step as the rules say; an answer that they do not allow fails here."""
        if step.name == "confirm":
            assert self.status == "placed"
            self.status = "confirmed"
        elif step.name == "ship":
            assert self.status == "confirmed"
            assert step.quantity <= self.reserved
            assert step.answer.document_id is not None
            self.reserved -= step.quantity
            self.shipped += step.quantity
            self.on_the_way[step.answer.document_id] = step.quantity
        elif step.name == "receive":
            assert step.shipment_id in self.on_the_way, "a shipment is received once"
            self.received += self.on_the_way.pop(step.shipment_id)
            self._end("completed")
        else:
            assert self.status in ({"placed", "confirmed"} if step.side == "seller" else {"placed"})
            assert self.reserved
            self.cancelled += self.reserved
            self.reserved = 0
            self._end("completed" if self.shipped else "cancelled")
        assert step.answer.status == self.status

    def _end(self, status: str) -> None:
        if not self.on_the_way and not self.reserved:
            self.status = status


class Sessions:
    """Takes random steps and remembers what was answered."""

    def __init__(self, trade: Trade, orders: list[UUID]) -> None:
        self.trade, self.orders = trade, orders
        self.done: dict[UUID, list[Done]] = {order_id: [] for order_id in orders}
        self.sent: list[UUID] = []
        self.refused: dict[str, int] = {}
        self.deadlocks = 0

    async def one(self, seed: int) -> None:
        dice = random.Random(seed)
        for _ in range(STEPS):
            order_id = dice.choice(self.orders)
            name = dice.choices(["confirm", "ship", "receive", "cancel"], [2, 8, 5, 1])[0]
            side = dice.choice(["seller", "buyer"]) if name == "cancel" else "buyer" if name == "receive" else "seller"
            quantity = dice.randint(1, 4)
            shipment_id = dice.choice(self.sent[-6:]) if name == "receive" and self.sent else None
            if name == "receive" and shipment_id is None:
                continue
            try:
                answer = await self._step(name, side, order_id, quantity, shipment_id)
            except Refusal as refusal:
                self.refused[refusal.code] = self.refused.get(refusal.code, 0) + 1
                continue
            if name == "ship":
                assert answer.document_id is not None
                self.sent.append(answer.document_id)
            self.done[answer.order_id].append(Done(name, side, quantity, shipment_id, answer))

    async def _step(self, name: str, side: str, order_id: UUID, quantity: int, shipment_id: UUID | None) -> StepDone:
        who = self.trade.seller if side == "seller" else self.trade.buyers[1]
        scope = self.trade.scope(who)

        async def work(tx: Tx) -> StepDone:
            try:
                if name == "confirm":
                    return only(await confirm(tx, scope=scope, confirmations=[Confirmation(order_id=order_id)]))
                if name == "ship":
                    item = NewShipment(order_id=order_id, lines=[ShipLine(line_no=1, quantity=quantity)])
                    return only(await ship(tx, scope=scope, shipments=[item]))
                if name == "receive":
                    assert shipment_id is not None
                    return only(await receive(tx, scope=scope, receipts=[NewReceipt(shipment_id=shipment_id)]))
                return await cancel(tx, scope=scope, order_id=order_id, reason="test")
            except errors.DeadlockDetected:
                self.deadlocks += 1
                raise

        return await self.trade.run(work, who=who)


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
async def test_what_sessions_were_answered_is_one_history(busy: Any, seed: int) -> None:
    trade: Trade = busy
    await trade.stock(ORDERS * QUANTITY)
    account = await trade.money(ORDERS * QUANTITY * PRICE, buyer=1)
    scope = trade.scope(trade.buyers[1])  # lives in another cell than the seller, so a receipt crosses
    orders = [
        (await trade.intake.place(scope=scope, key=trade.new_key(), order=trade.order((0, QUANTITY)))).id
        for _ in range(ORDERS)
    ]
    sessions = Sessions(trade, orders)

    await asyncio.gather(*(sessions.one(seed * 1_000 + number) for number in range(SESSIONS)))

    assert sessions.deadlocks == 0
    assert sum(sessions.refused.values()) > 10, "they did get in each other's way"
    assert sessions.refused.keys() <= {
        "common.wrong-state",
        "orders.too-many",
        "orders.nothing-to-ship",
        "orders.already-received",
        "orders.ask-the-seller",
        "orders.nothing-left",
    }
    models = [await _replayed(trade, order_id, sessions.done[order_id]) for order_id in orders]
    assert any(model.received for model in models)
    assert any(model.cancelled for model in models)
    on_hand, reserved = await trade.on_hand(trade.key())
    assert on_hand == sum(QUANTITY - model.shipped for model in models)
    assert reserved == sum(model.reserved for model in models)
    posted, held = await trade.balance(account)
    assert posted == PRICE * sum(QUANTITY - model.shipped for model in models)
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
        "select o.status, l.reserved, l.shipped, l.received, l.cancelled from orders.order o "
        "join orders.line l on (l.cell_id, l.order_id) = (o.cell_id, o.id) where o.id = %s",
        order_id,
    )
    assert stored == (model.status, model.reserved, model.shipped, model.received, model.cancelled)
    return model
