"""A rush: 200 buyers want one each of a stock of 50, at the same moment, from two API processes.

Every second buyer comes through the bulk endpoint. Of the 50, 10 are promised to an order whose time has run out and
that nobody has swept. Exactly 50 must be accepted and 150 refused for lack of stock; anything else is an error.
"""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import httpx
import msgspec
import psutil
from msgspec import Struct

from lingqu.kernel.clock import system_clock
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.orders.api import Intake, Keyed, NewLine, NewOrder
from lingqu.roles.bench.crowd import Crowd, gather_crowd
from lingqu.roles.bench.goods import lay_out
from lingqu.roles.bench.stage import Stage
from lingqu.roles.transaction import bulk_database
from lingqu.runtime.db import Database
from lingqu.runtime.http.app import PREFIX

BUYERS = 200
STOCK = 50
SLEEPING = 10

_AGO = timedelta(hours=2)
_TIMEOUT_S = 60.0
_OUT_OF_STOCK = "stock.out-of-stock"


class Rush(Struct, frozen=True, kw_only=True):
    """How a rush ended. ``errors`` names whatever was neither accepted nor refused for lack of stock, with its count.

    ``connections`` counts how many of the buyers each API process had.
    """

    accepted: int
    refused: int
    errors: dict[str, int]
    connections: list[int]

    @property
    def is_right(self) -> bool:
        """Tell whether exactly the stock was sold, and every process had a part in it."""
        return (self.accepted, self.refused, self.errors) == (STOCK, BUYERS - STOCK, {}) and all(self.connections)


async def open_shop(url: str) -> Crowd:
    """Make the seller and the crowd."""
    async with bulk_database(url) as database:
        return await database.run(lambda tx: gather_crowd(tx, size=BUYERS))


async def rush(place: Stage, crowd: Crowd) -> Rush:
    """Lay out the stock, put a part of it under a promise that has run out, and let the buyers in."""
    async with bulk_database(place.database_url) as database:
        await database.run(lambda tx: lay_out(tx, seller=crowd.seller, amounts={crowd.sku_id: STOCK}))
    await _promise(place.database_url, crowd)
    limits = httpx.Limits(max_connections=BUYERS, max_keepalive_connections=BUYERS)
    async with httpx.AsyncClient(base_url=place.address, timeout=_TIMEOUT_S, limits=limits, trust_env=False) as client:
        await asyncio.gather(*(client.get("/livez") for _ in range(BUYERS)))
        connections = [_connections(pid) for pid in place.pids]
        verdicts = await asyncio.gather(*(_buy(client, crowd, number) for number in range(BUYERS)))
    found = Counter(verdicts)
    accepted, refused = found.pop("accepted", 0), found.pop(_OUT_OF_STOCK, 0)
    return Rush(accepted=accepted, refused=refused, errors=dict(found), connections=connections)


async def _promise(url: str, crowd: Crowd) -> None:
    """Place the sleeper's order two hours ago: its approval, and so its promise, ran out one hour ago."""
    database = Database(url, clock=lambda: system_clock() - _AGO)
    await database.open()
    intake = Intake(database)
    sleeper = crowd.sleeper
    scope = Scope(
        actor=Actor(sleeper.party_id),
        organization_id=sleeper.id,
        party_id=sleeper.party_id,
        cell_id=sleeper.home_cell,
        organization_ids=(sleeper.id,),
        party_ids=(sleeper.party_id,),
        cell_ids=(sleeper.home_cell,),
        permissions=frozenset({"orders.place"}),
    )
    placed = await intake.place(scope=scope, key=str(uuid7(at=database.clock())), order=_order(crowd, SLEEPING))
    await intake.drain()
    await database.close()
    if placed.expires_at is None or placed.expires_at > system_clock():
        raise AssertionError("the promise should have run out")


async def _buy(client: httpx.AsyncClient, crowd: Crowd, number: int) -> str:
    """Buy one as one of the buyers; say `accepted`, or the code of what went wrong."""
    key, order = str(uuid7()), _order(crowd, 1)
    headers = {"Authorization": f"Bearer {crowd.tokens[number]}", "Content-Type": "application/json"}
    is_bulk = number % 2 == 1
    path = f"{PREFIX}/orders/batch" if is_bulk else f"{PREFIX}/orders"
    body: Any = {"items": [Keyed(key=key, order=order)]} if is_bulk else order
    try:
        response = await client.post(
            path, content=msgspec.json.encode(body), headers=headers if is_bulk else headers | {"Idempotency-Key": key}
        )
    except httpx.TransportError as error:
        return repr(error)
    answer = response.json()
    if not response.is_success:
        return str(answer.get("code", response.status_code))
    if not is_bulk:
        return "accepted"
    (item,) = answer["items"]
    return "accepted" if item["refused"] is None else str(item["refused"]["code"])


def _order(crowd: Crowd, packs: int) -> NewOrder:
    return NewOrder(seller_id=crowd.seller.id, lines=[NewLine(sku_id=crowd.sku_id, packs=packs)])


def _connections(pid: int) -> int:
    """Count the buyers that a process has; a connection to the database is none."""
    open_now = psutil.Process(pid).net_connections("tcp")
    ports = {one.laddr.port for one in open_now if one.status == psutil.CONN_LISTEN}
    return sum(one.status == psutil.CONN_ESTABLISHED and one.laddr.port in ports for one in open_now)
