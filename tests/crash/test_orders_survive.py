"""Orders under load while PostgreSQL and the API are killed: what was answered stands, once, and the books add up."""

import asyncio
import json
import os
import random
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import httpx
import psycopg
import pytest
from msgspec import Struct

from lingqu.kernel.clock import system_clock
from lingqu.kernel.ids import uuid7
from lingqu.modules.identity.api import NewUser, add_users, find_built_in_roles, open_session
from lingqu.runtime.db import Database
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.ports import free_port
from lingqu.runtime.engines.postgres import PostgresEngine
from tests.orders.trade import build_trade
from tests.roles.commands.operator_desk import Operator

_BUYERS_AT_ONCE = 24
_KILLS = ("postgres", "api-1", "postgres", "api-2")
_BETWEEN_S = 1.0
_GIVE_UP_S = 60.0


class Load(Struct):
    """What the clients did: every key sent, the order each answer named, and how many wait for an answer now."""

    answered: dict[str, str] = {}
    refused: int = 0
    in_flight: int = 0
    is_over: bool = False


@pytest.fixture
def operator() -> Iterator[Operator]:
    operator = Operator()
    yield operator
    operator.leave()


def _start(operator: Operator) -> int:
    assert operator("init").returncode == 0
    port = free_port()
    up = operator("up", "--detach", "--port", str(port), LINGQU_API_PROCESSES="2")
    assert up.returncode == 0, up.stderr
    return port


def _pid(operator: Operator, name: str) -> int:
    told = json.loads(operator("status", "--json").stdout)
    return next(line["pid"] for line in told["processes"] if line["name"] == name)


async def _open(operator: Operator) -> AsyncIterator[Database]:
    database = Database(PostgresEngine(Home(operator.home)).url, size=4)
    await database.open()
    yield database
    await database.close()


async def _fill(database: Database) -> tuple[Any, list[str]]:
    """Build the trade with plenty of one SKU, little of another and money for all; sign a buyer of each dealer in."""

    async def build(tx: Any) -> Any:
        trade = await build_trade(tx, database, [system_clock()])
        roles = dict(await find_built_in_roles(tx))
        tokens = []
        for buyer in trade.buyers:
            (user_id,) = await add_users(
                tx,
                users=[
                    NewUser(
                        login=f"buyer-{buyer.id}",
                        name="Buyer",
                        party_id=buyer.party_id,
                        role_ids=(roles["dealer", "manager"],),
                        password_hash="x",
                    )
                ],
            )
            tokens.append((await open_session(tx, user_id=user_id, party_id=buyer.party_id)).token)
        return trade, tokens

    trade, tokens = await database.run(build)
    await trade.stock(1_000_000)
    await trade.stock(300, sku=1)
    for buyer in range(2):
        await trade.money(10**12, buyer=buyer)
    return trade, tokens


async def _buy(client: httpx.AsyncClient, load: Load, body: Callable[[], bytes], token: str) -> None:
    """Order after order; one that is not answered is sent again with its key until it is."""
    while not load.is_over:
        key, content = str(uuid7()), body()
        load.in_flight += 1
        async with asyncio.timeout(_GIVE_UP_S):
            while True:
                try:
                    answer = await client.post(
                        "/api/v1/orders",
                        content=content,
                        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": key},
                    )
                except httpx.HTTPError:
                    await asyncio.sleep(0.1)
                    continue
                if answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
                    break
                assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE, answer.text
                await asyncio.sleep(0.1)
        load.in_flight -= 1
        if answer.status_code == httpx.codes.CREATED:
            load.answered[key] = answer.json()["id"]
        else:
            assert answer.json()["code"] == "stock.out-of-stock", answer.text
            load.refused += 1


async def _kill_again_and_again(operator: Operator, load: Load) -> list[int]:
    """Kill one process after another under load; tell how many requests waited at each kill."""
    waiting = []
    for name in _KILLS:
        await _serves(load)
        pid = await asyncio.to_thread(_pid, operator, name)
        await asyncio.sleep(_BETWEEN_S * random.random())
        waiting.append(load.in_flight)
        os.kill(pid, signal.SIGKILL)
    await _serves(load)
    return waiting


async def _serves(load: Load) -> None:
    """Wait until fifty more orders were answered."""
    answered = len(load.answered)
    async with asyncio.timeout(_GIVE_UP_S):
        while len(load.answered) < answered + 50:  # noqa: ASYNC110 - the buyers know nothing of who watches them
            await asyncio.sleep(0.05)


async def test_what_was_answered_stands_once(operator: Operator, capsys: pytest.CaptureFixture[str]) -> None:
    port = _start(operator)
    async for database in _open(operator):
        trade, tokens = await _fill(database)
    load = Load()

    def body() -> bytes:
        sku = 1 if random.random() < 0.2 else 0
        line = {"sku_id": trade.skus[sku], "packs": random.randint(1, 3)}
        return json.dumps({"seller_id": trade.seller.id, "lines": [line]}).encode()

    limits = httpx.Limits(max_connections=_BUYERS_AT_ONCE)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", limits=limits, timeout=20) as client:
        buyers: list[Awaitable[None]] = [
            asyncio.create_task(_buy(client, load, body, tokens[i % 2])) for i in range(_BUYERS_AT_ONCE)
        ]
        try:
            waiting = await _kill_again_and_again(operator, load)
        finally:
            load.is_over = True
            await asyncio.gather(*buyers)
    assert all(waiting), f"nothing was in flight at a kill: {waiting}"
    with capsys.disabled():
        print(f"\nin flight at each kill {waiting}, answered {len(load.answered)}, refused {load.refused}")  # noqa: T201
    assert load.refused
    with psycopg.connect(PostgresEngine(Home(operator.home)).url) as connection:
        stored = {str(row[0]) for row in connection.execute("select id from orders.order").fetchall()}
        reserved = connection.execute(
            "select on_hand, reserved from stock.balance where sku_id = %s", (trade.skus[1],)
        ).fetchall()
    assert len(set(load.answered.values())) == len(load.answered), "two keys were given one order"
    assert stored == set(load.answered.values())
    assert [row[0] >= row[1] for row in reserved] == [True]
    verify = operator("verify")
    assert verify.returncode == 0, verify.stdout
    assert json.loads(verify.stdout.splitlines()[-1])["ok"] is True
