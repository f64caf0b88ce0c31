"""The ledger against an obvious model: a list of all that ever happened, added up for every question."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from psycopg.errors import SerializationFailure

from lingqu.modules.ledger.api import (
    CHECKS,
    Floor,
    Hold,
    Settlement,
    fold,
    hold,
    lock_available,
    post,
    post_each,
    set_floor,
    settle,
    unhold,
    void,
)
from lingqu.runtime.check import run_checks
from lingqu.runtime.tx import Tx

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DOCUMENTS = [UUID(int=0x019000000000700080000000000000 << 8 | number) for number in range(1, 3)]
NAMES = ["prepaid", "credit", "revenue", "cash"]

documents = st.sampled_from(DOCUMENTS)
floored = st.sampled_from(["prepaid", "credit"])
amounts = st.integers(1, 700) | st.sampled_from([100, 250, 500])
movements = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), amounts).filter(lambda m: m[0] != m[1]),
    min_size=1,
    max_size=4,
)


class LedgerMachine(RuleBasedStateMachine):
    """Every rule does the same to the database and to the model and compares the answers."""

    url: ClassVar[str]
    make_books: ClassVar[Callable[[Tx], Awaitable[Any]]]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self.connection = self.run(psycopg.AsyncConnection.connect(self.url))
        self.tx = Tx(self.connection, now=NOW)
        self.books = self.run(type(self).make_books(self.tx))
        # The model: every movement, what documents hold, and the lowest balance each account was given.
        self.moved: list[tuple[str, str, int]] = []
        self.held: dict[tuple[UUID, str], int] = {}
        self.limit = {"prepaid": 0, "credit": -1000}
        self.floor = dict(self.limit)

    def run(self, work: Awaitable[Any]) -> Any:
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

    def account(self, name: str) -> UUID:
        return getattr(self.books, name)

    def posted(self, name: str) -> int:
        return sum((credit == name) * amount - (debit == name) * amount for debit, credit, amount in self.moved)

    def on_hold(self, name: str) -> int:
        return sum(amount for (_, account), amount in self.held.items() if account == name)

    def available(self, name: str) -> int:
        return self.posted(name) - self.on_hold(name) - self.floor[name]

    def tighten(self) -> None:
        """Let an account that is beyond its limit come back to it as far as it can."""
        for name, limit in self.limit.items():
            self.floor[name] = max(self.floor[name], min(limit, self.posted(name) - self.on_hold(name)))

    # What may happen.

    @rule(batch=movements)
    def post(self, batch: list[tuple[str, str, int]]) -> None:
        entries = [
            self.books.entry(self.account(debit), self.account(credit), amount) for debit, credit, amount in batch
        ]
        verdicts = self.attempt(post_each(self.tx, cell_id=1, entries=entries))
        left = {name: self.available(name) for name in self.limit}
        for (debit, credit, amount), lack in zip(batch, verdicts, strict=True):
            if debit in left and left[debit] < amount:
                assert lack is not None
                assert (lack.account_id, lack.needed, lack.available) == (self.account(debit), amount, left[debit])
                continue
            assert lack is None
            self.moved.append((debit, credit, amount))
            if debit in left:
                left[debit] -= amount
            if credit in left:
                left[credit] += amount
        self.tighten()

    @rule(document=documents, name=floored, amount=amounts)
    def hold(self, document: UUID, name: str, amount: int) -> None:
        work = hold(self.tx, cell_id=1, holds=[Hold(document, self.account(name), amount)])
        if amount > self.available(name):
            with pytest.raises(SerializationFailure):
                self.attempt(work)
            return
        self.attempt(work)
        self.held[document, name] = self.held.get((document, name), 0) + amount

    @rule(document=documents)
    def void(self, document: UUID) -> None:
        freed = self.attempt(void(self.tx, cell_id=1, document_ids=[document]))
        expected = {self.account(name): n for (held_by, name), n in self.held.items() if held_by == document and n}
        assert {h.account_id: h.amount for h in freed} == expected
        self.held = {claim: amount for claim, amount in self.held.items() if claim[0] != document}
        self.tighten()

    @rule(document=documents, name=floored, amount=amounts)
    def settle_and_post(self, document: UUID, name: str, amount: int) -> None:
        part = min(amount, self.held.get((document, name), 0))
        if not part:
            return
        entry = self.books.entry(self.account(name), self.books.revenue, part, document)
        self.attempt(settle(self.tx, cell_id=1, settlements=[Settlement(document, self.account(name), part)]))
        self.attempt(post(self.tx, cell_id=1, entries=[entry]))
        self.held[document, name] -= part
        self.moved.append((name, "revenue", part))

    @rule(document=documents, name=floored, amount=amounts)
    def unhold(self, document: UUID, name: str, amount: int) -> None:
        part = min(amount, self.held.get((document, name), 0))
        self.attempt(unhold(self.tx, cell_id=1, settlements=[Settlement(document, self.account(name), part)]))
        if part:
            self.held[document, name] -= part
            self.tighten()

    @rule(limit=st.sampled_from([0, 100, 250, 500, 1000]))
    def set_limit(self, limit: int) -> None:
        self.attempt(set_floor(self.tx, cell_id=1, floors=[Floor(self.books.credit, -limit)]))
        self.limit["credit"] = -limit
        self.floor["credit"] = min(-limit, self.posted("credit") - self.on_hold("credit"))

    @rule(limit=st.integers(1, 3))
    def fold(self, limit: int) -> None:
        self.attempt(fold(self.tx, cell_id=1, limit=limit))

    # What must hold at every moment.

    @invariant()
    def accounts_are_what_the_model_says(self) -> None:
        for name in NAMES:
            held, floor = (self.on_hold(name), self.floor[name]) if name in self.limit else (0, None)
            assert self.run(self.books.read(self.tx, self.account(name))) == (self.posted(name), held, floor)
        accounts = {self.account(name): self.available(name) for name in self.limit}
        assert self.run(lock_available(self.tx, cell_id=1, account_ids=accounts)) == accounts

    @invariant()
    def no_check_finds_anything(self) -> None:
        findings = self.run(run_checks(self.tx, CHECKS))
        assert [finding.check.name for finding in findings if finding.by_cell] == []


def test_the_ledger_is_what_the_model_says(
    fresh_database: Callable[[], str], make_books: Callable[[Tx], Awaitable[Any]]
) -> None:
    class Machine(LedgerMachine):
        url = fresh_database()

    Machine.make_books = staticmethod(make_books)
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
