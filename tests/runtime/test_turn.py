"""Turns keep processes apart, and never keep one from its work."""

import asyncio

from msgspec import Struct

from lingqu.runtime.db import Database
from lingqu.runtime.sql import Statement
from lingqu.runtime.turn import Turn


async def test_one_after_the_other(database_url: str) -> None:
    turns = [Turn(database_url, number=1, name="test") for _ in range(3)]
    order: list[str] = []

    async def work(name: str, turn: Turn) -> None:
        for _ in range(5):
            async with turn.take():
                order.append(name)
                await asyncio.sleep(0.002)
                order.append(name)

    await asyncio.gather(*(work(str(i), turn) for i, turn in enumerate(turns)))
    assert all(first == second for first, second in zip(order[::2], order[1::2], strict=True))
    for turn in turns:
        await turn.close()


async def test_whoever_waits_too_long_goes_without(database_url: str) -> None:
    first, second = (Turn(database_url, number=2, name="test") for _ in range(2))
    async with first.take(), second.take():
        pass  # the second came in while the first holds the turn
    async with second.take():
        pass
    await first.close()
    await second.close()


async def test_a_lost_connection_costs_the_turn_and_nothing_else(database_url: str, committing: Database) -> None:
    turn = Turn(database_url, number=3, name="lingqu test turn")
    async with turn.take(), committing.begin() as tx:
        await tx.connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lingqu test turn'"
        )
    done = []
    for _ in range(2):  # the first finds the connection broken, the next one has a new one
        async with turn.take():
            done.append(1)
    assert len(done) == 2
    other = Turn(database_url, number=3, name="test")
    async with turn.take():
        waited = asyncio.create_task(_hold(other))
        await asyncio.sleep(0.05)
        assert not waited.done()
    await waited
    await turn.close()
    await other.close()


async def test_without_a_database_it_is_everybodys_turn() -> None:
    turn = Turn("postgresql://nobody@127.0.0.1:1/none", number=1, name="test")
    async with turn.take():
        pass
    await turn.close()


async def _hold(turn: Turn) -> None:
    async with turn.take():
        return


async def test_a_turn_that_is_handed_over_is_the_next_ones_at_once(database_url: str) -> None:
    first, second = (Turn(database_url, number=4, name="test") for _ in range(2))
    order: list[str] = []

    async def wait() -> None:
        async with second.take():
            order.append("second begins")

    async with first.take():
        waiting = asyncio.create_task(wait())
        await asyncio.sleep(0.05)
        order.append("handed over")
        first.hand_over()
        await waiting
        order.append("first ends")
    assert order == ["handed over", "second begins", "first ends"]
    async with first.take():
        pass  # what was handed over is not given up a second time
    await first.close()
    await second.close()


class _Count(Struct, frozen=True):
    rows: int


async def test_who_waits_for_a_cell_looks_when_the_one_before_has_committed(committing: Database) -> None:
    count = Statement("tests", "count", "select count(*)::int as rows from runtime.outbox where cell_id = %(cell_id)s")
    insert = "insert into runtime.outbox (cell_id, id, body, recorded_at) values (2, gen_random_uuid(), '[]', now())"

    async def look(cell_id: int) -> int:
        async with committing.begin() as tx:
            (found,) = await tx.each_in_turn(count, _Count, [{"cell_id": cell_id}])
            assert found is not None
            return found.rows

    async with committing.begin() as tx:
        await tx.each_in_turn(count, _Count, [{"cell_id": 1}, {"cell_id": 2}])
        waiting = asyncio.create_task(look(2))
        assert await look(3) == 0, "another cell has its own turn"
        await tx.connection.execute(insert)
        assert not waiting.done()
    assert await waiting == 1
