"""One world for all tests of access, on a database of its own."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import pytest

from lingqu.modules.orders.api import Intake, Shelf
from lingqu.modules.partners.api import AddressRule
from lingqu.roles.api import routes
from lingqu.roles.identify import identify
from lingqu.runtime.db import Database
from lingqu.runtime.http.app import create_app
from lingqu.runtime.http.edge import Edge
from lingqu.runtime.objects import Objects
from tests.access.cases import build_made
from tests.access.matrix import Site, Undone
from tests.access.payment import Telling
from tests.access.world import World, build


@pytest.fixture(scope="session")
async def world_database(
    fresh_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Database, Undone, World]]:
    """Build the world and give it with a database that keeps writes and one that does not."""
    url = fresh_database()
    async with AsyncExitStack() as stack:
        kept, undone = Database(url), Undone(url)
        for database in (kept, undone):
            await database.open()
            stack.push_async_callback(database.close)
        async with kept.begin() as tx:
            world = await build(tx)
            world.made["objects", "store"] = Objects(tmp_path_factory.mktemp("objects"), is_durable=False)
            await build_made(tx, world)
            tx.actor = None  # signing in set it, and nobody in the world made the world
        yield kept, undone, world


def _services(database: Database, world: World) -> dict[str, object]:
    intake = Intake(database)
    return {
        "intake": intake,
        "shelf": Shelf(database, intake.market),
        "objects": world.made["objects", "store"],
        "address_rule": AddressRule(may_be_private=False),
        "provider": Telling(),
    }


@pytest.fixture(scope="session")
async def site(world_database: tuple[Database, Undone, World]) -> AsyncIterator[Site]:
    """Serve the world for real: what a call writes stays."""
    kept, _, world = world_database
    edge = Edge(kept, identify, must_audit=True, services=_services(kept, world))
    site = Site(create_app(edge, routes(), version="0"), world, kept)
    yield site
    await site.close()


@pytest.fixture(scope="session")
async def undone_site(world_database: tuple[Database, Undone, World]) -> AsyncIterator[Site]:
    """Serve the world so that nothing a call writes stays."""
    _, undone, world = world_database
    edge = Edge(undone, identify, must_audit=True, services=_services(undone, world))
    site = Site(create_app(edge, routes(), version="0"), world, undone)
    yield site
    await site.close()


@pytest.fixture(scope="session")
async def permissions(world_database: tuple[Database, Undone, World]) -> dict[str, frozenset[str]]:
    """Read what each caller's role allows."""
    kept, _, world = world_database
    async with kept.begin() as tx:
        cursor = await tx.connection.execute("select id, permissions from identity.role")
        rights = dict(await cursor.fetchall())
    return {
        caller: frozenset(rights[world.role_ids[world[caller.partition("/")[0]].kind, caller.partition("/")[2]]])
        for caller in world.callers()
    }
