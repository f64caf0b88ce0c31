"""Cases of the runtime's own routes: jobs of a user's own, changes made by an organization's own people."""

from lingqu.kernel.scope import Actor
from lingqu.runtime.audit import Change, audit_rows
from lingqu.runtime.jobs import Job, Work, enqueue
from lingqu.runtime.paging import ListQuery
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx
from tests.access.case import Case, Target
from tests.access.world import World

SQL = statements("lingqu.runtime")

_ASKERS = ("east/manager", "east/sales", "west1/viewer", "factory/sales")


async def _never_run(_: Work, __: ListQuery) -> None:
    raise AssertionError("nobody works in the matrix")


async def build(tx: Tx, world: World) -> None:
    """Let some ask for jobs and let every place change something."""
    job = Job("test.idle", ListQuery, _never_run)
    for caller in _ASKERS:
        tx.actor, tx.cell_id = _actor(world, caller), world[caller.partition("/")[0]].added.home_cell
        world.made["job", caller] = await enqueue(tx, job, input=ListQuery())
    for key, place in world.places.items():
        change = Change(place.added.home_cell, "test-thing", f"thing-{key}", None, {"of": key})
        await tx.load(SQL["load_audit"], audit_rows([change], actor=_actor(world, f"{key}/manager"), now=tx.now))
    tx.actor, tx.cell_id = None, 0
    cursor = await tx.connection.execute("select object_id, id from runtime.audit where kind = 'test-thing'")
    for object_id, audit_id in await cursor.fetchall():
        world.made["audit", object_id.removeprefix("thing-")] = audit_id


def _actor(world: World, caller: str) -> Actor:
    key, _, role = caller.partition("/")
    return Actor(world[key].added.party_id, world[key].users[role], caller)


def _jobs(world: World) -> list[Target]:
    return [
        Target(owners=frozenset({caller}), by=caller, path={"job_id": made}, id=made)
        for (kind, caller), made in world.made.items()
        if kind == "job"
    ]


def _changes(world: World) -> list[Target]:
    # The platform sees every change of this world: more than one page holds.
    return [
        Target(owners=frozenset({key}), by=None if key == "platform" else f"{key}/manager", id=made)
        for (kind, key), made in world.made.items()
        if kind == "audit"
    ]


CASES = {
    "find_job": Case(targets=_jobs),
    "list_audit": Case(targets=_changes, is_list=True),
}
