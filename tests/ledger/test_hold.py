from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg.errors import RaiseException, SerializationFailure

from lingqu.modules.ledger.api import (
    Floor,
    Hold,
    Settlement,
    hold,
    lock_available,
    post,
    set_floor,
    settle,
    unhold,
    void,
)
from lingqu.runtime.tx import Tx

DOCUMENT = UUID("01900000-0000-7000-8000-000000000001")
OTHER = UUID("01900000-0000-7000-8000-000000000002")


async def short(tx: Tx, needs: dict[UUID, int]) -> list[UUID]:
    ids = sorted(needs)
    cursor = await tx.connection.execute(
        "select ledger.short_v1(1, %s::uuid[], %s::bigint[])", (ids, [needs[i] for i in ids])
    )
    row = await cursor.fetchone()
    assert row is not None
    return row[0]


async def test_available_is_posted_less_held_less_floor(tx: Tx, books: Any) -> None:
    await books.pay_in(tx, 500)
    await hold(tx, cell_id=1, holds=[Hold(DOCUMENT, books.prepaid, 120), Hold(OTHER, books.credit, 900)])
    missing = uuid4()

    available = await lock_available(tx, cell_id=1, account_ids=[missing, books.prepaid, books.credit])

    assert available == {missing: 0, books.prepaid: 380, books.credit: 100}


async def test_short_names_exactly_the_accounts_that_cannot_give_enough(tx: Tx, books: Any) -> None:
    await books.pay_in(tx, 500)
    missing = uuid4()

    assert await short(tx, {books.prepaid: 500, books.credit: 1000}) == []
    assert await short(tx, {books.prepaid: 501, books.credit: 1000}) == [books.prepaid]
    assert await short(tx, {books.prepaid: 500, books.credit: 1001, missing: 1}) == sorted([books.credit, missing])


async def test_holding_more_than_is_available_asks_for_a_retry_and_changes_nothing(tx: Tx, books: Any) -> None:
    with pytest.raises(SerializationFailure):
        async with tx.connection.transaction():
            await hold(tx, cell_id=1, holds=[Hold(DOCUMENT, books.credit, 1001)])

    assert await books.read(tx, books.credit) == (0, 0, -1000)


async def test_a_void_frees_whole_documents_once(tx: Tx, books: Any) -> None:
    await books.pay_in(tx, 500)
    await hold(
        tx,
        cell_id=1,
        holds=[Hold(DOCUMENT, books.prepaid, 120), Hold(DOCUMENT, books.credit, 30), Hold(OTHER, books.credit, 7)],
    )

    freed = await void(tx, cell_id=1, document_ids=[DOCUMENT])

    assert sorted((h.account_id, h.amount) for h in freed) == sorted([(books.prepaid, 120), (books.credit, 30)])
    assert await void(tx, cell_id=1, document_ids=[DOCUMENT]) == []
    assert await books.read(tx, books.prepaid) == (500, 0, 0)
    assert await books.read(tx, books.credit) == (0, 7, -1000)


async def test_a_settled_part_is_posted_and_the_rest_stays_held(tx: Tx, books: Any) -> None:
    await hold(tx, cell_id=1, holds=[Hold(DOCUMENT, books.credit, 1000)])

    await settle(
        tx,
        cell_id=1,
        settlements=[Settlement(DOCUMENT, books.credit, 250), Settlement(DOCUMENT, books.credit, 150)],
    )
    await post(tx, cell_id=1, entries=[books.entry(books.credit, books.revenue, 400, DOCUMENT)])

    assert await books.read(tx, books.credit) == (-400, 600, -1000)
    assert [h.amount for h in await void(tx, cell_id=1, document_ids=[DOCUMENT])] == [600]


async def test_settling_more_than_is_held_is_a_bug(tx: Tx, books: Any) -> None:
    await hold(tx, cell_id=1, holds=[Hold(DOCUMENT, books.credit, 10)])

    with pytest.raises(RaiseException, match="smaller than what is settled"):
        await settle(tx, cell_id=1, settlements=[Settlement(DOCUMENT, books.credit, 11)])


async def test_a_part_of_a_hold_is_freed_and_an_account_over_its_limit_keeps_it(tx: Tx, books: Any) -> None:
    await hold(tx, cell_id=1, holds=[Hold(DOCUMENT, books.credit, 1000)])
    await set_floor(tx, cell_id=1, floors=[Floor(books.credit, -500)])

    await unhold(tx, cell_id=1, settlements=[Settlement(DOCUMENT, books.credit, 300)])
    assert await books.read(tx, books.credit) == (0, 700, -700)
    await unhold(tx, cell_id=1, settlements=[Settlement(DOCUMENT, books.credit, 300)])
    assert await books.read(tx, books.credit) == (0, 400, -500)
