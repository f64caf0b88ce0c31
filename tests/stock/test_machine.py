"""Stock against an obvious model: a list of single units, walked through for every question."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any, ClassVar
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from psycopg.errors import SerializationFailure

from lingqu.modules.stock.api import (
    CHECKS,
    Carry,
    Claim,
    Issue,
    OutOfStock,
    Receipt,
    carry,
    issue,
    lock_free,
    lot_id,
    receive,
    release,
    reserve,
    unreserve,
)
from lingqu.runtime.check import run_checks
from lingqu.runtime.tx import Tx

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
FIRST_DAY = date(2026, 3, 2)
DOCUMENTS = [UUID(int=0x019000000000700080000000000000 << 8 | number) for number in range(1, 3)]
EXPIRY = {"A": FIRST_DAY + timedelta(days=2), "B": FIRST_DAY + timedelta(days=4), "C": FIRST_DAY + timedelta(days=9)}

skus = st.sampled_from(["milk", "milk", "tea"])
documents = st.sampled_from(DOCUMENTS)
lines = st.integers(1, 2)
quantities = st.integers(1, 12)
lot_codes = st.sampled_from(sorted(EXPIRY))


class StockMachine(RuleBasedStateMachine):
    """Every rule does the same to the database and to the model and compares the answers."""

    url: ClassVar[str]
    make_world: ClassVar[Callable[[Tx], Awaitable[Any]]]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self.connection = self.run(psycopg.AsyncConnection.connect(self.url))
        self.tx = Tx(self.connection, now=NOW)
        self.world = self.run(type(self).make_world(self.tx))
        self.today = FIRST_DAY
        # The model: (key, lot code or None) of every unit, what lines hold, what a key's goods cost together.
        self.units: list[tuple[int, str | None]] = []
        self.held: dict[tuple[UUID, int, int], int] = {}
        self.value: dict[str, int] = {"milk": 0, "tea": 0}

    def run(self, work: Coroutine[Any, Any, Any] | Awaitable[Any]) -> Any:
        async def wrapped() -> Any:
            return await work

        return self.runner.run(wrapped())

    def attempt(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run one step under a savepoint, so that a refusal leaves nothing behind."""

        async def guarded() -> Any:
            async with self.connection.transaction():
                return await work

        return self.run(guarded())

    def teardown(self) -> None:
        self.run(self.connection.rollback())
        self.run(self.connection.close())
        self.runner.close()

    # What the model knows.

    def key(self, sku: str, state: str = "key") -> int:
        return getattr(self.world.here, state)(getattr(self.world, sku))

    def on_hand(self, key: int) -> int:
        return sum(1 for unit_key, _ in self.units if unit_key == key)

    def reserved(self, key: int) -> int:
        return sum(quantity for (_, _, held_key), quantity in self.held.items() if held_key == key)

    def fresh(self, key: int) -> list[str | None]:
        lots = [lot for unit_key, lot in self.units if unit_key == key and (lot is None or EXPIRY[lot] > self.today)]
        return sorted(lots, key=lambda lot: EXPIRY.get(lot or "", date.max))

    def owned(self, sku: str) -> int:
        return sum(self.on_hand(self.key(sku, state)) for state in ("key", "blocked_key"))

    def takeable(self, document: UUID, line_no: int, key: int) -> int:
        claimed = self.held.get((document, line_no, key), 0)
        others = self.reserved(key) - claimed
        unclaimed = max(len(self.fresh(key)) - claimed - others, 0)
        return min(claimed + unclaimed, len(self.fresh(key)))

    def take(self, sku: str, document: UUID, line_no: int, quantity: int) -> list[tuple[str | None, int]]:
        key = self.key(sku)
        lots = self.fresh(key)[:quantity]
        for lot in lots:
            self.units.remove((key, lot))
        claim = (document, line_no, key)
        self.held[claim] = max(self.held.get(claim, 0) - quantity, 0)
        return [(lot, lots.count(lot)) for lot in dict.fromkeys(lots)]

    # What may happen.

    @rule(sku=skus, quantity=quantities, lot=lot_codes, cost=st.integers(0, 1000))
    def receive(self, sku: str, quantity: int, lot: str, cost: int) -> None:
        code = lot if sku == "milk" else None
        receipt = Receipt(DOCUMENTS[0], 1, self.key(sku), quantity, code, None, code and EXPIRY[code], cost)
        self.attempt(
            receive(self.tx, cell_id=1, document_kind="test", receipts=[receipt], business_on=self.today, user_id=None)
        )
        self.units += [(self.key(sku), code)] * quantity
        self.value[sku] += cost

    @rule(sku=skus, document=documents, line_no=lines, quantity=quantities)
    def reserve(self, sku: str, document: UUID, line_no: int, quantity: int) -> None:
        key = self.key(sku)
        claim = Claim(document, line_no, key, quantity)
        if quantity > self.on_hand(key) - self.reserved(key):
            with pytest.raises(SerializationFailure):
                self.attempt(reserve(self.tx, cell_id=1, claims=[claim]))
            return
        self.attempt(reserve(self.tx, cell_id=1, claims=[claim]))
        self.held[document, line_no, key] = self.held.get((document, line_no, key), 0) + quantity

    @rule(document=documents)
    def release(self, document: UUID) -> None:
        freed = self.attempt(release(self.tx, cell_id=1, document_ids=[document]))
        expected: dict[int, int] = {}
        for (held_by, _, key), quantity in self.held.items():
            if held_by == document and quantity:
                expected[key] = expected.get(key, 0) + quantity
        assert {r.key: r.quantity for r in freed} == expected
        self.held = {claim: quantity for claim, quantity in self.held.items() if claim[0] != document}

    @rule(sku=skus, document=documents, line_no=lines, quantity=quantities)
    def unreserve(self, sku: str, document: UUID, line_no: int, quantity: int) -> None:
        claim = (document, line_no, self.key(sku))
        part = min(quantity, self.held.get(claim, 0))
        self.attempt(unreserve(self.tx, cell_id=1, claims=[Claim(*claim, part)]))
        if part:
            self.held[claim] -= part

    @rule(sku=skus, document=documents, line_no=lines, quantity=quantities)
    def issue(self, sku: str, document: UUID, line_no: int, quantity: int) -> None:
        key = self.key(sku)
        takeable = self.takeable(document, line_no, key)
        work = issue(
            self.tx,
            cell_id=1,
            document_kind="test",
            issues=[Issue(document, line_no, key, quantity)],
            business_on=self.today,
            user_id=None,
        )
        if quantity > takeable:
            with pytest.raises(OutOfStock) as refused:
                self.attempt(work)
            assert refused.value.errors[0].facts["free"] == takeable
            return
        parts = self.attempt(work)
        owned = self.owned(sku)
        assert [(part.lot_code, part.quantity) for part in parts] == self.take(sku, document, line_no, quantity)
        for part in parts:
            assert abs(part.cost_minor - Fraction(self.value[sku] * part.quantity, owned)) <= Fraction(1, 2)
            owned -= part.quantity
            self.value[sku] -= part.cost_minor

    @rule(lot=lot_codes, quantity=quantities)
    def block(self, lot: str, quantity: int) -> None:
        key, blocked = self.key("milk"), self.key("milk", "blocked_key")
        there = len(self.fresh(key)) if EXPIRY[lot] > self.today else self.on_hand(key)
        free = min(self.units.count((key, lot)), max(there - self.reserved(key), 0))
        line = Carry(DOCUMENTS[0], 9, 1, key, 1, blocked, quantity, lot_id(sku_id=self.world.milk, code=lot))
        work = carry(self.tx, document_kind="test", carries=[line], business_on=self.today, user_id=None)
        if quantity > free:
            with pytest.raises(OutOfStock):
                self.attempt(work)
            return
        self.attempt(work)
        for _ in range(quantity):
            self.units.remove((key, lot))
        self.units += [(blocked, lot)] * quantity

    @rule()
    def another_day(self) -> None:
        self.today += timedelta(days=1)

    # What must hold at every moment.

    @invariant()
    def free_is_what_the_model_says(self) -> None:
        keys = [self.key("milk"), self.key("tea")]
        free = self.run(lock_free(self.tx, cell_id=1, keys=keys, business_on=self.today))
        for key in keys:
            gone = self.on_hand(key) - len(self.fresh(key))
            assert free[key] == max(self.on_hand(key) - self.reserved(key) - gone, 0)

    @invariant()
    def no_check_finds_anything(self) -> None:
        findings = self.run(run_checks(self.tx, CHECKS))
        assert [finding.check.name for finding in findings if finding.by_cell] == []


def test_stock_is_what_the_model_says(
    fresh_database: Callable[[], str], make_world: Callable[[Tx], Awaitable[Any]]
) -> None:
    class Machine(StockMachine):
        url = fresh_database()

    Machine.make_world = staticmethod(make_world)
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=50,
            stateful_step_count=30,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
