"""Load the whole product evenly for a while and look at it once a minute."""

import asyncio
import random
import time
from collections.abc import Callable

import httpx
import psycopg
from msgspec import Struct

from lingqu.roles.bench.crash.campaign import load
from lingqu.roles.bench.crash.prove import Proof, prove
from lingqu.roles.bench.crash.record import Record
from lingqu.roles.bench.fair import open_fair
from lingqu.roles.bench.house import House
from lingqu.roles.bench.soak.judge import Minute, faults, minute_of
from lingqu.roles.bench.soak.memory import look
from lingqu.roles.bench.soak.work import look_at_work
from lingqu.roles.bench.soak.yardstick import paces_until
from lingqu.roles.transaction import bulk_database

_ANSWER_WITHIN_S = 30.0
_LONG_ENOUGH_S = 60.0
_MB = 1024 * 1024


class Soaked(Struct, frozen=True, kw_only=True):
    """How a soak went; ``bytes_per_order`` is what the database grew by, all that goes with an order included."""

    minutes: list[Minute]
    minute_s: float
    bytes_per_order: int
    proof: Proof

    @property
    def second(self) -> Minute:
        """Give the first minute that has warmed up."""
        return self.minutes[1]

    @property
    def last(self) -> Minute:
        """Give the minute to compare it with."""
        return self.minutes[-1]

    @property
    def faults(self) -> list[str]:
        """Say what got worse, or is wrong in the books."""
        found = faults(self.second, self.last, is_timed=self.minute_s >= _LONG_ENOUGH_S)
        return found if self.proof.is_good else [*found, f"not proven: {self.proof}"]


async def soak(house: House, *, minutes: int, minute_s: float, seed: int, report: Callable[[str], None]) -> Soaked:
    """Fill the house, load it for so many minutes, and prove the books.

    Raises: WrongAnswer.
    """
    async with bulk_database(house.database_url) as database:
        fair = await database.run(open_fair)
    record, dice = Record(), random.Random(seed)  # noqa: S311 - a seeded load, not a secret
    size = _database_bytes(house)
    seen: list[Minute] = []
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=200)
    async with httpx.AsyncClient(
        base_url=house.address, timeout=_ANSWER_WITHIN_S, limits=limits, trust_env=False
    ) as http:
        crowd = [asyncio.create_task(work) for work in load(http, fair, record, dice)]
        for number in range(1, minutes + 1):
            seen.append(await _minute(house, record, crowd, minute_s))
            report(_line(number, seen[-1]))
        record.is_over = True
        await asyncio.gather(*crowd)
    async with bulk_database(house.database_url) as database:
        proof = await prove(database, record)
    grown = _database_bytes(house) - size
    return Soaked(minutes=seen, minute_s=minute_s, bytes_per_order=grown // max(proof.orders, 1), proof=proof)


async def _minute(house: House, record: Record, crowd: "list[asyncio.Task[None]]", minute_s: float) -> Minute:
    started, orders = time.monotonic(), len(record.acknowledged)
    first, before = len(record.took), await asyncio.to_thread(look_at_work, house)
    is_over = asyncio.Event()
    paces = asyncio.create_task(paces_until(is_over))
    done, _ = await asyncio.wait(crowd, timeout=minute_s, return_when=asyncio.FIRST_EXCEPTION)
    is_over.set()
    for task in done:
        task.result()
    took = [seconds for at, seconds in record.took[first:] if at >= started]
    worked = (await asyncio.to_thread(look_at_work, house)).since(before)
    return minute_of(
        took,
        orders=len(record.acknowledged) - orders,
        cpu_s=worked.product,
        others_share=worked.others_share,
        pace=await paces,
        memory=await asyncio.to_thread(look, house),
    )


def _database_bytes(house: House) -> int:
    with psycopg.connect(house.database_url) as connection:
        row = connection.execute("select pg_database_size(current_database())").fetchone()
    return 0 if row is None else int(row[0])


def _line(number: int, minute: Minute) -> str:
    memory = ", ".join(f"{name} {used.private // _MB}/{used.pss // _MB}" for name, used in minute.memory.items())
    return (
        f"minute {number}: {minute.orders} orders, {minute.requests} requests, p99 {minute.p99_ms} ms,"
        f" {minute.cpu_ms_per_order} ms of CPU per order, {minute.others_share:.0%} of the machine taken by others,"
        f" pace {minute.pace}; MB private/PSS: {memory}"
    )
