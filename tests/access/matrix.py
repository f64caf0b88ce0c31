"""The matrix itself: every route, called as everybody about everything, and what must come back."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Any
from zlib import crc32

import httpx
import msgspec
from litestar import Litestar

from lingqu.kernel.ids import uuid7
from lingqu.runtime.db import Database
from lingqu.runtime.http.app import PREFIX
from lingqu.runtime.http.route import PUBLIC, SIGNED_IN, Route
from lingqu.runtime.tx import Tx
from tests.access.case import Case, Target
from tests.access.world import World

REFUSED = frozenset({403, 404})
_ALL = 200


class _Undo(Exception):
    """Ends a transaction whose work is not kept."""


class Undone(Database):
    """A database on which everything is tried and nothing is kept, so that calls do not depend on each other."""

    @asynccontextmanager
    async def begin(self, *, now: datetime | None = None) -> AsyncIterator[Tx]:
        with suppress(_Undo):
            async with super().begin(now=now) as tx:
                yield tx
                await tx.flush()
                raise _Undo


class Site:
    """One application and the world it serves."""

    def __init__(self, app: Litestar, world: World, database: Database) -> None:
        self.world = world
        self.database = database
        transport = httpx.ASGITransport(app=app)
        self._client = httpx.AsyncClient(transport=transport, base_url=f"http://matrix{PREFIX}")

    async def call(self, route: Route, target: Target, caller: str | None) -> httpx.Response:
        """Call a route about a target as somebody, or as nobody."""
        headers = {"Accept-Language": "en"}
        if caller is not None:
            headers["Authorization"] = f"Bearer {self.world.token(caller)}"
        if target.if_match is not None:
            headers["If-Match"] = f'"{target.if_match}"'
        if route.method == "POST":
            headers["Idempotency-Key"] = str(uuid7())
        path = route.path
        for name, kind in route.path_parameters.items():
            text = str(target.path[name])
            path = path.replace(f"{{{name}:{_converter(kind)}}}", text).replace(f"{{{name}}}", text)
        content = target.body
        if content is not None and not isinstance(content, bytes):
            content = msgspec.json.encode(content)
        return await self._client.request(
            route.method, path, params=dict(target.query), headers=headers, content=content
        )

    async def close(self) -> None:
        await self._client.aclose()


def _converter(kind: Any) -> str:
    return str(getattr(kind, "__name__", "str")).lower()


def is_visible(world: World, caller: str, target: Target) -> bool:
    return target.owners is None or any(world.sees(caller, owner) for owner in target.owners)


async def trespasses(site: Site, route: Route, case: Case, *, callers: Iterable[str]) -> list[str]:
    """Call a route about everything that is not the callers' and tell where it answered as if it were.

    The manager, who may do most, asks about everything; the other roles of a place have the same scope and ask about
    one thing each, a different one per caller.
    """
    targets = case.targets(site.world)
    found: list[str] = []
    for caller in callers:
        if case.is_list:
            found += await _leaks(site, route, case, targets, caller)
            continue
        foreign = [target for target in targets if not is_visible(site.world, caller, target)]
        if foreign and not caller.endswith("/manager"):
            foreign = [foreign[crc32(caller.encode()) % len(foreign)]]
        for target in foreign:
            answer = await site.call(route, target, caller)
            if not _is_refused(answer, case):
                about = dict(target.path) or target.body
                found.append(f"{caller} {route.name} {about}: {answer.status_code} {answer.text[:200]}")
    return found


def _is_refused(answer: httpx.Response, case: Case) -> bool:
    if case.is_bulk and answer.is_success:
        return answer.json()["done_count"] == 0
    return answer.status_code in REFUSED


async def _leaks(site: Site, route: Route, case: Case, targets: Sequence[Target], caller: str) -> list[str]:
    answer = await site.call(route, Target(owners=None, query={"limit": _ALL, **case.query(site.world)}), caller)
    if answer.status_code in REFUSED:
        return []
    if answer.status_code != httpx.codes.OK:
        return [f"{caller} {route.name}: {answer.status_code} {answer.text[:200]}"]
    seen = {str(item[case.item]) for item in answer.json()["items"]}
    foreign = [t for t in targets if str(t.id) in seen and not is_visible(site.world, caller, t)]
    found = [f"{caller} {route.name} lists {target.id}" for target in foreign]
    strangers = [
        stranger.key
        for stranger in site.world.strangers(caller)
        if str(stranger.added.party_id) in answer.text or f"ACCESS-{stranger.key}" in answer.text
    ]
    return found + [f"{caller} {route.name} tells of {key}" for key in strangers]


async def unserved(site: Site, route: Route, case: Case) -> list[str]:
    """Call a route as those who must be served and tell who was not."""
    targets = [target for target in case.targets(site.world) if target.by is not None or route.permission == PUBLIC]
    if not targets:
        return [f"{route.name} has no target that somebody must be served about"]
    found: list[str] = []
    for target in targets:
        asked = Target(owners=None, query={"limit": _ALL, **case.query(site.world)}) if case.is_list else target
        answer = await site.call(route, asked, target.by)
        if not answer.is_success or (case.is_bulk and answer.json()["refused_count"]):
            found.append(f"{target.by} {route.name}: {answer.status_code} {answer.text[:300]}")
        elif case.is_list and str(target.id) not in {str(item[case.item]) for item in answer.json()["items"]}:
            found.append(f"{target.by} {route.name} does not list {target.id}")
    return found


async def unasked(site: Site, route: Route, case: Case, permissions: dict[str, frozenset[str]]) -> list[str]:
    """Call a route without a session, and as those who lack its permission, and tell who was not refused."""
    if route.permission == PUBLIC:
        return []
    found: list[str] = []
    target = next(iter(case.targets(site.world)), Target(owners=None))
    if (await site.call(route, target, None)).status_code != httpx.codes.UNAUTHORIZED:
        found.append(f"{route.name} serves who has not signed in")
    if route.permission == SIGNED_IN:
        return found
    for caller in site.world.samples():
        if route.permission not in permissions[caller]:
            answer = await site.call(route, target, caller)
            if answer.status_code != httpx.codes.FORBIDDEN:
                found.append(f"{caller} {route.name} without {route.permission}: {answer.status_code}")
    return found
