"""One small demo, loaded once for all its tests: they only read."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest
from msgspec import Struct

from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.identity.api import find_login
from lingqu.modules.network.api import scope_of_party
from lingqu.roles.demo.fill import fill_database
from lingqu.roles.demo.load.tally import Tally
from lingqu.roles.demo.plan.plan import Plan, make_plan
from lingqu.roles.demo.plan.size import SIZES, Scale
from lingqu.roles.modules import ALL
from lingqu.runtime.db import Database
from lingqu.runtime.objects import Objects
from lingqu.runtime.tx import Tx

TODAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class Demo(Struct, kw_only=True):
    """A filled installation, its plan, and what the load counted."""

    url: str
    objects: Objects
    plan: Plan
    tally: Tally
    database: Database

    def login(self, dealer: int) -> str:
        """Name the manager of a dealer: dealer, dealer2, dealer3."""
        number = dealer - self.plan.channel.dealers[0] + 1
        return "dealer" if number == 1 else f"dealer{number}"

    async def scope(self, tx: Tx, login: str) -> Scope:
        """See what a login sees, with every right there is."""
        found = await find_login(tx, login=login)
        assert found is not None
        user_id, party_id = found
        rights = frozenset(right.code for module in ALL for right in module.permissions)
        scope = await scope_of_party(tx, actor=Actor(party_id, user_id, login), permissions=rights)
        assert scope is not None
        return scope


@pytest.fixture(scope="session")
async def demo(fresh_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Demo]:
    url = fresh_database()
    objects = Objects(tmp_path_factory.mktemp("objects"), is_durable=False)
    tally = await fill_database(
        url,
        objects=objects,
        scale=Scale.SMALL,
        report=lambda _: None,
        clock=lambda: TODAY,
    )
    assert tally is not None
    database = Database(url, clock=lambda: TODAY)
    await database.open()
    plan = make_plan(SIZES[Scale.SMALL], last=datetime(2026, 3, 1, tzinfo=UTC).date())
    yield Demo(url=url, objects=objects, plan=plan, tally=tally, database=database)
    await database.close()
