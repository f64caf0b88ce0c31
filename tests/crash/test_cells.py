"""Goods and money cross cells while sessions of PostgreSQL are killed: books and stock are exact afterwards."""

import asyncio
import os
import random
import secrets
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import psycopg
import pytest
from msgspec.structs import replace

from lingqu.kernel.errors import Refusal, Unavailable
from lingqu.modules.network.api import NewNode, add_nodes
from lingqu.modules.orders.queries import read_order
from lingqu.modules.stock.receive_transfer import receive_transfer
from lingqu.modules.stock.request_transfer import NewTransfer, NewTransferLine, request_transfer
from lingqu.modules.stock.ship_transfer import ship_transfer
from lingqu.modules.stock.transfers import Part, read_transfer
from lingqu.roles.install import initialise
from lingqu.runtime.db import Database
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.postgres import PostgresEngine
from tests.orders.life import Life
from tests.orders.trade import NOW, Trade, build_trade

Answer = TypeVar("Answer")

_STOCK = 5_000
_MONEY = 10_000_000
_KILLS = 8
_LANES = 3


@pytest.fixture
async def trade() -> AsyncIterator[Trade]:
    """Give the trade on a durable server of its own: one that forgets on a crash proves nothing."""
    home = Home(Path(tempfile.gettempdir()) / f"lingqu-cells-{secrets.token_hex(4)}")
    engine = PostgresEngine(home)
    await asyncio.to_thread(engine.install)
    await asyncio.to_thread(engine.start)
    url = await asyncio.to_thread(engine.create_database, "cells")
    await asyncio.to_thread(initialise, url, cells=4, report=lambda _: None)
    clock = [NOW]
    database = Database(url, size=_LANES * 3, clock=lambda: clock[0])
    await database.open()
    async with database.begin(now=NOW) as tx:
        trade = await build_trade(tx, database, clock)
    yield trade
    await trade.intake.drain()
    await database.close()
    await asyncio.to_thread(engine.stop)
    shutil.rmtree(home.postgres.resolve())
    shutil.rmtree(home.path)


class Crossing:
    """Orders from cell 1 to a buyer in cell 2, and transfers from cell 1 to a node in cell 3, again and again."""

    def __init__(self, trade: Trade) -> None:
        self.trade = trade
        self.stop = asyncio.Event()
        self.done = 0
        self.stepped = asyncio.Event()
        self.placed: list[UUID] = []
        self.received: list[UUID] = []

    async def whole(self, attempt: Any, seen: Any) -> None:
        """Take a step until it is seen to be taken: its answer may have got lost with its session."""
        while True:
            try:
                await attempt()
            except Unavailable:
                await asyncio.sleep(0.05)
            except Refusal:
                if not await self.sure(seen):
                    raise
                return
            else:
                self.done += 1
                self.stepped.set()
                return

    async def sure(self, read: Any) -> Any:
        """Read until there is an answer."""
        while True:
            with suppress(Unavailable):
                return await read()
            await asyncio.sleep(0.05)

    async def orders(self) -> None:
        while not self.stop.is_set():
            await self._order()

    async def transfers(self, scope: Any, here: int, there: int) -> None:
        while not self.stop.is_set():
            await self._transfer(scope, here, there)

    async def _order(self) -> None:
        trade, buyer, key = self.trade, self.trade.buyers[1], self.trade.new_key()
        placed: list[UUID] = []

        async def place() -> None:
            order = trade.order((0, 3))
            placed.append((await trade.intake.place(scope=trade.scope(buyer), key=key, order=order)).id)

        await self.whole(place, _no)
        life = Life(trade, placed[-1], buyer=1)
        self.placed.append(life.id)

        async def is_past(*before: str) -> bool:
            return (await life.read(buyer)).status not in before

        await self.whole(life.confirm, lambda: is_past("placed"))
        await self.whole(life.ship, lambda: is_past("placed", "confirmed"))
        shipment = (await self.sure(lambda: life.read(buyer))).shipments[0].id
        await self.whole(lambda: life.receive(shipment), lambda: is_past("placed", "confirmed", "shipped"))
        self.received.append(life.id)

    async def _transfer(self, scope: Any, here: int, there: int) -> None:
        trade = self.trade
        made: list[UUID] = []
        lines = [NewTransferLine(sku_id=trade.skus[1], quantity=2)]
        new = NewTransfer(from_node_id=here, to_node_id=there, lines=lines)

        async def ask() -> None:
            made.append((await trade.run(lambda tx: request_transfer(tx, scope=scope, new=new))).id)

        async def read() -> Any:
            return await trade.run(lambda tx: read_transfer(tx, scope=scope, transfer_id=made[-1]))

        async def step(use_case: Any) -> None:
            version, parts = (await read()).version, [Part(line_no=1, quantity=2)]
            await trade.run(lambda tx: use_case(tx, scope=scope, transfer_id=made[-1], parts=parts, if_match=version))

        async def moved(field: str) -> bool:
            return getattr((await read()).lines[0], field) == 2

        await self.whole(ask, _no)
        await self.whole(lambda: step(ship_transfer), lambda: moved("shipped"))
        await self.whole(lambda: step(receive_transfer), lambda: moved("received"))


async def _no() -> bool:
    return False


async def kill_sessions(crossing: Crossing, url: str, dice: random.Random) -> int:
    """Kill sessions that have a transaction open: ended by the server, or its process by `kill -9`, which ends all."""
    kills = 0
    while kills < _KILLS:
        wanted = crossing.done + 6
        while crossing.done < wanted:
            crossing.stepped.clear()
            await crossing.stepped.wait()
        await asyncio.sleep(dice.random() * 0.1)
        with suppress(psycopg.OperationalError):
            pid = await asyncio.to_thread(_victim, url, dice)
            if pid is None:
                continue
            if kills % 2:
                os.kill(pid, signal.SIGKILL)
            else:
                await asyncio.to_thread(_terminate, url, pid)
            kills += 1
    return kills


def _victim(url: str, dice: random.Random) -> int | None:
    with psycopg.connect(url, connect_timeout=5) as connection:
        rows = connection.execute(
            "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
            " and xact_start is not null and backend_type = 'client backend'"
        ).fetchall()
    return dice.choice(rows)[0] if rows else None


def _terminate(url: str, pid: int) -> None:
    with psycopg.connect(url, connect_timeout=5) as connection:
        connection.execute("select pg_terminate_backend(%s)", [pid])


async def test_books_and_stock_are_exact_across_cells(trade: Trade, capsys: pytest.CaptureFixture[str]) -> None:
    seed = secrets.randbits(32)
    with capsys.disabled():
        print(f"\nseed {seed}")  # noqa: T201 - needed to fight it again
    for sku in (0, 1):
        await trade.stock(_STOCK, sku=sku)
    prepaid = await trade.money(_MONEY, buyer=1)

    async def add_branch(tx: Any) -> int:
        new = NewNode(organization_id=trade.seller.id, home_cell=3, kind="shop", code="FAR", name="外地仓")
        (node,) = await add_nodes(tx, nodes=[new])
        return node.id

    far = await trade.run(add_branch)
    here = await trade.one("select id from network.node where organization_id = %s and id <> %s", trade.seller.id, far)
    scope = replace(trade.scope(trade.seller), cell_ids=(1, 3))
    crossing = Crossing(trade)
    url = trade.database._pool.conninfo  # noqa: SLF001 - the killer needs a session of its own
    lanes = [asyncio.create_task(crossing.orders()) for _ in range(_LANES)]
    lanes += [asyncio.create_task(crossing.transfers(scope, here, far)) for _ in range(_LANES)]
    killing = asyncio.create_task(kill_sessions(crossing, url, random.Random(seed)))
    done, _ = await asyncio.wait([killing, *lanes], return_when=asyncio.FIRST_COMPLETED)
    crossing.stop.set()
    assert done == {killing}, [task.exception() for task in done]
    await asyncio.gather(*lanes)
    assert killing.result() >= 5

    assert await crossing.sure(trade.violations) == {}
    assert await trade.one("select count(*) from orders.order") == len(crossing.placed)
    buyer = trade.scope(trade.buyers[1])
    for order_id in crossing.received:
        read = await trade.run(lambda tx, order_id=order_id: read_order(tx, scope=buyer, order_id=order_id))
        assert read.status == "completed"
    sold = 3 * len(crossing.received)
    assert sold > 0
    for sku in (0, 1):
        total = await trade.one("select sum(on_hand) from stock.balance where key & 4294967295 = %s", trade.skus[sku])
        assert total == _STOCK, "nothing was lost and nothing appeared, over all cells"
    assert await trade.on_hand(trade.key(0)) == (_STOCK - sold, 0)
    assert await trade.on_hand(trade.key(0, trade.buyers[1]), cell=2) == (sold, 0)
    moved = await trade.one("select sum(received) from stock.transfer_line")
    assert moved > 0
    assert await trade.on_hand(trade.key(1)) == (_STOCK - moved, 0)
    assert await trade.balance(prepaid) == (_MONEY - 1_000 * sold, 0)
