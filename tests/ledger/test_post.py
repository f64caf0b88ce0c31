from typing import Any

import msgspec
import pytest

from lingqu.modules.ledger.api import EntryState, Floor, Insufficient, Lack, fold, post, post_each, set_floor
from lingqu.runtime.tx import Tx


async def counts(tx: Tx) -> tuple[int, int, int]:
    cursor = await tx.connection.execute(
        """
        select (select count(*) from ledger.entry), (select count(*) from ledger.posting),
               (select count(*) from ledger.delta)
        """
    )
    row = await cursor.fetchone()
    assert row is not None
    return row


async def test_an_entry_moves_money_between_two_accounts(tx: Tx, books: Any) -> None:
    await books.pay_in(tx, 500)
    await post(tx, cell_id=1, entries=[books.entry(books.prepaid, books.revenue, 120)])

    assert await books.read(tx, books.prepaid) == (380, 0, 0)
    assert await books.read(tx, books.revenue) == (120, 0, None)
    assert await books.read(tx, books.cash) == (-500, 0, None)


async def test_one_entry_too_many_leaves_all_unwritten(tx: Tx, books: Any) -> None:
    entries = [books.entry(books.credit, books.revenue, 600), books.entry(books.credit, books.revenue, 401)]

    with pytest.raises(Insufficient) as refused:
        await post(tx, cell_id=1, entries=entries)

    assert [(e.path, e.facts["needed"], e.facts["available"]) for e in refused.value.errors] == [
        ("/entries/1", 401, 400)
    ]
    assert await counts(tx) == (0, 0, 0)


async def test_each_entry_gets_a_verdict_of_its_own(tx: Tx, books: Any) -> None:
    entries = [
        books.entry(books.credit, books.revenue, 600),
        books.entry(books.credit, books.revenue, 401),
        books.entry(books.cash, books.credit, 100),
        books.entry(books.credit, books.revenue, 500),
    ]

    verdicts = await post_each(tx, cell_id=1, entries=entries)

    assert verdicts == [None, Lack(books.credit, 401, 400), None, None]
    assert await books.read(tx, books.credit) == (-1000, 0, -1000)
    assert await books.read(tx, books.revenue) == (1100, 0, None)


async def test_a_batch_leaves_one_delta_per_unlocked_account_and_folding_adds_them(tx: Tx, books: Any) -> None:
    await post(tx, cell_id=1, entries=[books.entry(books.credit, books.revenue, 1) for _ in range(50)])
    await post(tx, cell_id=1, entries=[books.entry(books.credit, books.revenue, 1) for _ in range(50)])
    assert await counts(tx) == (100, 100, 2)

    assert await fold(tx, cell_id=1, limit=1) == 1
    assert await fold(tx, cell_id=1) == 1
    assert await fold(tx, cell_id=1) == 0

    assert await books.read(tx, books.revenue) == (100, 0, None)
    assert (await counts(tx))[2] == 0


async def test_a_pending_entry_changes_no_balance(tx: Tx, books: Any) -> None:
    entry = msgspec.structs.replace(books.entry(books.credit, books.revenue, 5000), state=EntryState.PENDING)
    await post(tx, cell_id=1, entries=[entry])

    assert await counts(tx) == (1, 1, 0)
    assert await books.read(tx, books.credit) == (0, 0, -1000)


async def test_a_limit_below_what_is_owed_gives_nothing_more_until_it_is_repaid(tx: Tx, books: Any) -> None:
    await post(tx, cell_id=1, entries=[books.entry(books.credit, books.revenue, 800)])
    await set_floor(tx, cell_id=1, floors=[Floor(books.credit, -500)])

    assert await books.read(tx, books.credit) == (-800, 0, -800)
    with pytest.raises(Insufficient):
        await post(tx, cell_id=1, entries=[books.entry(books.credit, books.revenue, 1)])

    await post(tx, cell_id=1, entries=[books.entry(books.cash, books.credit, 200)])
    assert await books.read(tx, books.credit) == (-600, 0, -600)
    await post(tx, cell_id=1, entries=[books.entry(books.cash, books.credit, 200)])
    assert await books.read(tx, books.credit) == (-400, 0, -500)


async def test_an_account_without_a_floor_gets_none(tx: Tx, books: Any) -> None:
    with pytest.raises(LookupError):
        await set_floor(tx, cell_id=1, floors=[Floor(books.revenue, 0)])
