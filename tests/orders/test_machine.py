"""Orders against an obvious model: every order is a few counters, every balance is worked out anew from all of them."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Any, ClassVar, TypeVar
from uuid import UUID

import psycopg
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from msgspec import Struct

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.allocate import allocate
from lingqu.modules.orders.api import Confirmation, Intake, NewReceipt, NewShipment, confirm, receive, ship
from lingqu.modules.orders.cancel import cancel
from lingqu.modules.orders.close import CloseLine, Closure, close
from lingqu.modules.orders.receive import ReceiptLine
from lingqu.modules.orders.return_goods import BackLine, NewReturn, accept_return, request_return
from lingqu.modules.orders.ship import ShipLine
from lingqu.modules.orders.types import Placed
from lingqu.roles.modules import MODULES
from lingqu.runtime.check import run_checks
from lingqu.runtime.tx import Tx
from tests.orders.trade import build_trade

NOW = datetime.fromisoformat("2026-03-02T01:00:00+00:00")
PRICES = (1_000, 333)
Answer = TypeVar("Answer")

skus = st.integers(0, 1)
quantities = st.integers(1, 9)
policies = st.sampled_from(["all-or-nothing", "take-free", "back-order"])


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
    sent: list[tuple[UUID, list[tuple[Line, int]]]] = []

    @property
    def paid(self) -> int:
        return sum(line.money(line.shipped) - line.money(line.short + line.returned) for line in self.lines)

    @property
    def held(self) -> int:
        return sum(line.money(line.quantity - line.cancelled) - line.money(line.shipped) for line in self.lines)


class OrderMachine(RuleBasedStateMachine):
    """Every rule does the same to the product and to the model and compares."""

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

    # What may happen.

    @rule(sku=skus, quantity=st.integers(1, 30))
    def goods_come(self, sku: int, quantity: int) -> None:
        self.wait(self.trade.stock(quantity, sku=sku, expires_on=date(2026, 12, 1)))
        self.on_shelf[sku] += quantity

    @rule(amount=st.integers(1, 30_000))
    def money_comes(self, amount: int) -> None:
        self.wait(self.trade.money(amount))
        self.put_in += amount

    @rule(wanted=st.lists(st.tuples(skus, quantities), min_size=1, max_size=3), policy=policies)
    def place(self, wanted: list[tuple[int, int]], policy: str) -> None:
        left = [self.free(0), self.free(1)]
        lines, is_short = [], False
        for sku, asked in wanted:
            got = min(asked, left[sku])
            left[sku] -= got
            is_short |= got < asked
            kept = got if policy == "take-free" else asked
            lines.append(Line(sku, kept, got, kept - got))
        is_empty = all(line.quantity == 0 for line in lines)
        total = sum(line.total for line in lines)
        order = self.trade.order(*wanted, shortage_policy=policy)
        key = self.trade.new_key()
        try:
            answer: Placed | Refusal = self.wait(
                self.trade.intake.place(scope=self.trade.scope(self.trade.buyers[0]), key=key, order=order)
            )
        except Refusal as refusal:
            answer = refusal
        if is_short and (policy == "all-or-nothing" or is_empty):
            assert isinstance(answer, Refusal)
            assert answer.code == "stock.out-of-stock"
        elif total > self.available:
            assert isinstance(answer, Refusal)
            assert answer.code == "orders.money-short"
            assert answer.facts == {"needed_minor": total, "available_minor": self.available}
        else:
            assert isinstance(answer, Placed)
            assert answer.total_minor == total
            self.orders.append(Model(answer.id, lines, sent=[]))

    @precondition(lambda self: self.orders)
    @rule(number=st.integers(0, 9))
    def confirm(self, number: int) -> None:
        order = self.pick(number)
        answer = self.attempt(self.trade.seller, confirm, confirmations=[Confirmation(order_id=order.id)])
        assert isinstance(answer, Refusal) == (order.status != "placed")
        if order.status == "placed":
            order.status = "confirmed"

    @precondition(lambda self: self.orders)
    @rule(number=st.integers(0, 9), quantity=quantities, line_no=st.integers(1, 3))
    def ship(self, number: int, quantity: int, line_no: int) -> None:
        order = self.pick(number)
        item = NewShipment(order_id=order.id, lines=[ShipLine(line_no=line_no, quantity=quantity)])
        answer = self.attempt(self.trade.seller, ship, shipments=[item])
        can = order.status == "confirmed" and line_no <= len(order.lines)
        if not can or quantity > order.lines[line_no - 1].reserved:
            assert isinstance(answer, Refusal)
            return
        assert not isinstance(answer, Refusal)
        line = order.lines[line_no - 1]
        line.reserved -= quantity
        line.shipped += quantity
        self.on_shelf[line.sku] -= quantity
        order.sent.append((answer.document_id, [(line, quantity)]))

    @precondition(lambda self: any(order.sent for order in self.orders))
    @rule(number=st.integers(0, 9), lost=st.integers(0, 3))
    def receive(self, number: int, lost: int) -> None:
        waiting = [order for order in self.orders if order.sent]
        order = waiting[number % len(waiting)]
        shipment_id, ((line, quantity),) = order.sent.pop(0)
        lost = min(lost, quantity)
        told: list[ReceiptLine] = []
        rest = lost
        for position, size in self.wait(self._positions(shipment_id)):
            missing = min(rest, size)
            rest -= missing
            told.append(ReceiptLine(position=position, received=size - missing, reason="lost" if missing else ""))
        item = NewReceipt(shipment_id=shipment_id, lines=told)
        answer = self.attempt(self.trade.buyers[0], receive, receipts=[item])
        assert not isinstance(answer, Refusal)
        line.received += quantity - lost
        line.short += lost
        if not order.sent and not any(one.reserved + one.owed for one in order.lines):
            order.status = "completed"
        assert answer.status == order.status

    async def _positions(self, shipment_id: UUID) -> list[tuple[int, int]]:
        cursor = await self.connection.execute(
            "select position, quantity from orders.shipment_line where shipment_id = %s order by position",
            (shipment_id,),
        )
        return await cursor.fetchall()

    @precondition(lambda self: self.orders)
    @rule(number=st.integers(0, 9), is_seller=st.booleans())
    def cancel(self, number: int, *, is_seller: bool) -> None:
        order = self.pick(number)
        side = self.trade.seller if is_seller else self.trade.buyers[0]
        answer = self.attempt(side, cancel, order_id=order.id, reason="test")
        open_to = {"placed", "confirmed"} if is_seller else {"placed"}
        left = sum(line.reserved + line.owed for line in order.lines)
        if order.status not in open_to or not left:
            assert isinstance(answer, Refusal)
            return
        assert not isinstance(answer, Refusal)
        for line in order.lines:
            line.cancelled += line.reserved + line.owed
            line.reserved = line.owed = 0
        if not any(line.shipped for line in order.lines):
            order.status = "cancelled"
        elif not order.sent:
            order.status = "completed"
        assert answer.status == order.status

    @precondition(lambda self: self.orders)
    @rule(number=st.integers(0, 9), line_no=st.integers(1, 3), quantity=quantities, is_seller=st.booleans())
    def close(self, number: int, line_no: int, quantity: int, *, is_seller: bool) -> None:
        order = self.pick(number)
        side = self.trade.seller if is_seller else self.trade.buyers[0]
        closure = Closure(reason="test", lines=[CloseLine(line_no=line_no, quantity=quantity)])
        answer = self.attempt(side, close, order_id=order.id, closure=closure)
        can = order.status in {"placed", "confirmed"} and line_no <= len(order.lines)
        if can:
            line = order.lines[line_no - 1]
            is_free = is_seller or order.status == "placed" or line.shipped > 0
            can = quantity <= (line.reserved if is_free else 0) + line.owed
        if not can:
            assert isinstance(answer, Refusal)
            return
        assert not isinstance(answer, Refusal)
        owed = min(line.owed, quantity)
        line.owed -= owed
        line.reserved -= quantity - owed
        line.cancelled += quantity
        self.end(order)
        assert answer.status == order.status

    def end(self, order: Model) -> None:
        """An order with nothing left to come is over."""
        if any(line.reserved + line.owed for line in order.lines) or order.sent:
            return
        order.status = "completed" if any(line.shipped for line in order.lines) else "cancelled"

    @precondition(lambda self: self.orders)
    @rule(number=st.integers(0, 9))
    def allocate(self, number: int) -> None:
        order = self.pick(number)
        answer = self.attempt(self.trade.seller, allocate, order_id=order.id)
        got = 0
        if order.status in {"placed", "confirmed"}:
            for line in order.lines:
                part = min(line.owed, self.free(line.sku))
                line.owed -= part
                line.reserved += part
                got += part
        assert isinstance(answer, Refusal) == (got == 0)

    @precondition(lambda self: self.orders)
    @rule(number=st.integers(0, 9), line_no=st.integers(1, 3), quantity=quantities)
    def give_back(self, number: int, line_no: int, quantity: int) -> None:
        order = self.pick(number)
        wanted = NewReturn(order_id=order.id, lines=[BackLine(line_no=line_no, quantity=quantity)], reason="test")
        answer = self.attempt(self.trade.buyers[0], request_return, wanted=wanted)
        can = order.status in {"confirmed", "completed"} and line_no <= len(order.lines)
        if not can or quantity > order.lines[line_no - 1].received - order.lines[line_no - 1].returned:
            assert isinstance(answer, Refusal)
            return
        assert not isinstance(answer, Refusal)
        taken = self.attempt(self.trade.seller, accept_return, return_id=answer.document_id, is_sellable=True)
        assert not isinstance(taken, Refusal)
        line = order.lines[line_no - 1]
        line.returned += quantity
        self.on_shelf[line.sku] += quantity

    # What must always hold.

    @invariant()
    def money_is_where_the_orders_say(self) -> None:
        posted, held = self.wait(self._balance())
        assert held == sum(order.held for order in self.orders)
        assert posted == self.put_in - sum(order.paid for order in self.orders)

    @invariant()
    def goods_are_where_the_orders_say(self) -> None:
        for sku in (0, 1):
            on_hand, reserved = self.wait(self._stock(sku))
            assert on_hand == self.on_shelf[sku]
            assert on_hand - reserved == self.free(sku)

    @invariant()
    def the_checks_find_nothing(self) -> None:
        tx = Tx(self.connection, now=NOW)
        checks = [check for module in MODULES for check in module.checks]
        assert not [finding for finding in self.wait(run_checks(tx, checks)) if finding.violation_count]

    async def _balance(self) -> tuple[int, int]:
        cursor = await self.connection.execute(
            "select posted, held from ledger.balance where account_id = %s", (self.account,)
        )
        row = await cursor.fetchone()
        assert row is not None
        return row

    async def _stock(self, sku: int) -> tuple[int, int]:
        cursor = await self.connection.execute(
            "select on_hand, reserved from stock.balance where cell_id = %s and key = %s",
            (self.trade.cell, self.trade.key(sku)),
        )
        return await cursor.fetchone() or (0, 0)


def test_orders_keep_to_the_model(fresh_database: Callable[[], str]) -> None:
    OrderMachine.url = fresh_database()
    run_state_machine_as_test(
        OrderMachine,
        settings=settings(
            max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
