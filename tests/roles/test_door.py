"""The lean door answers as the application does, whatever is sent to it."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import msgspec
import pytest
from msgspec import Struct

from lingqu.kernel.errors import Refusal
from lingqu.kernel.ids import uuid7
from lingqu.modules.identity.api import end_user_sessions
from lingqu.modules.orders.api import Intake, Shelf
from lingqu.roles.api import routes
from lingqu.roles.bench.crowd import Crowd, gather_crowd
from lingqu.roles.door import table
from lingqu.roles.identify import identify
from lingqu.roles.rights import Rights
from lingqu.runtime.db import Database
from lingqu.runtime.engines.ports import free_port
from lingqu.runtime.http import door as door_module
from lingqu.runtime.http.app import create_app
from lingqu.runtime.http.door import Door
from lingqu.runtime.http.edge import Edge

ORDERS = "/api/v1/orders"


class Site(Struct):
    database: Database
    crowd: Crowd
    rights: Rights
    door: Door
    port: int
    app: Any

    def order(self, packs: int = 1, **more: Any) -> dict[str, Any]:
        return {"seller_id": self.crowd.seller.id, "lines": [{"sku_id": self.crowd.sku_id, "packs": packs}]} | more

    def request(
        self, body: Any, *, who: int = 0, path: str = ORDERS, method: str = "POST", **headers: str | None
    ) -> bytes:
        content = body if isinstance(body, bytes) else msgspec.json.encode(body)
        given: dict[str, str | None] = {
            "Host": "x",
            "Authorization": f"Bearer {self.crowd.tokens[who]}",
            "Idempotency-Key": str(uuid7()),
            "Accept-Language": "en",
            "Content-Length": str(len(content)),
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in given.items() if value is not None)
        return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + content

    async def send(self, *requests: bytes) -> list[tuple[int, dict[str, Any]]]:
        """Send everything at once over one connection and read as many answers."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(b"".join(requests))
            return [await _answer(reader) for _ in requests]
        finally:
            writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, dict[str, Any]]:
    head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 20)).decode()
    fields = {k.lower(): v for k, v in (line.split(": ", 1) for line in head.split("\r\n")[1:-2])}
    body = await reader.readexactly(int(fields["content-length"]))
    return int(head[9:12]), {**msgspec.json.decode(body), "_headers": fields}


@pytest.fixture
async def site(fresh_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    monkeypatch.setattr("lingqu.roles.rights._BLIND_S", 3_600.0)  # here nobody looks but the test
    database = Database(fresh_database())
    await database.open()
    crowd = await database.run(lambda tx: gather_crowd(tx, size=3))
    intake, rights = Intake(database), Rights(database)
    await rights.look()
    door, port = Door(table(intake, Shelf(database, intake.market), rights)), free_port()
    await door.open("127.0.0.1", port)
    beside = Intake(database)
    services = {"intake": beside, "shelf": Shelf(database, beside.market)}
    app = create_app(Edge(database, identify, services=services), routes(), version="0")
    yield Site(database, crowd, rights, door, port, app)
    await door.close()
    await intake.drain()
    await database.close()


async def _stock(site: Site, quantity: int) -> None:
    async with site.database.begin() as tx:
        await tx.connection.execute(
            "insert into stock.balance (cell_id, key, bin_id, sku_id, on_hand) values (%s, %s, %s, %s, %s)",
            (site.crowd.seller.home_cell, site.crowd.key, site.crowd.key >> 32, site.crowd.sku_id, quantity),
        )


async def test_an_order_is_placed_once_and_its_answer_repeated(site: Site) -> None:
    await _stock(site, 5)
    request = site.request(site.order(2))
    for _ in range(2):  # the second time from memory
        (status, answer), (again, repeated) = await site.send(request, request)
        assert (status, again) == (201, 201)
        assert answer["id"] == repeated["id"]
        assert answer["_headers"]["etag"] == '"1"'
    key = str(uuid7())
    ((first, _), (other, refused)) = await site.send(
        site.request(site.order(1), Idempotency_Key=key), site.request(site.order(2), Idempotency_Key=key)
    )
    assert (first, other, refused["code"]) == (201, 422, "common.key-reused")
    ((status, refused),) = await site.send(site.request(site.order(3)))
    assert (status, refused["code"]) == (409, "stock.out-of-stock")


def _refusals() -> list[Refusal]:
    return [one for one in gc.get_objects() if isinstance(one, Refusal)]


async def test_a_refused_order_leaves_nothing_for_the_collector(site: Site) -> None:
    headers = {"Authorization": f"Bearer {site.crowd.tokens[0]}", "Accept-Language": "en"}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=site.app), base_url="http://x", headers=headers
    ) as client:

        async def refused_twice() -> None:
            for _ in range(2):  # the second time from memory
                ((status, _),) = await site.send(site.request(site.order(1)))
                there = await client.post(
                    ORDERS,
                    content=msgspec.json.encode(site.order(1)),
                    headers={**headers, "Idempotency-Key": str(uuid7())},
                )
                assert (status, there.status_code) == (409, 409)

        await refused_twice()
        gc.collect()
        gc.disable()
        try:
            await refused_twice()
            for _ in range(500):
                if not _refusals():
                    break
                await asyncio.sleep(0.02)  # the last batch's task is about to end
            assert _refusals() == []
        finally:
            gc.enable()


async def test_many_orders_in_one_request(site: Site) -> None:
    await _stock(site, 3)
    items = [{"key": str(uuid7()), "order": site.order(2)}, {"key": "any form", "order": site.order(2)}]
    ((status, answer),) = await site.send(site.request({"items": items}, path=f"{ORDERS}/batch"))
    assert (status, answer["done_count"], answer["refused_count"]) == (200, 1, 1)


async def test_a_shelf_is_read_as_by_the_application(site: Site) -> None:
    await _stock(site, 5)
    asked = f"seller_id={site.crowd.seller.id}&sku_ids={site.crowd.sku_id}"
    queries = [
        asked,
        "",
        "seller_id=x&sku_ids=1",
        f"{asked}&what=1",
        f"{asked}&sku_ids=2",
        "seller_id=999999&sku_ids=1",
    ]
    headers = {"Authorization": f"Bearer {site.crowd.tokens[0]}", "Accept-Language": "en"}
    statuses = []
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=site.app), base_url="http://x") as client:
        for query in queries:
            ((status, here),) = await site.send(site.request(b"", path=f"/api/v1/shelf?{query}", method="GET"))
            there = await client.get(f"/api/v1/shelf?{query}", headers=headers)
            assert status == there.status_code
            statuses.append(status)
            left_out = {"_headers", "trace_id", "as_of"}
            assert {k: v for k, v in here.items() if k not in left_out} == {
                k: v for k, v in there.json().items() if k not in left_out
            }
    assert statuses == [200, 422, 422, 422, 422, 403]
    ((status, answer),) = await site.send(site.request(b"", path=f"/api/v1/shelf?{asked}", method="GET"))
    assert (status, answer["items"][0]["free"]) == (200, 5)


async def test_what_is_refused_is_refused_as_by_the_application(site: Site) -> None:
    bad: list[tuple[Any, dict[str, str | None]]] = [
        (b"{", {}),
        (b"", {}),
        (b'{"seller_id": 1, "lines": []}', {}),
        (site.order(0), {}),
        (site.order(1, surprise=1), {}),
        (site.order(1, seller_id=999_999), {}),
        (site.order(1, buyer_id=999_999), {}),
        (site.order(1, requested_on="2020-01-01"), {}),
        (site.order(1, business_on="2020-01-01"), {}),
        (site.order(1, expected_total_minor=7), {}),
        (site.order(1), {"Idempotency_Key": None}),
        (site.order(1), {"Idempotency_Key": "with space"}),
        (site.order(1), {"Idempotency_Key": "00000000-0000-7000-8000-000000000000"}),
        (site.order(1), {"Authorization": None}),
        (site.order(1), {"Authorization": "Bearer 0.nobody"}),
        (site.order(1), {"Authorization": "Basic abc"}),
        (site.order(1), {}),  # nothing is in stock
        (site.order(1, note="a\0b"), {}),
        (b"{", {"Authorization": "Bearer 0.nobody"}),
        (b"{", {"Authorization": None, "Idempotency_Key": None}),
    ]
    transport = httpx.ASGITransport(app=site.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        for body, more in bad:
            raw = site.request(body, **more)
            head, _, content = raw.partition(b"\r\n\r\n")
            headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
            expected = await client.post(ORDERS, content=content, headers=headers)
            ((status, answer),) = await site.send(raw)
            wanted = expected.json()
            assert status == expected.status_code >= 400, (body, more, answer, wanted)
            for field in ("code", "title", "detail", "errors", "facts"):
                assert answer.get(field) == wanted.get(field), (body, more)
            assert answer["_headers"]["content-type"] == "application/problem+json"


async def test_what_is_not_in_the_table_is_told_so(site: Site) -> None:
    answers = await site.send(
        site.request(b"", path="/api/v1/skus"),
        site.request(b"", method="DELETE"),
        site.request(b"", path=ORDERS + "?a=1"),
    )
    assert [(status, answer["code"]) for status, answer in answers] == [
        (404, "common.no-route"),
        (405, "common.wrong-method"),
        (422, "common.invalid"),
    ]


async def test_what_is_no_http_ends_the_connection(site: Site) -> None:
    for rubbish in (b"\x16\x03\x01\x02\x00", b"POST /api HTTP/9.9\r\n\r\n", b"GET\r\n\r\n"):
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(rubbish)
        status, answer = await _answer(reader)
        assert (status, answer["code"]) == (400, "common.malformed")
        assert await asyncio.wait_for(reader.read(), 5) == b""
        writer.close()


async def test_a_body_or_head_without_end_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door_module, "_MAX_BODY", 1000)
    for request in (site.request(b" " * 2000), site.request(b"", X_Long="a" * 40_000)):
        ((status, answer),) = await site.send(request)
        assert (status, answer["code"]) == (413, "common.too-large")


async def test_answers_leave_in_the_order_asked(site: Site) -> None:
    await _stock(site, 1_000)
    packs = [1 + n % 7 for n in range(60)]  # more than are read ahead
    answers = await site.send(*(site.request(site.order(n)) for n in packs))
    assert [(status, answer["total_minor"]) for status, answer in answers] == [(201, n * 1_000) for n in packs]


async def test_who_leaves_before_the_answer_costs_nobody_else_theirs(site: Site) -> None:
    await _stock(site, 1_000)
    await site.send(site.request(site.order(1)))  # from now on all is in memory
    key = str(uuid7())
    _, leaving = await asyncio.open_connection("127.0.0.1", site.port)
    leaving.write(site.request(site.order(2), Idempotency_Key=key))
    await leaving.drain()
    leaving.transport.abort()
    packs = range(3, 9)
    answers = await asyncio.gather(*(site.send(site.request(site.order(n))) for n in packs))
    assert [(one[0][0], one[0][1]["total_minor"]) for one in answers] == [(201, n * 1_000) for n in packs]
    ((status, other),) = await site.send(site.request(site.order(1), Idempotency_Key=key))
    assert (status, other["code"]) == (422, "common.key-reused"), "what was asked was done all the same"


async def test_an_answer_that_cannot_be_written_is_a_bug_told_to_its_own_caller(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _stock(site, 1_000)
    await site.send(site.request(site.order(1)))
    usual = door_module.Told

    def told(status: int, body: bytes, etag: str) -> door_module.Told:
        if b'"total_minor":2000' in body:
            raise ZeroDivisionError
        return usual(status, body, etag)

    monkeypatch.setattr("lingqu.roles.door.Told", told)
    answers = await asyncio.gather(*(site.send(site.request(site.order(n))) for n in (1, 2, 3)))
    assert [one[0][0] for one in answers] == [201, 500, 201]


async def test_a_body_may_come_in_pieces(site: Site) -> None:
    await _stock(site, 5)
    body = msgspec.json.encode(site.order(1))
    chunks = b"".join(b"%x\r\n%b\r\n" % (1, body[n : n + 1]) for n in range(len(body))) + b"0\r\n\r\n"
    head = site.request(b"", Content_Length=None, Transfer_Encoding="chunked")
    ((status, _),) = await site.send(head + chunks)
    assert status == 201


async def test_an_ended_session_is_forgotten_at_the_next_look(site: Site) -> None:
    await _stock(site, 5)
    request = site.request(site.order(1))
    assert [status for status, _ in await site.send(request, request)] == [201, 201]
    token = site.crowd.tokens[0]
    assert site.rights.find(token) is not None
    async with site.database.begin() as tx:
        scope = await site.rights.read(token)
        assert scope is not None
        await end_user_sessions(tx, user_id=scope.actor.user_id or 0)
    await site.rights.look()
    assert site.rights.find(token) is None
    ((status, answer),) = await site.send(site.request(site.order(1)))
    assert (status, answer["code"]) == (401, "common.not-signed-in")


async def test_a_right_taken_is_forgotten_at_the_next_look(site: Site) -> None:
    await _stock(site, 5)
    await site.send(site.request(site.order(1)))
    async with site.database.begin() as tx:
        await tx.connection.execute("update identity.role set permissions = array_remove(permissions, 'orders.place')")
        await tx.connection.execute("update identity.revision set value = gen_random_uuid()")
    await site.rights.look()
    ((status, answer),) = await site.send(site.request(site.order(1)))
    assert (status, answer["code"]) == (403, "common.forbidden")


async def test_what_was_not_looked_at_lately_does_not_count(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    token = site.crowd.tokens[0]
    assert await site.rights.read(token) is not None
    assert site.rights.find(token) is not None
    monkeypatch.setattr("lingqu.roles.rights._BLIND_S", -1.0)
    assert site.rights.find(token) is None


async def test_closing_answers_what_was_asked(site: Site) -> None:
    await _stock(site, 5)
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    writer.write(site.request(site.order(1)))
    await asyncio.sleep(0.05)
    closing = asyncio.create_task(site.door.close())
    assert (await _answer(reader))[0] == 201
    await closing
    assert await reader.read() == b""
    with pytest.raises(OSError):  # noqa: PT011 - whichever the system says
        await asyncio.open_connection("127.0.0.1", site.port)
    writer.close()


async def test_who_dribbles_is_sent_away(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door_module, "_HEAD_WITHIN_S", -1.0)
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    writer.write(b"POST /api/v1/orders HTTP/1.1\r\nHos")
    await asyncio.sleep(0.05)
    for connection in list(site.door.connections):
        connection.end_if_late(asyncio.get_running_loop().time() + 1)
    assert await asyncio.wait_for(reader.read(), 5) == b""
    writer.close()
