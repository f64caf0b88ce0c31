"""Lists: every row once, in order, whatever the page size; a cursor works only where it was given."""

import base64
import json
from collections.abc import Awaitable, Callable

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from lingqu.runtime.db import Database
from lingqu.runtime.paging import ListQuery, Sorts, list_page
from lingqu.runtime.sql import Statement
from lingqu.runtime.tx import Tx

Things = Callable[[], Awaitable[list[str]]]


async def pages(client: httpx.AsyncClient, **query: str | int) -> list[list[str]]:
    found: list[list[str]] = []
    cursor: str | None = None
    while True:
        answer = await client.get("/things", params=query | ({"cursor": cursor} if cursor else {}))
        assert answer.status_code == 200, answer.text
        body = answer.json()
        found.append([item["name"] for item in body["items"]])
        cursor = body["next"]
        if cursor is None:
            return found


@pytest.fixture
async def filled(shop: Database, client: httpx.AsyncClient) -> httpx.AsyncClient:
    async with shop.begin() as tx:
        await tx.connection.execute(
            "insert into thing (name, size) values ('b', 1), ('a', 2), ('d', 2), ('c', 2), ('a', 3)"
        )
    return client


async def test_pages_follow_each_other_and_the_last_says_so(filled: httpx.AsyncClient) -> None:
    assert await pages(filled, limit=2) == [["a", "a"], ["b", "c"], ["d"]]
    assert await pages(filled, limit=5) == [["a", "a", "b", "c", "d"]]
    assert await pages(filled, limit=2, sort="-size") == [["a", "c"], ["d", "a"], ["b"]]
    assert await pages(filled, limit=1, least_size=3) == [["a"]]
    assert await pages(filled, least_size=9) == [[]]


async def test_rows_that_come_and_go_meanwhile_move_no_other(filled: httpx.AsyncClient, shop: Database) -> None:
    first = (await filled.get("/things", params={"limit": 2})).json()
    async with shop.begin() as tx:
        await tx.connection.execute("delete from thing where name = 'a'; insert into thing (name) values ('0'), ('bb')")
    second = (await filled.get("/things", params={"limit": 2, "cursor": first["next"]})).json()
    assert [item["name"] for item in second["items"]] == ["b", "bb"]


def forged(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


async def test_a_cursor_of_another_order_or_a_forged_one_is_refused(filled: httpx.AsyncClient) -> None:
    cursor = (await filled.get("/things", params={"limit": 2})).json()["next"]
    for sort, given_cursor in (
        ("-name", cursor),
        ("size", cursor),
        ("name", cursor[:-3]),
        ("name", forged("name", "a")),
        ("name", forged("name", None, 1)),
        ("name", forged("name", ["a"], 1)),
        ("size", forged("size", "'; drop table thing; --", 1)),
        ("name", forged("name", "a", "no number")),
        ("name", "%%%"),
        ("name", "é"),
    ):
        answer = await filled.get("/things", params={"sort": sort, "cursor": given_cursor})
        assert answer.status_code == 422, given_cursor
        assert [(e["path"], e["code"]) for e in answer.json()["errors"]] == [("?cursor", "stale")]
    assert len((await filled.get("/things")).json()["items"]) == 5


class Row(Struct, frozen=True):
    id: int
    name: str


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(st.text(alphabet="abc", max_size=2), max_size=12),
    limit=st.integers(1, 5),
    order=st.sampled_from(["name", "-name"]),
)
async def test_each_row_comes_once_and_in_order(tx: Tx, names: list[str], limit: int, order: str) -> None:
    rows = list(enumerate(names))
    statement = Statement("test", "inline", "select * from unnest(%(ids)s::int[], %(names)s::text[]) as t (id, name)")
    sorts = Sorts({"name": "name"}, default=order)
    found: list[tuple[int, str]] = []
    cursor: str | None = None
    while True:
        page = await list_page(
            tx,
            statement,
            Row,
            query=ListQuery(limit=limit, cursor=cursor),
            sorts=sorts,
            ids=[number for number, _ in rows],
            names=names,
        )
        assert len(page.items) <= limit
        found += [(row.id, row.name) for row in page.items]
        cursor = page.next
        if cursor is None:
            break
    expected = sorted(rows, key=lambda row: (row[1], row[0]), reverse=order == "-name")
    assert found == expected
