"""A small shop behind the real edge: one table, a few routes, callers by token."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Annotated, ClassVar
from uuid import UUID

import httpx
import pytest
from msgspec import Meta, Struct
from psycopg.errors import UniqueViolation

from lingqu.kernel.errors import NotFound, Refusal, Stale, Unavailable, Words
from lingqu.kernel.scope import Actor, Scope
from lingqu.runtime.db import Database
from lingqu.runtime.http.app import create_app
from lingqu.runtime.http.edge import Edge
from lingqu.runtime.http.route import PUBLIC, SIGNED_IN, Answer, Asked, Connection, Route, delete, get, patch, post
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import Statement
from lingqu.runtime.tx import Tx

PARTY = UUID("01890000-0000-7000-8000-000000000001")


def sql(text: str) -> Statement:
    return Statement("test", "inline", text)  # type: ignore[arg-type]


class Line(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    sku_id: int
    quantity: Annotated[int, Meta(ge=1)]


class NewThing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: Annotated[str, Meta(min_length=1, max_length=20)]
    size: int = 0
    lines: list[Line] = []


class Rename(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str


class Thing(Struct, frozen=True, kw_only=True):
    id: int
    name: str
    size: int
    version: int


class ThingQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    least_size: int | None = None


class SoldOut(Refusal):
    code = "common.test-sold-out"
    title = Words("Sold out", "已售罄")
    detail = Words("Only {free} left.", "仅剩 {free}。")


class Counted(Refusal):
    code = "common.test-counted"
    status = 401
    title = Words("Counted", "已计数")
    keeps_writes: ClassVar[bool] = True


SORTS = Sorts({"name": "name", "size": "size"}, default="name")


@post("/things", permission="test.edit", summary="Add a thing", refusals=(SoldOut,))
async def add_thing(tx: Tx, body: NewThing) -> Thing:
    """Add a thing."""
    made = await tx.one(
        sql("insert into thing (name, size) values (%(name)s, %(size)s) returning *"),
        Thing,
        name=body.name,
        size=body.size,
    )
    tx.record("thing", made.id, after=made)
    return made


@get("/things", permission="test.read", summary="List things")
async def list_things(tx: Tx, query: ThingQuery) -> Listed[Thing]:
    """List things."""
    return await list_page(
        tx,
        sql("select * from thing where (%(least)s::int is null or size >= %(least)s)"),
        Thing,
        query=query,
        sorts=SORTS,
        least=query.least_size,
    )


@get("/things/{thing_id:int}", permission="test.read", summary="Read a thing")
async def read_thing(tx: Tx, thing_id: int) -> Thing:
    """Read a thing."""
    found = await tx.first(sql("select * from thing where id = %(id)s"), Thing, id=thing_id)
    if found is None:
        raise NotFound(kind="thing", id=thing_id)
    return found


@patch("/things/{thing_id:int}", permission="test.edit", summary="Rename a thing")
async def rename_thing(tx: Tx, thing_id: int, body: Rename, if_match: int) -> Thing:
    """Rename a thing."""
    found = await tx.first(
        sql(
            "update thing set name = %(name)s, version = version + 1"
            " where id = %(id)s and version = %(version)s returning *"
        ),
        Thing,
        id=thing_id,
        name=body.name,
        version=if_match,
    )
    if found is None:
        raise Stale(kind="thing")
    tx.record("thing", thing_id, after=found)
    return found


@delete("/things/{thing_id:int}", permission="test.edit", summary="Remove a thing")
async def remove_thing(tx: Tx, thing_id: int) -> None:
    """Remove a thing."""
    await tx.run(sql("delete from thing where id = %(id)s"), id=thing_id)
    tx.record("thing", thing_id)


@post("/sales", permission=SIGNED_IN, summary="Sell", refusals=(SoldOut,))
async def sell(tx: Tx, body: NewThing) -> None:
    """Refuse, fail or break, as the name says."""
    await tx.run(sql("insert into thing (name) values (%(name)s)"), name=body.name)
    match body.name:
        case "refuse":
            raise SoldOut(free=3)
        case "count":
            raise Counted
        case "fail":
            raise Unavailable("the carrier is away", retry_after_s=7)
        case "forget":
            return
        case "taken":
            raise UniqueViolation
        case _:
            raise ZeroDivisionError


async def add_together(tx: Tx, asked: Sequence[Asked[NewThing]]) -> list[Thing | Refusal]:
    """Add the things of several callers in one statement; one that is sold out spoils no other."""
    if any(one.body.name == "break" for one in asked):
        raise ZeroDivisionError
    found: list[Thing | Refusal] = []
    for one in asked:
        if one.body.name == "refuse":
            found.append(SoldOut(free=3))
            continue
        made = await tx.one(
            sql("insert into thing (name, size) values (%(name)s, pg_current_xact_id()::text::int) returning *"),
            Thing,
            name=one.body.name,
        )
        tx.record("thing", made.id, after=made, actor=one.scope.actor)
        found.append(made)
    return found


@post("/heaps", permission="test.edit", summary="Add a thing with others", refusals=(SoldOut,), together=add_together)
async def add_to_heap(tx: Tx, scope: Scope, body: NewThing) -> Thing:
    """Add a thing alone; its size tells the transaction."""
    (result,) = await add_together(tx, [Asked(scope, body)])
    if isinstance(result, Refusal):
        raise result
    return result


@post("/echo", permission=PUBLIC, summary="Say who calls", status=200, is_audited=False)
async def echo(tx: Tx, scope: Scope | None, request: Connection) -> Answer[dict[str, str]]:
    """Say who calls."""
    who = "nobody" if scope is None else scope.actor.name
    trace = tx.actor.trace_id if tx.actor else ""
    said = {"who": who, "address": request.address, "agent": request.user_agent, "trace": trace}
    return Answer(said, {"X-Extra": "yes"})


ROUTES: tuple[Route, ...] = (add_thing, list_things, read_thing, rename_thing, remove_thing, sell, add_to_heap, echo)  # type: ignore[assignment]


async def identify(_: Tx, connection: Connection) -> Scope | None:
    """Know the manager and the deputy, who may do all, and the viewer."""
    every = {"test.read", "test.edit"}
    rights = {"manager": every, "deputy": every, "viewer": {"test.read"}}.get(connection.token or "")
    if rights is None:
        return None
    actor = Actor(PARTY, 7, connection.token or "")
    return Scope(actor, 1, PARTY, 2, (1,), (PARTY,), (2,), frozenset(rights))


@pytest.fixture
async def shop(committing: Database) -> Database:
    """Give a database with the table of things."""
    async with committing.begin() as tx:
        await tx.connection.execute(
            "create table thing (id int generated always as identity primary key, name text not null,"
            " size int not null default 0, version int not null default 1)"
        )
    return committing


@pytest.fixture
def make_client(shop: Database) -> Callable[..., httpx.AsyncClient]:
    def make(caller: str, *, must_audit: bool = False) -> httpx.AsyncClient:
        app = create_app(Edge(shop, identify, must_audit=must_audit), ROUTES, version="0")
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app),
            base_url="http://test/api/v1",
            headers={"Accept-Language": "en"} | ({"Authorization": f"Bearer {caller}"} if caller else {}),
        )

    return make


@pytest.fixture
async def client(make_client: Callable[..., httpx.AsyncClient]) -> AsyncIterator[httpx.AsyncClient]:
    """Call as the manager."""
    async with make_client("manager") as client:
        yield client


@pytest.fixture
def things(shop: Database) -> Callable[[], Awaitable[list[str]]]:
    """Read the names of the things that stand."""

    async def read() -> list[str]:
        async with shop.begin() as tx:
            return await tx.values(sql("select name from thing order by id"), str)

    return read
