"""What the state machine of orders knows: the product behind one connection, and an obvious model of every order."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, ClassVar, TypeVar
from uuid import UUID

import psycopg
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from msgspec import Struct

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.api import Intake
from lingqu.runtime.tx import Tx
from tests.orders.trade import build_trade

NOW = datetime.fromisoformat("2026-03-02T01:00:00+00:00")
PRICES = (1_000, 333)
Answer = TypeVar("Answer")

quantities = st.integers(1, 9)


class OneConnection:
    """Transactions over one connection, each a savepoint, so that a whole run is thrown away at its end."""

    def __init__(self, connection: psycopg.AsyncConnection) -> None:
        self.connection = connection

    def clock(self) -> datetime:
        return NOW

    def on_events(self) -> None:
        """Nobody waits."""

    async def run(self, work: Callable[[Tx], Awaitable[Answer]], *, now: datetime | None = None) -> Answer:
        async with self.connection.transaction():
            tx = Tx(self.connection, now=now or NOW)
            answer = await work(tx)
            await tx.flush()
            return answer


class Line(Struct):
    """A line of the model, in base units of a SKU."""

    sku: int
    quantity: int
    reserved: int
    owed: int = 0
    cancelled: int = 0
    shipped: int = 0
    received: int = 0
    short: int = 0
    returned: int = 0

    def money(self, part: int) -> int:
        """Price a part of the line; odd shares are the matter of test_money."""
        return part * PRICES[self.sku]

    @property
    def total(self) -> int:
        return self.quantity * PRICES[self.sku]


class Model(Struct):
    """An order of the model; ``sent`` are shipments on their way: (id, line, quantity)."""

    id: UUID
    lines: list[Line]
    status: str = "placed"
    policy: str = "all-or-nothing"
    waits: bool = False
    sent: list[tuple[UUID, list[tuple[Line, int]]]] = []

    @property
    def paid(self) -> int:
        return sum(line.money(line.shipped) - line.money(line.short + line.returned) for line in self.lines)

    @property
    def held(self) -> int:
        return sum(line.money(line.quantity - line.cancelled) - line.money(line.shipped) for line in self.lines)


class Bench(RuleBasedStateMachine):
    """Takes steps and tells what the model expects; the rules stand in the classes that build on it."""

    url: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.connection = self.wait(psycopg.AsyncConnection.connect(self.url))
        self.wait(self.connection.execute("select"))  # opens the transaction that teardown rolls back
        self.one = OneConnection(self.connection)
        self.trade = self.wait(self.one.run(lambda tx: build_trade(tx, self.one, [NOW])))
        self.trade.intake = Intake(self.one)
        self.account = self.wait(self.trade.money(0))
        self.orders: list[Model] = []
        self.on_shelf = [0, 0]
        self.put_in = 0

    def wait(self, work: Awaitable[Answer]) -> Answer:
        async def wrapped() -> Answer:
            return await work

        return self.runner.run(wrapped())

    def attempt(self, side: Any, step: Callable[..., Awaitable[Answer]], **given: Any) -> Answer | Refusal:
        """Take a step as one side; a refusal is an answer."""
        scope = self.trade.scope(side)

        async def work(tx: Tx) -> Answer:
            tx.actor, tx.cell_id = scope.actor, scope.cell_id
            return await step(tx, scope=scope, **given)

        try:
            answer = self.wait(self.one.run(work))
        except Refusal as refusal:
            return refusal
        return answer[0] if isinstance(answer, list) else answer

    def teardown(self) -> None:
        self.wait(self.connection.rollback())
        self.wait(self.connection.close())
        self.runner.close()

    # What the model knows.

    def free(self, sku: int) -> int:
        return self.on_shelf[sku] - sum(line.reserved for o in self.orders for line in o.lines if line.sku == sku)

    @property
    def available(self) -> int:
        return self.put_in - sum(order.paid + order.held for order in self.orders)

    def pick(self, number: int) -> Model:
        return self.orders[number % len(self.orders)]

    def end(self, order: Model) -> None:
        """An order with nothing left to come is over."""
        if any(line.reserved + line.owed for line in order.lines) or order.sent:
            return
        order.status = "completed" if any(line.shipped for line in order.lines) else "cancelled"

    def let_go(self, order: Model, status: str) -> None:
        """Everything that has not left will not come."""
        order.status = status
        for line in order.lines:
            line.cancelled += line.reserved + line.owed
            line.reserved = line.owed = 0
