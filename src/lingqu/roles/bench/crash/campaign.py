"""A campaign: load over HTTP, kills at random moments, and the proof at the end."""

import asyncio
import random
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import httpx
from msgspec import Struct

from lingqu.roles.bench.crash.buyers import Buyer, Mover
from lingqu.roles.bench.crash.client import Client
from lingqu.roles.bench.crash.killer import Kill, kill_again_and_again
from lingqu.roles.bench.crash.prove import Proof, prove
from lingqu.roles.bench.crash.record import Record
from lingqu.roles.bench.fair import Fair, open_fair
from lingqu.roles.bench.house import House
from lingqu.roles.transaction import bulk_database

_BUYERS_PER_DEALER = 3
_ANSWER_WITHIN_S = 20.0


class Ended(Struct, frozen=True, kw_only=True):
    """How a campaign ended."""

    kills: list[Kill]
    record: Record
    proof: Proof

    @property
    def is_ok(self) -> bool:
        """Tell whether every kill met requests and nothing was lost, doubled or half done."""
        return all(kill.in_flight for kill in self.kills) and self.proof.is_good


async def fight(house: House, *, kills: int, seed: int, report: Callable[[str], None]) -> Ended:
    """Fill the house, load it, kill its processes, let it come up again, and prove.

    Raises: StandsStill, WrongAnswer.
    """
    async with bulk_database(house.database_url) as database:
        fair = await database.run(open_fair)
    dice = random.Random(seed)  # noqa: S311 - seeded, so that a campaign can be fought again
    record = Record()
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=200)
    async with httpx.AsyncClient(
        base_url=house.address, timeout=_ANSWER_WITHIN_S, limits=limits, trust_env=False
    ) as http:
        load = [asyncio.create_task(work) for work in _load(http, fair, record, dice)]
        killing = asyncio.create_task(kill_again_and_again(house, record, count=kills, dice=dice, report=report))
        # A client that was told something wrong ends the campaign at once.
        done, _ = await asyncio.wait([*load, killing], return_when=asyncio.FIRST_COMPLETED)
        record.is_over = True
        if killing not in done:
            killing.cancel()
        ended = await asyncio.gather(killing, *load, return_exceptions=True)
        for fault in ended:
            if isinstance(fault, Exception):
                raise fault
    await asyncio.to_thread(house.wait_until_all_run)
    async with bulk_database(house.database_url) as database:
        proof = await prove(database, record)
    return Ended(kills=killing.result(), record=record, proof=proof)


def _load(
    http: httpx.AsyncClient, fair: Fair, record: Record, dice: random.Random
) -> Iterator[Coroutine[Any, Any, None]]:
    for stall in fair.stalls:
        sellers = Client(http, record, stall.token)
        yield Mover(fair, stall, sellers, seed=dice.getrandbits(32)).move()
        for dealer in stall.dealers:
            for _ in range(_BUYERS_PER_DEALER):
                mine = Client(http, record, dealer.token)
                yield Buyer(fair, stall, dealer, mine=mine, sellers=sellers, seed=dice.getrandbits(32)).trade()
