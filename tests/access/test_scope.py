"""Every scope predicate counts: with any one of them deleted, the matrix must fail."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from lingqu.roles.api import routes
from lingqu.roles.modules import ALL
from lingqu.runtime.http.route import Route
from lingqu.runtime.sql import Statement, Statements, statements
from tests.access.cases import cases
from tests.access.matrix import Site, trespasses

MARK = "-- scope"


class Watched(dict[str, Statement]):
    """A module's statements, which notes the ones that are used."""

    def __init__(self, by_name: Mapping[str, Statement]) -> None:
        super().__init__(by_name)
        self.used: set[str] = set()

    def __getitem__(self, name: str) -> Statement:
        self.used.add(name)
        return super().__getitem__(name)


def scoped() -> Iterator[tuple[Statements, str, int]]:
    """Find every line that ends in the mark: the module's statements, the statement's name, the line."""
    for module in ALL:
        try:
            sql = statements(module.package)
        except FileNotFoundError:
            continue
        for name, statement in sql.items():
            for index, line in enumerate(statement.text.splitlines()):
                if line.rstrip().endswith(MARK):
                    yield sql, name, index


def without(statement: Statement, index: int) -> Statement:
    lines = statement.text.splitlines()
    return replace(statement, text="\n".join([*lines[:index], *lines[index + 1 :]]))


async def routes_of_statements(site: Site) -> dict[tuple[str, str], list[Route]]:
    """Call every route once about what is not the callers' and note which statements it runs."""
    every = {sql.package: sql for sql, _, _ in scoped()}
    watched = {package: Watched(sql._by_name) for package, sql in every.items()}  # noqa: SLF001 - watched here only
    plain = {package: sql._by_name for package, sql in every.items()}  # noqa: SLF001
    found: dict[tuple[str, str], list[Route]] = {}
    known = cases()
    try:
        for package, sql in every.items():
            sql._by_name = watched[package]  # noqa: SLF001
        for route in routes():
            if route.name in known:
                await trespasses(site, route, known[route.name], callers=_CALLERS)
                for package, names in watched.items():
                    for name in names.used:
                        found.setdefault((package, name), []).append(route)
                    names.used.clear()
    finally:
        for package, sql in every.items():
            sql._by_name = plain[package]  # noqa: SLF001
    return found


_CALLERS = (
    "west1/manager",
    "east/manager",
    "east1/manager",
    "east2/manager",  # another buyer of a seller
    "mill/manager",
    "brand/manager",
    "rival/manager",
    "east/sales",
)


async def test_every_scope_predicate_counts(undone_site: Site) -> None:
    used = await routes_of_statements(undone_site)
    known = cases()
    idle: list[str] = []
    for sql, name, index in scoped():
        by_name = sql._by_name  # noqa: SLF001
        sql._by_name = {**by_name, name: without(by_name[name], index)}  # noqa: SLF001
        try:
            for route in used.get((sql.package, name), []):
                if await trespasses(undone_site, route, known[route.name], callers=_CALLERS):
                    break
            else:
                idle.append(f"{sql.package} {name} line {index + 1}: {by_name[name].text.splitlines()[index].strip()}")
        finally:
            sql._by_name = by_name  # noqa: SLF001
    assert not idle, "these predicates can be deleted and no test notices:\n" + "\n".join(idle)
