from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg.errors import RaiseException, SerializationFailure

from lingqu.modules.stock.api import (
    Claim,
    Receipt,
    Released,
    expired_documents,
    find_expired,
    keep,
    lock_free,
    receive,
    release,
    reserve,
    unreserve,
)
from lingqu.runtime.tx import Tx

TODAY = date(2026, 3, 2)
DOCUMENT = UUID("01900000-0000-7000-8000-000000000001")
OTHER = UUID("01900000-0000-7000-8000-000000000002")


async def stock(tx: Tx, world: Any, *lines: tuple[int, int, str | None, date | None]) -> None:
    await receive(
        tx,
        cell_id=1,
        document_kind="opening",
        receipts=[
            Receipt(uuid4(), 1, world.here.key(sku), quantity, lot, None, expires, 100 * quantity)
            for sku, quantity, lot, expires in lines
        ],
        kind="opening",
        business_on=TODAY,
        user_id=None,
    )


async def short(tx: Tx, keys: list[int], needs: list[int], on: date = TODAY) -> list[int]:
    cursor = await tx.connection.execute("select stock.short_v1(1, %s::bigint[], %s::bigint[], %s)", (keys, needs, on))
    row = await cursor.fetchone()
    assert row is not None
    return row[0]


async def test_free_is_on_hand_less_reserved(tx: Tx, world: Any) -> None:
    await stock(tx, world, (world.tea, 50, None, None))
    tea, salt = world.here.key(world.tea), world.here.key(world.salt)

    await reserve(tx, cell_id=1, claims=[Claim(DOCUMENT, 1, tea, 20), Claim(DOCUMENT, 2, tea, 5)])

    assert await lock_free(tx, cell_id=1, keys=[salt, tea], business_on=TODAY) == {tea: 25, salt: 0}


async def test_short_names_exactly_the_keys_that_cannot_give_enough(tx: Tx, world: Any) -> None:
    await stock(tx, world, (world.tea, 50, None, None), (world.milk, 10, "L1", TODAY + timedelta(days=9)))
    milk, tea, salt = (world.here.key(sku) for sku in (world.milk, world.tea, world.salt))

    assert await short(tx, [milk, tea], [10, 50]) == []
    assert await short(tx, [milk, tea], [10, 51]) == [tea]
    assert await short(tx, [milk, tea, salt], [11, 50, 1]) == [milk, salt]


async def test_a_key_with_an_expired_lot_is_short_but_its_fresh_lots_are_free(tx: Tx, world: Any) -> None:
    await stock(
        tx,
        world,
        (world.milk, 10, "OLD", TODAY),
        (world.milk, 7, "FRESH", TODAY + timedelta(days=1)),
    )
    milk = world.here.key(world.milk)

    assert await short(tx, [milk], [1]) == [milk]
    assert await lock_free(tx, cell_id=1, keys=[milk], business_on=TODAY) == {milk: 7}
    assert await short(tx, [milk], [1], TODAY - timedelta(days=1)) == []


async def test_reserving_more_than_is_free_asks_for_a_retry_and_changes_nothing(tx: Tx, world: Any) -> None:
    await stock(tx, world, (world.tea, 3, None, None))
    tea = world.here.key(world.tea)

    with pytest.raises(SerializationFailure):
        async with tx.connection.transaction():
            await reserve(tx, cell_id=1, claims=[Claim(DOCUMENT, 1, tea, 4)])

    assert await lock_free(tx, cell_id=1, keys=[tea], business_on=TODAY) == {tea: 3}


async def test_a_release_frees_whole_documents_once(tx: Tx, world: Any) -> None:
    await stock(tx, world, (world.tea, 50, None, None), (world.salt, 5, None, None))
    tea, salt = world.here.key(world.tea), world.here.key(world.salt)
    await reserve(
        tx,
        cell_id=1,
        claims=[
            Claim(DOCUMENT, 1, tea, 20),
            Claim(DOCUMENT, 2, tea, 5),
            Claim(DOCUMENT, 3, salt, 1),
            Claim(OTHER, 1, tea, 9),
        ],
    )

    freed = await release(tx, cell_id=1, document_ids=[DOCUMENT])

    assert sorted(freed, key=lambda r: r.key) == [Released(DOCUMENT, tea, 25), Released(DOCUMENT, salt, 1)]
    assert await release(tx, cell_id=1, document_ids=[DOCUMENT]) == []
    assert await lock_free(tx, cell_id=1, keys=[tea, salt], business_on=TODAY) == {tea: 41, salt: 5}


async def test_a_line_that_is_reserved_again_holds_both(tx: Tx, world: Any) -> None:
    await stock(tx, world, (world.tea, 50, None, None))
    tea = world.here.key(world.tea)
    await reserve(tx, cell_id=1, claims=[Claim(DOCUMENT, 1, tea, 20)])
    await reserve(tx, cell_id=1, claims=[Claim(DOCUMENT, 1, tea, 3)])

    assert await release(tx, cell_id=1, document_ids=[DOCUMENT]) == [Released(DOCUMENT, tea, 23)]


async def test_expired_promises_are_found_by_key_and_by_age(tx: Tx, world: Any) -> None:
    await stock(tx, world, (world.tea, 50, None, None), (world.salt, 5, None, None))
    tea, salt = world.here.key(world.tea), world.here.key(world.salt)
    await reserve(
        tx,
        cell_id=1,
        claims=[
            Claim(DOCUMENT, 1, tea, 1, tx.now),
            Claim(OTHER, 1, salt, 1, tx.now - timedelta(hours=1)),
            Claim(uuid4(), 1, tea, 1, tx.now + timedelta(seconds=1)),
            Claim(uuid4(), 1, tea, 1, None),
        ],
    )

    assert await find_expired(tx, cell_id=1, keys=[tea]) == [DOCUMENT]
    assert await expired_documents(tx, cell_id=1) == [OTHER, DOCUMENT]
    assert await expired_documents(tx, cell_id=2) == []


async def test_a_part_of_a_line_is_freed(tx: Tx, world: Any) -> None:
    await stock(tx, world, (world.tea, 50, None, None))
    tea = world.here.key(world.tea)
    await reserve(tx, cell_id=1, claims=[Claim(DOCUMENT, 1, tea, 20)])

    await unreserve(tx, cell_id=1, claims=[Claim(DOCUMENT, 1, tea, 8)])
    with pytest.raises(RaiseException, match="less than what is freed"):
        async with tx.connection.transaction():
            await unreserve(tx, cell_id=1, claims=[Claim(DOCUMENT, 1, tea, 13)])

    assert await lock_free(tx, cell_id=1, keys=[tea], business_on=TODAY) == {tea: 38}
    assert await release(tx, cell_id=1, document_ids=[DOCUMENT]) == [Released(DOCUMENT, tea, 12)]


async def test_what_is_kept_expires_no_more(tx: Tx, world: Any) -> None:
    await stock(tx, world, (world.tea, 50, None, None))
    tea = world.here.key(world.tea)
    await reserve(tx, cell_id=1, claims=[Claim(DOCUMENT, 1, tea, 1, tx.now), Claim(OTHER, 1, tea, 1, tx.now)])

    await keep(tx, cell_id=1, document_ids=[DOCUMENT])

    assert await find_expired(tx, cell_id=1, keys=[tea]) == [OTHER]
