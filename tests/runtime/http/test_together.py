"""Requests of the same moment in one transaction: each with its own answer, its own refusal and its own name."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from lingqu.runtime.db import Database
from tests.runtime.http.conftest import sql
from tests.runtime.http.test_edge import refusal

Things = Callable[[], Awaitable[list[str]]]


def _as(caller: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {caller}"} if caller else {"Authorization": ""}


async def _heap(client: httpx.AsyncClient, *asked: tuple[str, str], **headers: str) -> list[httpx.Response]:
    return await asyncio.gather(
        *(client.post("/heaps", json={"name": name}, headers=_as(caller) | headers) for caller, name in asked)
    )


async def test_those_of_one_moment_share_a_transaction_and_each_change_names_who_made_it(
    make_client: Callable[..., httpx.AsyncClient], shop: Database
) -> None:
    async with make_client("manager", must_audit=True) as client:
        answers = await _heap(
            client, *[("manager", f"m{n}") for n in range(6)], *[("deputy", f"d{n}") for n in range(6)]
        )
    assert [answer.status_code for answer in answers] == [201] * 12
    assert [answer.json()["name"] for answer in answers] == [f"m{n}" for n in range(6)] + [f"d{n}" for n in range(6)]
    assert len({answer.json()["size"] for answer in answers}) < 12  # fewer transactions than requests
    async with shop.begin() as tx:
        rows = await tx.tuples(
            sql("select after ->> 'name', actor_name, trace_id from runtime.audit where kind = 'thing' order by 1")
        )
    traces = {answer.json()["name"]: answer.headers["x-trace-id"] for answer in answers}
    who = {"m": "manager", "d": "deputy"}
    assert rows == [(name, who[name[0]], trace) for name, trace in sorted(traces.items())]


async def test_who_may_not_or_is_refused_spoils_no_neighbour(client: httpx.AsyncClient, things: Things) -> None:
    answers: list[Any] = await _heap(
        client, ("manager", "a"), ("viewer", "b"), ("manager", "refuse"), ("", "c"), ("deputy", "d"), ("manager", "")
    )
    assert [answer.status_code for answer in answers] == [201, 403, 409, 401, 201, 422]
    refusal(answers[1], 403, "common.forbidden")
    refusal(answers[2], 409, "common.test-sold-out")
    refusal(answers[3], 401, "common.not-signed-in")
    refusal(answers[5], 422, "common.invalid")
    assert sorted(await things()) == ["a", "d"]


async def test_a_bug_hits_its_own_request_alone(client: httpx.AsyncClient, things: Things) -> None:
    answers = await _heap(client, ("manager", "a"), ("manager", "break"), ("deputy", "b"), ("manager", "c"))
    assert [answer.status_code for answer in answers] == [201, 500, 201, 201]
    assert sorted(await things()) == ["a", "b", "c"]


async def test_one_with_a_key_is_done_once(client: httpx.AsyncClient, things: Things) -> None:
    key = {"Idempotency-Key": "heap-1"}
    (first,) = await _heap(client, ("manager", "a"), **key)
    (again,) = await _heap(client, ("manager", "a"), **key)
    (other,) = await _heap(client, ("manager", "b"), **key)
    assert (first.status_code, again.headers["idempotent-replayed"]) == (201, "true")
    assert again.json() == first.json()
    refusal(other, 422, "common.key-reused")
    assert await things() == ["a"]
