"""Placing: stock and money are taken together or not at all, and every refusal says why."""

import asyncio
from datetime import date
from typing import Any

import pytest
from psycopg.errors import SerializationFailure

from lingqu.kernel.errors import Refusal, Unavailable
from lingqu.modules.orders import place
from lingqu.modules.orders.api import Intake, Keyed
from lingqu.modules.orders.keys import order_ids
from lingqu.modules.orders.types import Placed
from lingqu.runtime.tx import Tx


async def test_a_placed_order_reserves_stock_and_holds_money(trade: Any) -> None:
    await trade.stock(100)
    account = await trade.money(50_000)
    placed = await trade.intake.place(
        scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 7), (0, 3))
    )
    assert (placed.status, placed.total_minor) == ("placed", 10_000)
    assert await trade.on_hand(trade.key()) == (100, 10)
    assert await trade.balance(account) == (50_000, 10_000)
    assert (
        await trade.one(
            'select count(*) from runtime.outbox where body::jsonb @> \'[{"subject": "orders.placed.v1"}]\''
        )
        == 1
    )
    assert await trade.violations() == {}


async def test_a_retry_is_answered_and_placed_once(trade: Any) -> None:
    await trade.stock(100)
    await trade.money(50_000)
    for key in (trade.new_key(), "PO 4711-a".replace(" ", "-")):
        order = trade.order((0, 5))
        scope = trade.scope(trade.buyers[0])
        first = await trade.intake.place(scope=scope, key=key, order=order)
        again = await trade.intake.place(scope=scope, key=key, order=order)
        both = await trade.intake.place_all(scope=scope, orders=[Keyed(key=key, order=order)] * 2)
        assert again.id == first.id
        assert {one.id for one in both} == {first.id}
        with pytest.raises(Refusal) as refused:
            await trade.intake.place(scope=scope, key=key, order=trade.order((0, 6)))
        assert refused.value.code == "common.key-reused"
    assert await trade.on_hand(trade.key()) == (100, 10)
    assert await trade.one("select count(*) from orders.order") == 2


async def test_a_shortage_names_line_asked_and_free_and_takes_nothing(trade: Any) -> None:
    await trade.stock(100)
    await trade.stock(4, sku=1)
    account = await trade.money(50_000)
    with pytest.raises(Refusal) as refused:
        await trade.intake.place(
            scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 7), (1, 5))
        )
    assert refused.value.code == "stock.out-of-stock"
    (error,) = refused.value.errors
    assert error.path == "/lines/1"
    assert error.facts == {"line_no": 2, "sku_id": trade.skus[1], "asked": 5, "free": 4}
    assert await trade.on_hand(trade.key()) == (100, 0)
    assert await trade.balance(account) == (50_000, 0)
    assert await trade.one("select count(*) from orders.order") == 0


async def test_many_orders_that_find_no_room_are_refused_whole(trade: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lingqu.modules.orders.intake._MOST_WAITING", 2)
    await trade.stock(100)
    await trade.money(50_000)
    intake, scope = Intake(trade.database), trade.scope(trade.buyers[0])
    await intake.place(scope=scope, key=trade.new_key(), order=trade.order((0, 1)))
    # Two could go from memory; the key of the third must be looked up first.
    keys = (trade.new_key(), trade.new_key(), "PO-4711-of-this-buyer")
    with pytest.raises(Unavailable):
        await intake.place_all(scope=scope, orders=[Keyed(key=key, order=trade.order((0, 1))) for key in keys])
    await intake.drain()
    assert await trade.one("select count(*) from orders.order") == 1


async def test_who_gets_nothing_hears_it_without_waiting_for_a_lock(trade: Any) -> None:
    await trade.stock(100)
    await trade.stock(4, sku=1)
    await trade.money(100)
    scope = trade.scope(trade.buyers[0])
    with pytest.raises(Refusal):  # the seller is known now, and what follows is placed from memory
        await trade.intake.place(scope=scope, key=trade.new_key(), order=trade.order((1, 5)))

    async def place(*lines: tuple[int, int]) -> Refusal:
        work = trade.intake._from_memory(scope, trade.new_key(), trade.order(*lines), trade.database.clock())  # noqa: SLF001
        answers: dict[int, Any] = {}
        await trade.intake._placing._exact([work], answers)  # noqa: SLF001 - the fast path would wait for the lock
        (answer,) = answers.values()
        assert isinstance(answer, Refusal)
        return answer

    async with trade.database.begin() as tx:
        await tx.connection.execute("select from stock.balance for update")
        await tx.connection.execute("select from ledger.balance for update")
        async with asyncio.timeout(2):
            assert (await place((0, 7), (1, 5))).code == "stock.out-of-stock"
            assert (await place((0, 7))).code == "orders.money-short"


async def test_take_free_takes_whole_packs_and_is_charged_for_them_only(trade: Any) -> None:
    await trade.stock(4)
    account = await trade.money(50_000)
    placed = await trade.intake.place(
        scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 7), shortage_policy="take-free")
    )
    assert placed.total_minor == 4_000
    assert [(s.asked, s.free) for s in placed.short_lines] == [(7, 4)]
    assert await trade.on_hand(trade.key()) == (4, 4)
    assert await trade.balance(account) == (50_000, 4_000)
    assert await trade.violations() == {}


async def test_back_order_reserves_what_is_there_and_holds_all(trade: Any) -> None:
    await trade.stock(4)
    account = await trade.money(50_000)
    placed = await trade.intake.place(
        scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 7), shortage_policy="back-order")
    )
    assert placed.total_minor == 7_000
    assert await trade.one("select reserved, back_ordered from orders.line") == (4, 3)
    assert await trade.balance(account) == (50_000, 7_000)
    assert await trade.violations() == {}


async def test_money_comes_from_prepaid_first_then_credit(trade: Any) -> None:
    await trade.stock(100)
    prepaid = await trade.money(3_000)
    credit = await trade.money(0, kind="credit", floor=-10_000)
    await trade.intake.place(scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 8)))
    assert await trade.balance(prepaid) == (3_000, 3_000)
    assert await trade.balance(credit) == (0, 5_000)
    with pytest.raises(Refusal) as refused:
        await trade.intake.place(scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 6)))
    assert refused.value.code == "orders.money-short"
    assert refused.value.facts == {"needed_minor": 6_000, "available_minor": 5_000}
    assert await trade.violations() == {}


async def test_expired_lots_are_never_sold(trade: Any) -> None:
    await trade.stock(10, lot="OLD", expires_on=date(2026, 3, 2))
    await trade.stock(3, lot="NEW")
    await trade.money(50_000)
    scope = trade.scope(trade.buyers[0])
    with pytest.raises(Refusal) as refused:
        await trade.intake.place(scope=scope, key=trade.new_key(), order=trade.order((0, 4)))
    assert refused.value.errors[0].facts["free"] == 3
    await trade.intake.place(scope=scope, key=trade.new_key(), order=trade.order((0, 3)))


async def test_nobody_without_a_link_orders(trade: Any) -> None:
    with pytest.raises(Refusal) as refused:
        await trade.intake.place(scope=trade.scope(trade.maker), key=trade.new_key(), order=trade.order((0, 1)))
    assert refused.value.code == "orders.no-link"


async def test_only_the_seller_orders_on_behalf(trade: Any) -> None:
    await trade.stock(10)
    account = await trade.money(50_000, buyer=1)
    order = trade.order((0, 1), buyer_id=trade.buyers[1].id)
    with pytest.raises(Refusal) as refused:
        await trade.intake.place(scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=order)
    assert refused.value.code == "common.not-found"
    await trade.intake.place(scope=trade.scope(trade.seller), key=trade.new_key(), order=order)
    assert await trade.balance(account) == (50_000, 1_000)


async def test_a_key_from_another_month_is_refused(trade: Any) -> None:
    with pytest.raises(Refusal) as refused:
        await trade.intake.place(
            scope=trade.scope(trade.buyers[0]),
            key="018bcfe5-6800-7000-8000-000000000000",
            order=trade.order((0, 1)),
        )
    assert refused.value.code == "orders.key-too-old"


async def test_the_past_needs_a_permission(trade: Any) -> None:
    await trade.stock(10)
    await trade.money(50_000)
    order = trade.order((0, 1), business_on=date(2026, 3, 1))
    with pytest.raises(Refusal) as refused:
        await trade.intake.place(
            scope=trade.scope(trade.buyers[0], without=["orders.backdate"]), key=trade.new_key(), order=order
        )
    assert refused.value.code == "orders.backdated"
    await trade.intake.place(scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=order)


async def test_a_changed_price_is_never_a_silent_one(trade: Any) -> None:
    await trade.stock(10)
    account = await trade.money(50_000)
    scope = trade.scope(trade.buyers[0])
    await trade.intake.place(scope=scope, key=trade.new_key(), order=trade.order((0, 1), expected_total_minor=1_000))

    async def raise_price(tx: Any) -> None:
        await tx.connection.execute("update pricing.price_item set price_minor = 1100 where price_minor = 1000")
        await tx.connection.execute("select network.bump_epoch_v1(%s, %s)", (trade.cell, [trade.seller.id]))

    await trade.run(raise_price)
    with pytest.raises(Refusal) as refused:
        await trade.intake.place(
            scope=scope, key=trade.new_key(), order=trade.order((0, 1), expected_total_minor=1_000)
        )
    assert refused.value.code == "pricing.changed"
    assert refused.value.facts == {"expected_minor": 1_000, "total_minor": 1_100}
    await trade.intake.place(scope=scope, key=trade.new_key(), order=trade.order((0, 1)))
    assert await trade.balance(account) == (50_000, 2_100)


async def test_a_revoked_grant_stops_the_next_order(trade: Any) -> None:
    await trade.stock(10)
    await trade.money(50_000)
    scope = trade.scope(trade.buyers[0])
    await trade.intake.place(scope=scope, key=trade.new_key(), order=trade.order((0, 1)))

    async def revoke(tx: Any) -> None:
        await tx.connection.execute("update network.link_grant set revoked_at = %s, revoked_reason = 'x'", (tx.now,))
        await tx.connection.execute("select network.bump_epoch_v1(%s, %s)", (trade.cell, [trade.seller.id]))

    await trade.run(revoke)
    with pytest.raises(Refusal) as refused:
        await trade.intake.place(scope=scope, key=trade.new_key(), order=trade.order((0, 1)))
    assert refused.value.code == "orders.cannot-sell"
    assert await trade.on_hand(trade.key()) == (10, 1)


async def test_two_hundred_buyers_of_fifty_get_exactly_fifty(trade: Any) -> None:
    await trade.stock(50)
    await trade.money(1_000_000)
    await trade.money(1_000_000, buyer=1)
    answers = await asyncio.gather(
        *(
            trade.intake.place(scope=trade.scope(trade.buyers[i % 2]), key=trade.new_key(), order=trade.order((0, 1)))
            for i in range(200)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, Placed) for answer in answers) == 50
    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert {answer.code for answer in refused} == {"stock.out-of-stock"}
    assert len(refused) == 150
    assert await trade.on_hand(trade.key()) == (50, 50)
    assert await trade.violations() == {}


async def test_neighbours_of_a_refused_order_are_placed(trade: Any) -> None:
    await trade.stock(10)
    await trade.money(50_000)
    scope = trade.scope(trade.buyers[0])
    verdicts = await trade.intake.place_all(
        scope=scope,
        orders=[
            Keyed(key=trade.new_key(), order=trade.order((0, 4))),
            Keyed(key=trade.new_key(), order=trade.order((0, 400))),
            Keyed(key="not a good key", order=trade.order((0, 1))),
            Keyed(key="A-77", order=trade.order((0, 6))),
        ],
    )
    codes = [one.code if isinstance(one, Refusal) else "placed" for one in verdicts]
    assert codes == ["placed", "stock.out-of-stock", "common.key-missing", "placed"]
    assert await trade.on_hand(trade.key()) == (10, 10)


async def test_days_of_one_batch_share_the_goods_and_the_money(trade: Any) -> None:
    await trade.stock(10)
    await trade.money(100_000)
    scope = trade.scope(trade.buyers[0])
    days = [date(2026, 3, 2), date(2026, 3, 1), date(2026, 2, 28), date(2026, 3, 1)]
    orders = [Keyed(key=trade.new_key(), order=trade.order((0, 4), business_on=day)) for day in days]
    await trade.intake.place_all(scope=scope, orders=[Keyed(key=trade.new_key(), order=trade.order((0, 11)))])
    verdicts = await trade.intake.place_all(scope=scope, orders=orders)
    assert sorted(isinstance(one, Placed) for one in verdicts) == [False, False, True, True]
    assert await trade.on_hand(trade.key()) == (10, 8)
    assert await trade.one("select count(distinct business_on) from orders.order") == 2
    assert await trade.violations() == {}


async def test_a_link_read_beside_a_change_is_found_out(trade: Any) -> None:
    await trade.stock(10)
    await trade.money(50_000)
    scope = trade.scope(trade.buyers[0])
    await trade.intake.place(scope=scope, key=trade.new_key(), order=trade.order((0, 1)))
    market, pair = trade.intake.market, (trade.seller.id, trade.buyers[0].id)
    old = market.known[pair]

    async def suspend(tx: Any) -> None:
        await tx.connection.execute("update network.trade_link set status = 'suspended'")
        await tx.connection.execute("select network.bump_epoch_v1(%s, %s)", (trade.cell, [trade.seller.id]))

    await trade.run(suspend)
    # Another request read the prices anew after the change, while this link was read before it.
    await trade.run(lambda tx: market.load(tx, [(trade.seller.id, trade.buyers[1].id)]))
    market.known[pair] = old
    with pytest.raises(Refusal) as refused:
        await trade.intake.place(scope=scope, key=trade.new_key(), order=trade.order((0, 1)))
    assert refused.value.code == "orders.no-link"
    assert await trade.on_hand(trade.key()) == (10, 1)


async def test_one_key_at_two_sellers_makes_two_orders_with_ids_of_their_own(trade: Any) -> None:
    await trade.stock(10)
    await trade.money(50_000)
    scope = trade.scope(trade.buyers[0])
    for key in (trade.new_key(), "PO-1"):
        here = await trade.intake.place(scope=scope, key=key, order=trade.order((0, 1)))
        wanted = [(key, trade.seller.id), (key, trade.maker.id)]
        ids = await order_ids(trade.database, scope=scope, wanted=wanted, now=trade.now)
        assert ids[0] == here.id
        assert ids[1] != here.id


async def test_a_batch_that_runs_again_leaves_out_whom_it_left_to_the_exact_path(
    trade: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await trade.stock(10)
    await trade.stock(1, sku=1)
    await trade.money(500_000)
    scope = trade.scope(trade.buyers[0])
    await trade.intake.place(scope=scope, key=trade.new_key(), order=trade.order((0, 1)))
    seen: list[int] = []
    load = place._load  # noqa: SLF001 - to fail once

    def loading(tx: Tx, decided: Any, ready: Any) -> None:
        seen.append(len(decided))
        if len(seen) == 1:
            raise SerializationFailure("once")
        load(tx, decided, ready)

    monkeypatch.setattr(place, "_load", loading)
    orders = [trade.order((0, 2)), trade.order((1, 5)), trade.order((0, 3))]
    one, short, two = await trade.intake.place_all(
        scope=scope, orders=[Keyed(key=trade.new_key(), order=order) for order in orders]
    )
    assert seen == [2, 2]
    assert isinstance(one, Placed)
    assert isinstance(two, Placed)
    assert isinstance(short, Refusal)
    assert short.code == "stock.out-of-stock"
    assert await trade.on_hand(trade.key()) == (10, 6)
    assert await trade.violations() == {}


async def test_a_batch_that_fails_leaves_nothing_to_the_exact_path(trade: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    await trade.stock(10)
    await trade.money(500_000)
    scope = trade.scope(trade.buyers[0])
    await trade.intake.place(scope=scope, key=trade.new_key(), order=trade.order((0, 1)))
    left: list[asyncio.Future[Placed]] = []
    exactly = trade.intake._placing._exactly  # noqa: SLF001 - to see what is left to it
    put = exactly.put
    monkeypatch.setattr(exactly, "put", lambda work: left.append(put(work)) or left[-1])

    def gone(*_: Any) -> None:
        raise Unavailable("the database is away")

    monkeypatch.setattr(place, "_load", gone)
    orders = [trade.order((0, 2)), trade.order((1, 5))]
    with pytest.raises(Unavailable):
        await trade.intake.place_all(scope=scope, orders=[Keyed(key=trade.new_key(), order=order) for order in orders])
    (one,) = left
    assert one.cancelled()
    assert await trade.one("select count(*) from orders.order") == 1
