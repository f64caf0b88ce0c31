"""The life of organizations against an obvious model: a table of statuses and who has decided."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime
from typing import Any, ClassVar

import psycopg
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from lingqu.kernel.errors import Refusal
from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.identity.api import NewUser, add_users
from lingqu.modules.network.api import (
    AddedOrganization,
    Kind,
    NewLink,
    NewOrganization,
    add_links,
    add_organizations,
    link_terms,
    scope_of_party,
)
from lingqu.modules.network.apply import Application, apply
from lingqu.modules.network.decide import decide
from lingqu.modules.network.history import read_history
from lingqu.modules.network.take_step import Step, take_step
from lingqu.runtime.tx import Tx

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
# Whose people they are: the distributor decides on the first level, the brand on the second.
PEOPLE = {"wang": "distributor", "chen": "distributor", "lin": "brand", "wu": "brand"}
NEXT = {
    ("approved", "activate"): "active",
    ("active", "suspend"): "suspended",
    ("suspended", "resume"): "active",
    ("approved", "close"): "closed",
    ("active", "close"): "closed",
    ("suspended", "close"): "closed",
}

people = st.sampled_from(sorted(PEOPLE))
picks = st.integers(0, 3)


class Applicant:
    """What the model knows of one organization."""

    def __init__(self, organization_id: int, asker: str) -> None:
        self.id = organization_id
        self.asker = asker
        self.status = "applied"
        self.agreed: list[str] = []
        self.steps: list[str] = []


class NetworkMachine(RuleBasedStateMachine):
    """Every rule does the same to the database and to the model and compares the answers."""

    url: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self.connection = self.run(psycopg.AsyncConnection.connect(self.url))
        self.tx = Tx(self.connection, now=NOW)
        self.run(self._build())
        self.applicants: list[Applicant] = []

    def run(self, work: Coroutine[Any, Any, Any] | Awaitable[Any]) -> Any:
        async def wrapped() -> Any:
            return await work

        return self.runner.run(wrapped())

    def refused(self, work: Coroutine[Any, Any, Any]) -> bool:
        """Try one thing under a savepoint and tell whether it was refused."""

        async def guarded() -> None:
            async with self.connection.transaction():
                await work

        try:
            self.run(guarded())
        except Refusal:
            return True
        return False

    def teardown(self) -> None:
        self.run(self.connection.rollback())
        self.run(self.connection.close())
        self.runner.close()

    async def _build(self) -> None:
        async def add(new: NewOrganization) -> AddedOrganization:
            return (await add_organizations(self.tx, organizations=[new]))[0]

        brand = await add(NewOrganization(kind=Kind.BRAND, code="B", name="品牌", home_cell=0))
        distributor = await add(
            NewOrganization(kind=Kind.DISTRIBUTOR, code="D", name="经销商", parent_id=brand.id, home_cell=1)
        )
        self.seller = distributor.id
        self.actors = {}
        for name, place in PEOPLE.items():
            party = (brand if place == "brand" else distributor).party_id
            (user_id,) = await add_users(self.tx, users=[NewUser(login=name, name=name, party_id=party, role_ids=())])
            self.actors[name] = Actor(party, user_id, name)

    async def scope(self, name: str) -> Scope:
        scope = await scope_of_party(self.tx, actor=self.actors[name], permissions=frozenset({"network.approve"}))
        assert scope is not None
        return scope

    @precondition(lambda self: len(self.applicants) < 4)
    @rule(asker=people)
    def apply(self, asker: str) -> None:
        async def ask() -> int:
            new = Application(kind="dealer", parent_id=self.seller, code=f"S{len(self.applicants)}", name="新店")
            found = await apply(self.tx, scope=await self.scope(asker), application=new)
            link = NewLink(seller_id=self.seller, buyer_id=found.id, valid_from=NOW.date())
            await add_links(self.tx, links=[link])
            return found.id

        self.applicants.append(Applicant(self.run(ask()), asker))

    @precondition(lambda self: self.applicants)
    @rule(pick=picks, who=people, agrees=st.booleans())
    def decide(self, pick: int, who: str, *, agrees: bool) -> None:
        one = self.applicants[pick % len(self.applicants)]

        async def attempt() -> None:
            scope = await self.scope(who)
            await decide(self.tx, scope=scope, organization_id=one.id, is_approved=agrees, reason="")

        # The distributor's people decide on the first level only; the brand's stand above and may on both.
        is_level = PEOPLE[who] == "brand" or not one.agreed
        may = one.status == "applied" and who != one.asker and who not in one.agreed and is_level
        assert self.refused(attempt()) == (not may)
        if not may:
            return
        if not agrees:
            one.status, one.steps = "closed", ["reject"]
        else:
            one.agreed.append(who)
            if len(one.agreed) == 2:
                one.status, one.steps = "approved", ["approve"]

    @precondition(lambda self: self.applicants)
    @rule(pick=picks, who=people, step=st.sampled_from(Step))
    def take(self, pick: int, who: str, step: Step) -> None:
        one = self.applicants[pick % len(self.applicants)]

        async def attempt() -> None:
            await take_step(self.tx, scope=await self.scope(who), organization_id=one.id, step=step, reason="")

        reached = NEXT.get((one.status, step))
        assert self.refused(attempt()) == (reached is None)
        if reached is not None:
            one.status = reached
            one.steps.append(step)

    @invariant()
    def history_tells_the_same(self) -> None:
        for one in self.applicants:
            history = self.run(self._history(one.id))
            assert [step.name for step in history.steps] == one.steps
            assert ["applied", *(step.to_status for step in history.steps)][-1] == one.status
            assert history.application is not None
            agreed = [d.user_name for d in history.application.decisions if d.is_approved]
            assert agreed == one.agreed
            assert one.asker not in {d.user_name for d in history.application.decisions}

    async def _history(self, organization_id: int) -> Any:
        return await read_history(self.tx, scope=await self.scope("lin"), organization_id=organization_id)

    @invariant()
    def only_the_active_trade(self) -> None:
        pairs = [(self.seller, one.id) for one in self.applicants]
        terms = self.run(link_terms(self.tx, pairs=pairs))
        for one in self.applicants:
            assert terms[self.seller, one.id].is_active == (one.status == "active")


def test_organizations_live_as_the_model_says(fresh_database: Callable[[], str]) -> None:
    class Machine(NetworkMachine):
        url = fresh_database()

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=40,
            stateful_step_count=30,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
