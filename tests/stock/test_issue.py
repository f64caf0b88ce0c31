from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from lingqu.modules.stock.api import Carry, Claim, Issue, OutOfStock, Receipt, carry, issue, lock_free, receive, reserve
from lingqu.runtime.tx import Tx

TODAY = date(2026, 3, 2)
DOCUMENT = UUID("01900000-0000-7000-8000-000000000001")


async def put(
    tx: Tx, key: int, quantity: int, *, lot: str | None = None, expires: date | None = None, cost: int
) -> None:
    receipt = Receipt(uuid4(), 1, key, quantity, lot, None, expires, cost)
    await receive(tx, cell_id=1, document_kind="receipt", receipts=[receipt], business_on=TODAY, user_id=None)


async def take(tx: Tx, *lines: Issue) -> list[tuple[int, str | None, int, int]]:
    issued = await issue(tx, cell_id=1, document_kind="order", issues=lines, business_on=TODAY, user_id=7)
    return [(part.line_no, part.lot_code, part.quantity, part.cost_minor) for part in issued]


async def balance(tx: Tx, cell: int, key: int) -> tuple[int, int, date | None]:
    cursor = await tx.connection.execute(
        "select on_hand, reserved, next_expiry_on from stock.balance where cell_id = %s and key = %s", (cell, key)
    )
    row = await cursor.fetchone()
    assert row is not None
    return row


async def cost(tx: Tx, cell: int, owner: int, sku: int) -> tuple[int, int]:
    cursor = await tx.connection.execute(
        "select quantity, value_minor from stock.cost where cell_id = %s and owner_id = %s and sku_id = %s",
        (cell, owner, sku),
    )
    row = await cursor.fetchone()
    assert row is not None
    return row


async def test_lots_leave_first_expired_first_and_expired_ones_stay(tx: Tx, world: Any) -> None:
    milk = world.here.key(world.milk)
    soon, late = TODAY + timedelta(days=3), TODAY + timedelta(days=30)
    await put(tx, milk, 10, lot="LATE", expires=late, cost=1000)
    await put(tx, milk, 4, lot="GONE", expires=TODAY, cost=400)
    await put(tx, milk, 6, lot="SOON", expires=soon, cost=600)

    assert await take(tx, Issue(DOCUMENT, 1, milk, 8)) == [(1, "SOON", 6, 600), (1, "LATE", 2, 200)]
    assert await balance(tx, 1, milk) == (12, 0, TODAY)

    with pytest.raises(OutOfStock) as refused:
        await take(tx, Issue(DOCUMENT, 2, milk, 9))
    assert refused.value.errors[0].facts == {
        "asked": 9,
        "free": 8,
        "sku_id": world.milk,
        "bin_id": world.here.sellable,
    }
    assert await balance(tx, 1, milk) == (12, 0, TODAY)


async def test_a_named_lot_may_have_expired(tx: Tx, world: Any) -> None:
    milk = world.here.key(world.milk)
    await put(tx, milk, 4, lot="GONE", expires=TODAY, cost=400)
    await put(tx, milk, 6, lot="SOON", expires=TODAY + timedelta(days=3), cost=600)
    [part] = await issue(
        tx,
        cell_id=1,
        document_kind="adjustment",
        issues=[Issue(DOCUMENT, 1, milk, 1)],
        kind="adjustment",
        business_on=TODAY,
        user_id=7,
        reason="sample",
    )
    assert part.lot_code == "SOON"

    gone = await tx.connection.execute("select id from stock.lot where code = 'GONE'")
    row = await gone.fetchone()
    assert row is not None
    assert await take(tx, Issue(DOCUMENT, 2, milk, 4, row[0])) == [(2, "GONE", 4, 400)]
    assert await balance(tx, 1, milk) == (5, 0, TODAY + timedelta(days=3))


async def test_a_line_uses_up_its_own_claim_and_never_another_documents(tx: Tx, world: Any) -> None:
    tea = world.here.key(world.tea)
    await put(tx, tea, 10, cost=1000)
    await reserve(tx, cell_id=1, claims=[Claim(DOCUMENT, 1, tea, 6), Claim(uuid4(), 1, tea, 3)])

    await take(tx, Issue(DOCUMENT, 1, tea, 4))
    assert await balance(tx, 1, tea) == (6, 5, None)

    # The rest of the claim and the one unit that nobody has claimed.
    await take(tx, Issue(DOCUMENT, 1, tea, 3))
    assert await balance(tx, 1, tea) == (3, 3, None)

    with pytest.raises(OutOfStock):
        await take(tx, Issue(DOCUMENT, 1, tea, 1))
    assert await lock_free(tx, cell_id=1, keys=[tea], business_on=TODAY) == {tea: 0}


async def test_one_line_too_many_leaves_every_line_undone(tx: Tx, world: Any) -> None:
    tea, salt = world.here.key(world.tea), world.here.key(world.salt)
    await put(tx, tea, 10, cost=1000)

    with pytest.raises(OutOfStock) as refused:
        await take(tx, Issue(DOCUMENT, 1, tea, 10), Issue(DOCUMENT, 2, salt, 1))

    assert [error.path for error in refused.value.errors] == ["/lines/1"]
    assert await balance(tx, 1, tea) == (10, 0, None)


async def test_cost_is_the_moving_average_and_the_last_unit_takes_the_rest(tx: Tx, world: Any) -> None:
    tea = world.here.key(world.tea)
    await put(tx, tea, 2, cost=100)
    await put(tx, tea, 1, cost=100)

    assert await take(tx, Issue(DOCUMENT, 1, tea, 1)) == [(1, None, 1, 67)]
    assert await take(tx, Issue(DOCUMENT, 2, tea, 1)) == [(2, None, 1, 67)]
    assert await take(tx, Issue(DOCUMENT, 3, tea, 1)) == [(3, None, 1, 66)]
    assert await cost(tx, 1, world.here.organization_id, world.tea) == (0, 0)


async def test_a_carry_within_an_owner_keeps_lots_and_cost(tx: Tx, world: Any) -> None:
    milk, transit = world.here.key(world.milk), world.here.transit_key(world.milk)
    day = TODAY + timedelta(days=3)
    await put(tx, milk, 10, lot="L", expires=day, cost=1000)
    await reserve(tx, cell_id=1, claims=[Claim(DOCUMENT, 1, milk, 6)])

    [part] = await carry(
        tx,
        document_kind="order",
        carries=[Carry(DOCUMENT, 1, 1, milk, 1, transit, 6)],
        business_on=TODAY,
        user_id=None,
    )

    assert (part.lot_code, part.quantity, part.cost_minor) == ("L", 6, 600)
    assert await balance(tx, 1, milk) == (4, 0, day)
    assert await balance(tx, 1, transit) == (6, 0, day)
    assert await cost(tx, 1, world.here.organization_id, world.milk) == (10, 1000)


async def test_a_carry_to_another_cell_and_owner_moves_the_cost(tx: Tx, world: Any) -> None:
    milk, theirs = world.here.key(world.milk), world.there.key(world.milk)
    day = TODAY + timedelta(days=3)
    await put(tx, milk, 10, lot="L", expires=day, cost=1000)

    await carry(
        tx,
        document_kind="order",
        carries=[Carry(DOCUMENT, 1, 1, milk, 2, theirs, 6, cost_minor=900)],
        business_on=TODAY,
        user_id=None,
    )

    assert await balance(tx, 1, milk) == (4, 0, day)
    assert await balance(tx, 2, theirs) == (6, 0, day)
    assert await cost(tx, 1, world.here.organization_id, world.milk) == (4, 400)
    assert await cost(tx, 2, world.there.organization_id, world.milk) == (6, 900)


async def test_a_line_that_is_not_reserved_leaves_the_claim_alone(tx: Tx, world: Any) -> None:
    tea = world.here.key(world.tea)
    await put(tx, tea, 10, cost=1000)
    await reserve(tx, cell_id=1, claims=[Claim(DOCUMENT, 1, tea, 6)])

    await take(tx, Issue(DOCUMENT, 1, tea, 4, is_reserved=False))

    assert await balance(tx, 1, tea) == (6, 6, None)
    with pytest.raises(OutOfStock):
        await take(tx, Issue(DOCUMENT, 1, tea, 1, is_reserved=False))


async def test_fresh_goods_are_for_those_who_claimed_when_others_expire(tx: Tx, world: Any) -> None:
    """Six fresh units and four expired ones: a claim of six leaves nothing to a line without one."""
    milk = world.here.key(world.milk)
    await put(tx, milk, 4, lot="GONE", expires=TODAY, cost=400)
    await put(tx, milk, 6, lot="SOON", expires=TODAY + timedelta(days=3), cost=600)
    await reserve(tx, cell_id=1, claims=[Claim(DOCUMENT, 1, milk, 6)])

    with pytest.raises(OutOfStock) as refused:
        await take(tx, Issue(uuid4(), 1, milk, 1))
    assert refused.value.errors[0].facts["free"] == 0
    assert await take(tx, Issue(DOCUMENT, 1, milk, 6)) == [(1, "SOON", 6, 600)]


async def test_of_too_few_fresh_goods_the_first_claim_gets_its_share(tx: Tx, world: Any) -> None:
    milk, other = world.here.key(world.milk), uuid4()
    await put(tx, milk, 4, lot="GONE", expires=TODAY, cost=400)
    await put(tx, milk, 6, lot="SOON", expires=TODAY + timedelta(days=3), cost=600)
    await reserve(tx, cell_id=1, claims=[Claim(DOCUMENT, 1, milk, 6), Claim(other, 1, milk, 4)])

    await take(tx, Issue(DOCUMENT, 1, milk, 5))
    with pytest.raises(OutOfStock) as refused:
        await take(tx, Issue(other, 1, milk, 4))
    assert refused.value.errors[0].facts["free"] == 1
