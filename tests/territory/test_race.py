"""Two grants of the same counties at the same time, a hundred times: exactly one is stored, whole."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import date
from types import SimpleNamespace

from lingqu.modules.territory.api import NewPlaces, Overlaps, grant_territory
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx

ROUNDS = 100


async def test_two_grants_at_once_store_exactly_one(
    fresh_database: Callable[[], str], build: Callable[[Tx], Awaitable[SimpleNamespace]]
) -> None:
    database = Database(fresh_database(), size=4)
    await database.open()
    async with database.begin() as tx:
        world = await build(tx)
        cursor = await tx.connection.execute("select id from identity.region where level = 'county' order by id")
        counties = [row[0] for row in await cursor.fetchall()]

    async def grant(receiver: int, regions: list[int]) -> int:
        new = NewPlaces(
            organization_id=receiver,
            product_line_id=world.milk,
            region_ids=regions,
            valid_from=date(2026, 3, 1),
        )
        try:
            await database.run(lambda tx: grant_territory(tx, scope=world.brand, new=new))
        except Overlaps:
            return 0
        return receiver

    won: Counter[int] = Counter()
    for number in range(ROUNDS):
        # They share one county and each has another of its own: the loser must leave none behind.
        first, shared, second = counties[3 * number : 3 * number + 3]
        winners = await asyncio.gather(grant(world.east, [first, shared]), grant(world.west, [shared, second]))
        assert sorted(map(bool, winners)) == [False, True]
        async with database.begin() as tx:
            cursor = await tx.connection.execute(
                "select organization_id, count(*) from territory.territory where region_id = any(%s) group by 1",
                [[first, shared, second]],
            )
            assert await cursor.fetchall() == [(max(winners), 2)]
        won[max(winners)] += 1
    await database.close()
    assert won.total() == ROUNDS
