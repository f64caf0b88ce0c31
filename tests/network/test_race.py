"""Two decide at the same moment: each level is decided once."""

import asyncio
from collections.abc import Callable

from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.approval.api import NothingWaits
from lingqu.modules.identity.api import NewUser, add_users
from lingqu.modules.network.api import AddedOrganization, Kind, NewOrganization, Status, add_organizations
from lingqu.modules.network.api import scope_of_party as scope_of
from lingqu.modules.network.apply import Application, apply
from lingqu.modules.network.decide import decide
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx

ROUNDS = 20


async def test_two_decisions_at_once_never_both_count_for_one_level(fresh_database: Callable[[], str]) -> None:
    database = Database(fresh_database(), size=4)
    await database.open()
    async with database.begin() as tx:
        (brand,) = await add_organizations(
            tx, organizations=[NewOrganization(kind=Kind.BRAND, code="B", name="品牌", home_cell=0)]
        )
        names = ("asker", "first", "second", "third")
        people = {name: await person(tx, brand, name) for name in names}
        new = [Application(kind="distributor", parent_id=brand.id, code=f"D{n}", name="新商") for n in range(ROUNDS)]
        ids = [(await apply(tx, scope=people["asker"], application=one)).id for one in new]

    async def attempt(name: str, organization_id: int, *, is_approved: bool) -> Status | None:
        async with database.begin() as tx:
            scope = await scope_of(tx, actor=people[name].actor, permissions=frozenset({"network.approve"}))
        assert scope is not None
        try:
            found = await database.run(
                lambda tx: decide(
                    tx, scope=scope, organization_id=organization_id, is_approved=is_approved, reason=name
                )
            )
        except NothingWaits:
            return None
        return found.status

    for organization_id in ids:
        ended = await asyncio.gather(
            attempt("first", organization_id, is_approved=True),
            attempt("second", organization_id, is_approved=True),
            attempt("third", organization_id, is_approved=False),
        )
        async with database.begin() as tx:
            cursor = await tx.connection.execute(
                """
                select o.status, q.state, array_agg(d.level order by d.level), bool_and(d.is_approved)
                from network.organization o
                join approval.request q on q.object_id = o.id
                join approval.decision d on d.request_id = q.id
                where o.id = %s group by 1, 2
                """,
                [organization_id],
            )
            (status, state, levels, all_agreed) = (await cursor.fetchall())[0]
        assert levels == list(range(1, len(levels) + 1))
        assert (status, state) == (("approved", "approved") if all_agreed else ("closed", "rejected"))
        assert all_agreed == (ended[2] is None)
    await database.close()


async def person(tx: Tx, organization: AddedOrganization, name: str) -> Scope:
    new = NewUser(login=name, name=name, party_id=organization.party_id, role_ids=())
    (user_id,) = await add_users(tx, users=[new])
    actor = Actor(organization.party_id, user_id, name)
    scope = await scope_of(tx, actor=actor, permissions=frozenset({"network.approve"}))
    assert scope is not None
    return scope
