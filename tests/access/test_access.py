"""Every route × everybody × everything that is not theirs. See docs/access-matrix.md."""

from collections.abc import Sequence

import pytest

from lingqu.roles.api import routes
from lingqu.runtime.db import Database
from lingqu.runtime.http.route import Route
from tests.access.cases import cases
from tests.access.matrix import Site, trespasses, unasked, unserved
from tests.access.world import World

CASES = cases()
ROUTES = [route for route in routes() if route.name in CASES]
every_route = pytest.mark.parametrize("route", ROUTES, ids=[route.name for route in ROUTES])

_DIGESTS = """
    select table_schema || '.' || table_name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
      and (table_schema, table_name) not in
          (('identity', 'session'), ('identity', 'region'), ('runtime', 'idempotency'))
    order by 1
"""


async def digest(database: Database) -> dict[str, tuple[int, int]]:
    """Count and hash the rows of every table but sessions and stored answers, which are the caller's own."""
    async with database.begin() as tx:
        names = [row[0] for row in await (await tx.connection.execute(_DIGESTS)).fetchall()]
        parts = [
            f"select '{name}', count(*), coalesce(sum(hashtext(t::text)), 0)::bigint from {name} t" for name in names
        ]
        rows = await (await tx.connection.execute(" union all ".join(parts))).fetchall()
    return {name: (count, hash_) for name, count, hash_ in rows}


def test_every_route_has_a_case_and_every_case_a_route() -> None:
    assert {route.name for route in routes()} == CASES.keys()


def _everybody(world: World) -> list[str]:
    """The manager of every place, and every role once."""
    managers = [caller for caller in world.callers() if caller.endswith("/manager")]
    return list(dict.fromkeys([*managers, *world.samples()]))


@every_route
async def test_what_is_not_ones_own_is_refused_and_nothing_changes(site: Site, route: Route) -> None:
    database = site.database
    before = await digest(database)
    found: Sequence[str] = await trespasses(site, route, CASES[route.name], callers=_everybody(site.world))
    assert not found, "\n".join(found)
    assert await digest(database) == before


@every_route
async def test_without_session_or_permission_nobody_is_served(
    undone_site: Site, route: Route, permissions: dict[str, frozenset[str]]
) -> None:
    found = await unasked(undone_site, route, CASES[route.name], permissions)
    assert not found, "\n".join(found)


@every_route
async def test_ones_own_is_served(undone_site: Site, route: Route) -> None:
    found = await unserved(undone_site, route, CASES[route.name])
    assert not found, "\n".join(found)
