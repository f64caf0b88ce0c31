"""An order's life after placing: every step once, by the right side, with stock and money exact to the unit."""

from datetime import date, timedelta
from typing import Any

import pytest

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.allocate import allocate
from lingqu.modules.orders.approve import approve, reject
from lingqu.modules.orders.confirm import Confirmation, confirm
from lingqu.modules.orders.expire import expire_due
from lingqu.modules.orders.return_goods import reject_return
from tests.orders.life import Life


async def _placed(trade: Any, *lines: tuple[int, int], buyer: int = 0, **given: Any) -> Life:
    placed = await trade.intake.place(
        scope=trade.scope(trade.buyers[buyer]), key=trade.new_key(), order=trade.order(*lines, **given)
    )
    return Life(trade, placed.id, buyer=buyer)


async def _title(trade: Any, title: str) -> None:
    async def change(tx: Any) -> None:
        await tx.connection.execute("update network.trade_link set title_passes = %s", (title,))

    await trade.run(change)


@pytest.mark.parametrize("title", ["shipment", "receipt"])
@pytest.mark.parametrize("buyer", [0, 1])
async def test_from_placing_to_completion(trade: Any, title: str, buyer: int) -> None:
    await _title(trade, title)
    await trade.stock(60, lot="B", expires_on=date(2026, 9, 1))
    await trade.stock(60, lot="A", expires_on=date(2026, 8, 1))
    await trade.stock(10, sku=1)
    account = await trade.money(100_000, buyer=buyer)
    life = await _placed(trade, (0, 70), (1, 7), buyer=buyer)
    confirmed = await life.confirm()
    assert confirmed.number == "SO-202603-000001"
    first = await life.ship((1, 30))
    assert (first.fulfilment_status, first.document_number) == ("part-shipped", "SH-202603-000001")
    assert first.payment_status == ("part-paid" if title == "shipment" else "held")
    assert await trade.violations() == {}
    rest = await life.ship()
    assert rest.fulfilment_status == "shipped"
    await life.receive(first.document_id)
    done = await life.receive(rest.document_id)
    assert (done.status, done.payment_status, done.fulfilment_status) == ("completed", "paid", "received")
    assert await trade.balance(account) == (100_000 - 70_000 - 7 * 333, 0)
    assert await trade.on_hand(trade.key()) == (50, 0)
    assert await trade.on_hand(trade.key(state="in-transit")) == (0, 0)
    shop = trade.buyers[buyer]
    assert await trade.on_hand(trade.key(who=shop), cell=shop.home_cell) == (70, 0)
    document = await life.read(trade.seller)
    lots = [line.lot_code for shipment in document.shipments for line in shipment.lines if line.line_no == 1]
    assert lots == ["A", "A", "B"]
    assert [step.name for step in document.steps] == ["confirm", "ship", "ship", "receive", "receive"]
    assert document.seller_side.cost_minor == 77 * 500
    assert document.buyer_side is None
    assert await trade.violations() == {}


@pytest.mark.parametrize("title", ["shipment", "receipt"])
async def test_what_never_arrived_is_not_paid(trade: Any, title: str) -> None:
    await _title(trade, title)
    await trade.stock(10)
    account = await trade.money(100_000)
    life = await _placed(trade, (0, 10))
    await life.confirm()
    shipped = await life.ship()
    with pytest.raises(Refusal) as refused:
        await life.receive(shipped.document_id, (1, 8, ""))
    assert refused.value.code == "common.invalid"
    done = await life.receive(shipped.document_id, (1, 8, "two broken"))
    assert done.status == "completed"
    assert await trade.balance(account) == (100_000 - 8_000, 0)
    assert await trade.on_hand(trade.key(state="in-transit")) == (0, 0)
    assert await trade.on_hand(trade.key(who=trade.buyers[0])) == (8, 0)
    with pytest.raises(Refusal) as refused:
        await life.receive(shipped.document_id)
    assert refused.value.code == "orders.already-received"
    assert await trade.violations() == {}


async def test_cancelling_before_and_after_confirmation(trade: Any) -> None:
    await trade.stock(20)
    account = await trade.money(100_000)
    life = await _placed(trade, (0, 10))
    done = await life.cancel(trade.buyers[0])
    assert (done.status, done.payment_status) == ("cancelled", "none")
    assert await trade.on_hand(trade.key()) == (20, 0)
    assert await trade.balance(account) == (100_000, 0)
    life = await _placed(trade, (0, 10))
    await life.confirm()
    with pytest.raises(Refusal) as refused:
        await life.cancel(trade.buyers[0])
    assert refused.value.code == "orders.ask-the-seller"
    shipped = await life.ship((1, 4))
    closed = await life.cancel(trade.seller)
    assert (closed.status, closed.fulfilment_status) == ("confirmed", "shipped")
    done = await life.receive(shipped.document_id)
    assert (done.status, done.payment_status) == ("completed", "paid")
    assert await trade.on_hand(trade.key()) == (16, 0)
    assert await trade.balance(account) == (96_000, 0)
    with pytest.raises(Refusal) as refused:
        await life.cancel(trade.seller)
    assert refused.value.code == "common.wrong-state"
    assert await trade.violations() == {}


async def test_returns_in_pieces_refund_the_total_exactly(trade: Any) -> None:
    await trade.stock(7, sku=1)
    prepaid = await trade.money(1_000)
    credit = await trade.money(0, kind="credit", floor=-10_000)
    life = await _placed(trade, (1, 7))
    await life.confirm()
    shipped = await life.ship()
    await life.receive(shipped.document_id)
    assert (await trade.balance(prepaid), await trade.balance(credit)) == ((0, 0), (-1_331, 0))
    for quantity in (1, 2, 3):
        await life.accept((await life.give_back((1, quantity))).document_id)
        assert await trade.violations() == {}
    with pytest.raises(Refusal) as refused:
        await life.give_back((1, 2))
    assert refused.value.code == "orders.too-many"
    last = await life.give_back((1, 1))
    done = await life.accept(last.document_id)
    assert (done.return_status, done.payment_status) == ("all", "refunded")
    assert (await trade.balance(prepaid), await trade.balance(credit)) == ((1_000, 0), (0, 0))
    assert await trade.on_hand(trade.key(1)) == (7, 0)
    with pytest.raises(Refusal) as refused:
        await life.accept(last.document_id)
    assert refused.value.code == "orders.return-decided"
    assert await trade.violations() == {}


async def test_a_rejected_return_moves_nothing(trade: Any) -> None:
    await trade.stock(5)
    account = await trade.money(10_000)
    life = await _placed(trade, (0, 5))
    await life.confirm()
    await life.receive((await life.ship()).document_id)
    asked = await life.give_back((1, 5))
    scope = trade.scope(trade.seller)
    assert asked.document_id is not None
    await trade.run(
        lambda tx: reject_return(tx, scope=scope, return_id=asked.document_id, reason="opened"), who=trade.seller
    )
    assert await trade.balance(account) == (5_000, 0)
    assert (await life.read(trade.buyers[0])).returns[0].decision_reason == "opened"
    assert (await life.give_back((1, 5))).document_id is not None


async def test_an_order_above_the_limit_waits_for_somebody_else(trade: Any) -> None:
    async def limit(tx: Any) -> None:
        await tx.connection.execute("update network.trade_link set approval_above_minor = 5000, approval_hours = 2")

    await trade.run(limit)
    await trade.stock(30)
    account = await trade.money(100_000)
    below = await _placed(trade, (0, 5))
    assert (await below.read(trade.seller)).approval_status == "none"
    life = await _placed(trade, (0, 6))
    with pytest.raises(Refusal) as refused:
        await life.confirm()
    assert refused.value.code == "orders.not-approved"
    scope = trade.scope(trade.seller)
    await trade.run(lambda tx: approve(tx, scope=scope, order_id=life.id), who=trade.seller)
    trade.wait(timedelta(hours=3))
    assert await trade.run(lambda tx: expire_due(tx, cell_id=trade.cell)) == 0
    assert (await life.confirm()).status == "confirmed"
    trade.wait(timedelta(hours=-3))

    own = await trade.intake.place(
        scope=trade.scope(trade.seller, user_id=None),
        key=trade.new_key(),
        order=trade.order((0, 6), buyer_id=trade.buyers[0].id),
    )
    turned = await trade.run(lambda tx: reject(tx, scope=scope, order_id=own.id, reason="no"), who=trade.seller)
    assert (turned.status, turned.approval_status) == ("cancelled", "rejected")
    late = await _placed(trade, (0, 7))
    trade.wait(timedelta(hours=2))
    assert await trade.run(lambda tx: expire_due(tx, cell_id=trade.cell)) == 1
    document = await late.read(trade.buyers[0])
    assert (document.status, document.payment_status, document.actions) == ("expired", "none", [])
    assert await trade.on_hand(trade.key()) == (30, 11)
    assert await trade.balance(account) == (100_000, 11_000)
    assert await trade.violations() == {}


async def test_who_placed_an_order_cannot_approve_it(trade: Any) -> None:
    async def limit(tx: Any) -> None:
        await tx.connection.execute("update network.trade_link set approval_above_minor = 0")

    await trade.run(limit)
    await trade.stock(5)
    await trade.money(10_000)
    own = trade.scope(trade.seller, user_id=77)
    placed = await trade.intake.place(
        scope=own, key=trade.new_key(), order=trade.order((0, 1), buyer_id=trade.buyers[0].id)
    )
    with pytest.raises(Refusal) as refused:
        await trade.run(lambda tx: approve(tx, scope=own, order_id=placed.id), who=trade.seller)
    assert refused.value.code == "orders.own-request"


async def test_expired_reservations_are_freed_for_the_next_buyer(trade: Any) -> None:
    async def limit(tx: Any) -> None:
        await tx.connection.execute("update network.trade_link set approval_above_minor = 0, approval_hours = 1")

    await trade.run(limit)
    await trade.stock(10)
    await trade.money(100_000)
    await trade.money(100_000, buyer=1)
    waiting = await _placed(trade, (0, 10))
    trade.wait(timedelta(hours=1))
    later = await _placed(trade, (0, 10), buyer=1)
    assert (await waiting.read(trade.buyers[0])).status == "expired"
    assert (await later.read(trade.buyers[1])).status == "placed"
    assert await trade.violations() == {}


async def test_back_orders_are_allocated_when_goods_come(trade: Any) -> None:
    await trade.stock(4)
    account = await trade.money(100_000)
    life = await _placed(trade, (0, 7), shortage_policy="back-order")
    scope = trade.scope(trade.seller)
    await life.confirm()
    with pytest.raises(Refusal) as refused:
        await trade.run(lambda tx: allocate(tx, scope=scope, order_id=life.id), who=trade.seller)
    assert refused.value.code == "orders.nothing-owed"
    first = await life.ship()
    assert first.fulfilment_status == "part-shipped"
    await trade.stock(10, lot="L2")
    await trade.run(lambda tx: allocate(tx, scope=scope, order_id=life.id), who=trade.seller)
    second = await life.ship()
    await life.receive(first.document_id)
    done = await life.receive(second.document_id)
    assert done.status == "completed"
    assert await trade.balance(account) == (93_000, 0)
    assert await trade.violations() == {}


async def test_the_wrong_side_and_strangers_are_refused(trade: Any) -> None:
    await trade.stock(5)
    await trade.money(10_000)
    life = await _placed(trade, (0, 5))
    for who, code in ((trade.buyers[0], "orders.other-side"), (trade.maker, "common.not-found")):
        scope = trade.scope(who)
        (verdict,) = await trade.run(
            lambda tx, s=scope: confirm(tx, scope=s, confirmations=[Confirmation(order_id=life.id)]), who=who
        )
        assert isinstance(verdict, Refusal)
        assert verdict.code == code
    await life.confirm()
    with pytest.raises(Refusal) as refused:
        await life.confirm()
    assert refused.value.code == "common.wrong-state"
    with pytest.raises(Refusal) as refused:
        await life.ship((1, 6))
    assert refused.value.code == "orders.too-many"


async def test_each_side_sees_its_own_fields_only(trade: Any) -> None:
    await trade.stock(5)
    await trade.money(10_000)
    life = await _placed(trade, (0, 5), po_number="PO-1", note="for the fair")
    bought, sold = await life.read(trade.buyers[0]), await life.read(trade.seller)
    assert (bought.buyer_side.po_number, bought.seller_side, bought.actions) == (
        "PO-1",
        None,
        ["cancel", "change", "close"],
    )
    assert (sold.buyer_side, sold.actions) == (None, ["confirm", "cancel", "change", "close"])
    assert sold.seller_side.margin_minor is None
    with pytest.raises(Refusal):
        await life.read(trade.maker)
