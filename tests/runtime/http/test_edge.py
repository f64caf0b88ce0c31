"""One request through the real edge and a real database: what comes back, and what did not happen."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

Things = Callable[[], Awaitable[list[str]]]
MakeClient = Callable[..., httpx.AsyncClient]

SESSION = {"cookie": "lingqu_session=manager"}


def refusal(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert (body["status"], body["code"], body["type"]) == (status, code, f"/docs/problems/{code}")
    assert body["trace_id"]
    return body


def fields(body: dict[str, Any]) -> set[tuple[str, str]]:
    return {(error["path"], error["code"]) for error in body["errors"]}


async def test_a_thing_is_made_read_and_renamed(client: httpx.AsyncClient) -> None:
    made = await client.post("/things", json={"name": "牛奶", "size": 3})
    assert (made.status_code, made.json()) == (201, {"id": 1, "name": "牛奶", "size": 3, "version": 1})
    assert (made.headers["etag"], made.headers["cache-control"]) == ('"1"', "no-store")
    renamed = await client.patch("/things/1", json={"name": "milk"}, headers={"if-match": made.headers["etag"]})
    assert (renamed.status_code, renamed.headers["etag"]) == (200, '"2"')
    assert (await client.get("/things/1")).json()["name"] == "milk"
    assert (await client.delete("/things/1")).status_code == 204
    refusal(await client.get("/things/1"), 404, "common.not-found")


async def test_two_tabs_cannot_overwrite_each_other(client: httpx.AsyncClient, things: Things) -> None:
    await client.post("/things", json={"name": "milk"})
    tabs = [client.patch("/things/1", json={"name": name}, headers={"if-match": '"1"'}) for name in ("a", "b")]
    answers = await asyncio.gather(*tabs)
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    stale = next(answer for answer in answers if answer.status_code == 412)
    assert "Load it again" in refusal(stale, 412, "common.stale")["detail"]
    assert len(await things()) == 1


@pytest.mark.parametrize("if_match", [None, "", "*", '"x"', '"-1"', '"²"'.encode()])
async def test_an_edit_must_say_what_it_starts_from(
    client: httpx.AsyncClient, if_match: str | bytes | None, things: Things
) -> None:
    await client.post("/things", json={"name": "milk"})
    headers: dict[str, Any] = {} if if_match is None else {"if-match": if_match}
    refusal(await client.patch("/things/1", json={"name": "b"}, headers=headers), 428, "common.version-missing")
    assert await things() == ["milk"]


async def test_every_wrong_field_is_named_not_only_the_first(client: httpx.AsyncClient, things: Things) -> None:
    body = {
        "name": "",
        "size": "big",
        "colour": "red",
        "lines": [{"sku_id": 1, "quantity": 2}, {"sku_id": "x", "quantity": 0, "extra": 1}, {}],
    }
    answer = refusal(await client.post("/things", json=body), 422, "common.invalid")
    assert fields(answer) == {
        ("/name", "length"),
        ("/size", "type"),
        ("/colour", "unknown"),
        ("/lines/1/sku_id", "type"),
        ("/lines/1/quantity", "range"),
        ("/lines/1/extra", "unknown"),
        ("/lines/2/sku_id", "required"),
        ("/lines/2/quantity", "required"),
    }
    assert await things() == []


async def test_a_problem_speaks_the_readers_language(client: httpx.AsyncClient) -> None:
    body = {"name": 7}
    english = refusal(await client.post("/things", json=body), 422, "common.invalid")
    chinese = refusal(
        await client.post("/things", json=body, headers={"accept-language": "zh-CN,zh;q=0.9,en;q=0.8"}),
        422,
        "common.invalid",
    )
    assert english["title"] == "Please correct the marked fields"
    assert english["errors"] == [
        {
            "path": "/name",
            "code": "type",
            "message": "Expected str, got int.",
            "facts": {"wanted": "str", "given": "int"},
        }
    ]
    assert chinese["title"] == "请更正标出的字段"
    assert chinese["errors"][0]["message"] == "应为 str，实际为 int。"


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"nonsense", b'{"name": "a",}', b"\xff\xfe", b'{"name": "\\ud800"}', b'{"name": "a"} b'],
)
async def test_what_is_not_json_is_said_to_be_none(client: httpx.AsyncClient, raw: bytes, things: Things) -> None:
    answer = refusal(await client.post("/things", content=raw), 422, "common.invalid")
    assert fields(answer) == {("", "json")}
    assert await things() == []


@pytest.mark.parametrize("body", [[], 1, None, "x", {"name": None}, {"name": ["a"]}, {"name": "a", "lines": {}}])
async def test_another_shape_is_refused(client: httpx.AsyncClient, body: object, things: Things) -> None:
    refusal(await client.post("/things", content=json.dumps(body)), 422, "common.invalid")
    assert await things() == []


@pytest.mark.parametrize("body", [{"name": "a\x00b"}, {"name": "a", "size": 2**40}, {"name": "a", "size": 10**40}])
async def test_what_no_column_can_hold_is_the_callers_mistake_not_ours(
    client: httpx.AsyncClient, body: object, things: Things
) -> None:
    refusal(await client.post("/things", content=json.dumps(body)), 422, "common.invalid")
    assert await things() == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("limit=0", {("?limit", "range")}),
        ("limit=many", {("?limit", "type")}),
        ("limit=1&limit=2", {("?limit", "type")}),
        ("colour=red&least_size=x", {("?colour", "unknown"), ("?least_size", "type")}),
        ("sort=colour", {("?sort", "choice")}),
        ("cursor=nonsense", {("?cursor", "stale")}),
    ],
)
async def test_a_wrong_query_is_named_by_field(
    client: httpx.AsyncClient, query: str, expected: set[tuple[str, str]]
) -> None:
    assert fields(refusal(await client.get(f"/things?{query}"), 422, "common.invalid")) == expected


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "common.no-route"),
        ("GET", "/things/abc", 404, "common.no-route"),
        ("PUT", "/things", 405, "common.wrong-method"),
        ("GET", "/echo", 405, "common.wrong-method"),
    ],
)
async def test_an_address_or_method_that_does_not_exist_is_a_problem_too(
    client: httpx.AsyncClient, method: str, path: str, status: int, code: str
) -> None:
    answer = await client.request(method, path)
    refusal(answer, status, code)
    if status == 405:
        assert answer.headers["allow"]


async def test_a_body_without_end_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post("/things", content=b'{"name": "' + b"x" * (17 * 1024 * 1024) + b'"}')
    refusal(answer, 413, "common.too-large")


async def test_without_session_or_right_nothing_is_done(make_client: MakeClient, things: Things) -> None:
    for caller, status, code in (
        ("", 401, "common.not-signed-in"),
        ("stranger", 401, "common.not-signed-in"),
        ("viewer", 403, "common.forbidden"),
    ):
        async with make_client(caller) as client:
            answer = await client.post("/things", json={"name": "milk"})
            assert refusal(answer, status, code)["title"]
    assert await things() == []


async def test_a_refusal_leaves_nothing_and_says_its_facts(client: httpx.AsyncClient, things: Things) -> None:
    body = refusal(await client.post("/sales", json={"name": "refuse"}), 409, "common.test-sold-out")
    assert (body["title"], body["detail"], body["facts"]) == ("Sold out", "Only 3 left.", {"free": 3})
    assert await things() == []


async def test_a_refusal_that_counts_keeps_what_it_wrote(client: httpx.AsyncClient, things: Things) -> None:
    key = {"idempotency-key": "k1"}
    for _ in range(2):
        refusal(await client.post("/sales", json={"name": "count"}, headers=key), 401, "common.test-counted")
    assert await things() == ["count", "count"]


async def test_an_outside_fault_asks_to_come_again(client: httpx.AsyncClient, things: Things) -> None:
    answer = await client.post("/sales", json={"name": "fail"})
    assert "again in 7 s" in refusal(answer, 503, "common.unavailable")["detail"]
    assert answer.headers["retry-after"] == "7"
    assert await things() == []


async def test_a_bug_is_a_500_that_tells_only_its_number(
    client: httpx.AsyncClient, things: Things, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await client.post("/sales", json={"name": "break"})
    body = refusal(answer, 500, "common.broken")
    assert body["trace_id"] in body["detail"]
    assert "ZeroDivision" not in answer.text
    assert "bug in sell" in caplog.text
    assert await things() == []


async def test_the_second_of_one_moment_is_told_so(client: httpx.AsyncClient, things: Things) -> None:
    refusal(await client.post("/sales", json={"name": "taken"}), 409, "common.just-taken")
    assert await things() == []


async def test_a_write_that_records_no_change_is_a_bug_where_asked(make_client: MakeClient, things: Things) -> None:
    async with make_client("manager", must_audit=True) as strict:
        refusal(await strict.post("/sales", json={"name": "forget"}), 500, "common.broken")
        assert (await strict.post("/things", json={"name": "milk"})).status_code == 201
        assert (await strict.post("/echo")).status_code == 200
    assert await things() == ["milk"]


async def test_the_callers_trace_goes_on(client: httpx.AsyncClient) -> None:
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    answer = await client.post(
        "/echo", headers={"traceparent": f"00-{trace}-00f067aa0ba902b7-01", "user-agent": "till"}
    )
    assert answer.json() == {"who": "manager", "address": "127.0.0.1", "agent": "till", "trace": trace}
    assert (answer.headers["x-trace-id"], answer.headers["x-extra"]) == (trace, "yes")


async def test_a_cookie_serves_our_own_pages_and_no_other_site(make_client: MakeClient) -> None:
    async with make_client("") as client:
        assert (await client.post("/echo")).json()["who"] == "nobody"
        for site, status in ((None, 200), ("same-origin", 200), ("none", 200), ("cross-site", 403), ("same-site", 403)):
            headers = SESSION | ({} if site is None else {"sec-fetch-site": site})
            answer = await client.post("/echo", headers=headers)
            assert answer.status_code == status, site
        assert (await client.get("/things", headers=SESSION | {"sec-fetch-site": "cross-site"})).status_code == 200


async def test_readiness_follows_the_database(client: httpx.AsyncClient) -> None:
    assert (await client.get("http://test/readyz")).json() == {"status": "ok"}
    assert (await client.get("http://test/livez")).json() == {"status": "ok"}
