"""Turns keep processes apart, and never keep one from its work."""

import asyncio

from lingqu.runtime.db import Database
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
