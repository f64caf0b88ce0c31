"""Orders against an obvious model: every order is a few counters, every balance is worked out anew from all of them."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.allocate import allocate
from lingqu.modules.orders.api import Confirmation, NewReceipt, NewShipment, confirm, receive, ship
from lingqu.modules.orders.arrivals import ReceiptLine
from lingqu.modules.orders.cancel import cancel
from lingqu.modules.orders.return_goods import BackLine, NewReturn, accept_return, request_return
from lingqu.modules.orders.serve import serve_skus
from lingqu.modules.orders.ship import ShipLine
from lingqu.modules.orders.types import Placed
from lingqu.roles.modules import MODULES
from lingqu.runtime.check import run_checks
from lingqu.runtime.tx import Tx
from tests.orders.machine import NOW, Line, Model, quantities
from tests.orders.machine_changes import Changes

skus = st.integers(0, 1)
policies = st.sampled_from(["all-or-nothing", "take-free", "back-order"])


class OrderMachine(Changes):
    """Every rule does the same to the product and to the model and compares."""

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
            self.orders.append(Model(answer.id, lines, policy=policy, sent=[]))

    @precondition(lambda self: self.orders)
    @rule(number=st.integers(0, 9))
    def confirm(self, number: int) -> None:
        order = self.pick(number)
        answer = self.attempt(self.trade.seller, confirm, confirmations=[Confirmation(order_id=order.id)])
        can = order.status == "placed" and not order.waits
        assert isinstance(answer, Refusal) == (not can)
        if can:
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

    @rule()
    def serve(self) -> None:
        """Oldest first; every line counts single units here, so no pack is too big for what is left."""
        answer = self.attempt(self.trade.seller, serve_skus, sku_ids=None)
        got = 0
        for order in sorted(self.orders, key=lambda one: one.id):  # all were placed at the same instant
            if order.status not in {"placed", "confirmed"}:
                continue
            for line in order.lines:
                part = min(line.owed, self.free(line.sku))
                line.owed -= part
                line.reserved += part
                got += part
        assert not isinstance(answer, Refusal)
        assert answer.unit_count == got

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
