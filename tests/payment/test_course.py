"""The course of an online payment: paid, failed, never paid, let go, too late, for an order that is over."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from lingqu.kernel.errors import NotFound
from lingqu.kernel.ids import uuid7
from lingqu.modules.ledger.api import NewAccount, NewEntry, Posting, open_accounts, post
from lingqu.modules.payment.api import NewOnlinePayment, start
from lingqu.modules.payment.jobs import reconcile
from lingqu.modules.payment.payments import read_payment
from lingqu.modules.payment.start import NoProvider, NothingToPay, OrderOver, PaidBefore, let_go
from lingqu.modules.payment.types import PaymentState as S
from lingqu.runtime.paying import ChargeStatus
from tests.orders.life import Life
from tests.payment.conftest import Desk


async def place(desk: Desk, packs: int = 5, *, prepaid: int = 0) -> UUID:
    """Order on credit, as far as no money was put down."""
    await desk.trade.stock(packs)
    await desk.trade.money(prepaid)
    await desk.trade.money(0, kind="credit", floor=-50_000)
    placed = await desk.trade.intake.place(
        scope=desk.trade.scope(desk.trade.buyers[0]), key=desk.trade.new_key(), order=desk.trade.order((0, packs))
    )
    return placed.id


async def test_paid_in_advance(desk: Desk) -> None:
    one = await desk.start(5_000)
    assert await desk.state(one) is S.OPENING
    await desk.go()
    log = await desk.read(one)
    assert log.payment.state is S.OPEN
    assert log.payment.pay_url.startswith(desk.sandbox.address)
    assert await desk.prepaid() == (0, 0), "announced is not paid"
    await desk.pay(one)
    await desk.go()
    log = await desk.read(one)
    assert log.payment.state is S.PAID
    assert [(step.name, step.state) for step in log.steps] == [("open", "done"), ("watch", "done")]
    assert await desk.prepaid() == (5_000, 0)
    events = [event for event in await desk.trade.events() if event["subject"].startswith("payment.")]
    assert [(event["subject"], event["data"]["is_refunded"]) for event in events] == [("payment.received.v1", False)]
    await desk.assert_exact()


async def test_declined_and_never_paid(desk: Desk) -> None:
    declined, forgotten = await desk.start(), await desk.start()
    await desk.go()
    await desk.pay(declined, status=ChargeStatus.FAILED)
    await desk.go()
    assert await desk.state(declined) is S.FAILED
    assert await desk.state(forgotten) is S.OPEN
    await desk.go(seconds=16 * 60, every=20)
    assert await desk.state(forgotten) is S.EXPIRED
    assert desk.till.find(desk.reference(forgotten)).status is ChargeStatus.CLOSED, "nobody can pay it any more"
    await desk.assert_exact()


async def test_let_go_and_let_go_too_late(desk: Desk) -> None:
    first, second = await desk.start(), await desk.start()
    await desk.go()
    scope = desk.trade.scope(desk.trade.buyers[0])
    await desk.trade.run(lambda tx: let_go(tx, scope=scope, payment_id=first))
    await desk.go()
    assert await desk.state(first) is S.EXPIRED
    desk.sandbox.mishaps.plan("call", ["none"])
    await desk.pay(second)
    await desk.trade.run(lambda tx: let_go(tx, scope=scope, payment_id=second))
    await desk.go()
    assert await desk.state(second) is S.PAID, "it was made meanwhile, so it counts"
    with pytest.raises(PaidBefore):
        await desk.trade.run(lambda tx: let_go(tx, scope=scope, payment_id=second))
    await desk.assert_exact()


async def test_money_that_comes_after_the_end_is_booked(desk: Desk) -> None:
    """A provider that lets a closed charge be paid, as none should."""
    one = await desk.start()
    await desk.go(seconds=16 * 60, every=20)
    assert await desk.state(one) is S.EXPIRED
    await desk.pay(one, is_forced=True)
    await desk.go()
    assert await desk.state(one) is S.PAID
    assert await desk.prepaid() == (5_000, 0)
    await desk.assert_exact()


async def test_a_last_word_that_got_lost_is_found_by_asking(desk: Desk) -> None:
    one = await desk.start()
    await desk.go(seconds=16 * 60, every=20)
    desk.sandbox.mishaps.plan("call", ["none"])
    await desk.pay(one, is_forced=True)
    await desk.trade.run(reconcile)
    await desk.go()
    assert await desk.state(one) is S.EXPIRED, "asked about a moment ago"
    desk.wait(7 * 3_600)
    await desk.trade.run(reconcile)
    await desk.go()
    assert await desk.state(one) is S.PAID
    await desk.assert_exact()


async def test_for_an_order_what_is_owed_is_repaid_first(desk: Desk) -> None:
    trade = desk.trade
    order_id = await place(desk)
    credit = await trade.money(0, kind="credit", floor=-50_000)

    async def owe(tx: Any) -> None:
        (revenue,) = await open_accounts(
            tx, cell_id=trade.cell, accounts=[NewAccount(kind="revenue", owner=trade.seller.party_id, currency="CNY")]
        )
        entry = NewEntry(
            id=uuid7(),
            kind="sale",
            document_kind="order",
            document_id=uuid7(),
            postings=(Posting(credit, revenue, 1_200),),
            business_on=trade.today,
        )
        await post(tx, cell_id=trade.cell, entries=[entry])

    await trade.run(owe)
    one = await desk.start(5_000, order_id=order_id)
    await desk.go()
    await desk.pay(one)
    await desk.go()
    assert await desk.state(one) is S.PAID
    assert await trade.balance(credit) == (0, 5_000)
    assert (await desk.prepaid())[0] == 3_800
    await desk.assert_exact()


async def _unpaid(desk: Desk, order_id: UUID) -> int:
    order = await Life(desk.trade, order_id).read(desk.trade.buyers[0])
    return int(order.unpaid_minor)


async def _hand_over(desk: Desk, order_id: UUID) -> None:
    life = Life(desk.trade, order_id)
    await life.confirm()
    await life.receive((await life.ship()).document_id)


async def test_an_order_whose_money_is_there_is_not_paid_again(desk: Desk) -> None:
    order_id = await place(desk, prepaid=50_000)
    for is_settled in (False, True):
        if is_settled:
            await _hand_over(desk, order_id)
        assert await _unpaid(desk, order_id) == 0
        with pytest.raises(NothingToPay):
            await desk.start(1, order_id=order_id)
    assert await desk.trade.one("select count(*) from payment.online_payment") == 0


async def test_what_was_paid_online_for_an_order_is_not_paid_again(desk: Desk) -> None:
    order_id = await place(desk)
    total = await _unpaid(desk, order_id)
    assert total > 1_000
    for amount in (1_000, total - 1_000):
        one = await desk.start(amount, order_id=order_id)
        await desk.go()
        await desk.pay(one)
        await desk.go()
        assert await desk.state(one) is S.PAID
    with pytest.raises(NothingToPay):
        await desk.start(1, order_id=order_id)
    await desk.assert_exact()


async def test_repayments_settle_the_oldest_order_first(desk: Desk) -> None:
    trade = desk.trade
    first, second = await place(desk), await place(desk)
    total = await _unpaid(desk, first)
    for order_id in (first, second):
        await _hand_over(desk, order_id)
        desk.wait(60)
        assert await _unpaid(desk, order_id) == total
    credit = await trade.money(total + 300, kind="credit", floor=-50_000)
    assert (await trade.balance(credit))[0] == 300 - total
    assert (await _unpaid(desk, first), await _unpaid(desk, second)) == (0, total - 300)
    with pytest.raises(NothingToPay):
        await desk.start(1, order_id=first)
    await desk.start(1, order_id=second)
    seen = await Life(trade, second).read(trade.seller)
    assert (seen.side, seen.unpaid_minor) == ("seller", total - 300)


@pytest.mark.parametrize("end", ["cancelled", "expired"])
async def test_the_order_was_over_when_the_money_came(desk: Desk, end: str) -> None:
    trade = desk.trade

    async def limit(tx: Any) -> None:
        await tx.connection.execute("update network.trade_link set approval_above_minor = 0, approval_hours = 1")

    if end == "expired":
        await trade.run(limit)
    order_id = await place(desk)
    one = await desk.start(5_000, order_id=order_id)
    await desk.go()
    if end == "cancelled":
        await Life(trade, order_id).cancel(trade.buyers[0])
    else:
        trade.wait(timedelta(hours=2))
    desk.sandbox.mishaps.plan("refund", ["before", "after", "slow"])
    await desk.pay(one, is_forced=True)
    assert await desk.conductor.take_due() == 1
    assert await desk.state(one) is S.REFUNDING
    assert await desk.prepaid() == (5_000, 5_000), "held: nobody spends it meanwhile"
    await desk.assert_exact()
    await desk.go(seconds=60)
    assert await desk.state(one) is S.REFUNDED
    assert (await desk.prepaid())[0] == 0
    assert desk.till.received_minor() == 0
    await desk.assert_exact()


async def test_who_may_pay_whom(desk: Desk) -> None:
    trade = desk.trade
    order_id = await place(desk)
    buyer, other = trade.scope(trade.buyers[0]), trade.scope(trade.buyers[1])

    async def attempt(scope: Any, **given: Any) -> Any:
        new = NewOnlinePayment(amount_minor=1, **given)
        return await trade.run(lambda tx: start(tx, scope=scope, new=new, provider="sandbox"))

    with pytest.raises(NotFound):
        await attempt(buyer, seller_id=trade.maker.id)
    with pytest.raises(NotFound):
        await attempt(other, seller_id=trade.seller.id, order_id=order_id)
    with pytest.raises(NotFound):
        await attempt(buyer, seller_id=trade.seller.id, order_id=uuid4())
    new = NewOnlinePayment(seller_id=trade.seller.id, amount_minor=1)
    with pytest.raises(NoProvider):
        await trade.run(lambda tx: start(tx, scope=buyer, new=new, provider=None))
    await Life(trade, order_id).cancel(trade.buyers[0])
    with pytest.raises(OrderOver):
        await attempt(buyer, seller_id=trade.seller.id, order_id=order_id)
    one = await desk.start()
    for stranger in (other, trade.scope(trade.maker)):
        with pytest.raises(NotFound):
            await trade.run(lambda tx, stranger=stranger: read_payment(tx, scope=stranger, payment_id=one))
        with pytest.raises(NotFound):
            await trade.run(lambda tx, stranger=stranger: let_go(tx, scope=stranger, payment_id=one))
    with pytest.raises(NotFound):
        await trade.run(lambda tx: let_go(tx, scope=trade.scope(trade.seller), payment_id=one))
