"""Idempotency-Key: the same request has the same answer and one effect, however often and however fast it comes."""

import asyncio
from collections.abc import Awaitable, Callable

import httpx
import pytest

Things = Callable[[], Awaitable[list[str]]]

KEY = {"idempotency-key": "0190a8f0-0000-7000-8000-000000000001"}


async def test_the_same_key_and_body_give_the_same_answer(client: httpx.AsyncClient, things: Things) -> None:
    first = await client.post("/things", json={"name": "milk"}, headers=KEY)
    again = await client.post("/things", json={"name": "milk"}, headers=KEY)
    assert (again.status_code, again.content) == (201, first.content)
    assert "idempotent-replayed" not in first.headers
    assert again.headers["idempotent-replayed"] == "true"
    assert await things() == ["milk"]


async def test_another_body_or_another_address_is_refused(client: httpx.AsyncClient, things: Things) -> None:
    await client.post("/things", json={"name": "milk"}, headers=KEY)
    for path, body in (("/things", {"name": "tea"}), ("/sales", {"name": "milk"})):
        answer = await client.post(path, json=body, headers=KEY)
        assert (answer.status_code, answer.json()["code"]) == (422, "common.key-reused")
    assert await things() == ["milk"]


async def test_twenty_at_once_have_one_effect(client: httpx.AsyncClient, things: Things) -> None:
    answers = await asyncio.gather(*(client.post("/things", json={"name": "milk"}, headers=KEY) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("idempotent-replayed" not in answer.headers for answer in answers) == 1
    assert await things() == ["milk"]


async def test_a_refusal_stores_nothing_so_the_key_may_be_used_again(client: httpx.AsyncClient, things: Things) -> None:
    for _ in range(2):
        answer = await client.post("/sales", json={"name": "refuse"}, headers=KEY)
        assert (answer.status_code, answer.json()["code"]) == (409, "common.test-sold-out")
        assert "idempotent-replayed" not in answer.headers
    assert (await client.post("/things", json={"name": "milk"}, headers=KEY)).status_code == 201
    assert await things() == ["milk"]


@pytest.mark.parametrize("key", ["", "a b", "x" * 201, "键".encode(), "a\tb"])
async def test_a_key_of_another_form_is_refused(client: httpx.AsyncClient, key: str | bytes, things: Things) -> None:
    answer = await client.post("/things", json={"name": "milk"}, headers={"idempotency-key": key})  # type: ignore[dict-item]
    assert (answer.status_code, answer.json()["code"]) == (400, "common.key-missing")
    assert await things() == []


async def test_without_a_key_each_request_counts(client: httpx.AsyncClient, things: Things) -> None:
    for _ in range(2):
        await client.post("/things", json={"name": "milk"})
    assert await things() == ["milk", "milk"]
