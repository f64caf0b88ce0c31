"""Sales at the counter: the same document as every order, at the price of now, with points for members."""

from typing import Any
from uuid import UUID

import msgspec
import pytest

from lingqu.kernel.errors import Refusal
from lingqu.modules.membership.api import NewMember, add_members
from lingqu.modules.orders.events import OrderPlaced, SaleRefunded
from lingqu.modules.orders.points import give_points, take_points
from lingqu.modules.orders.refund_sale import SaleRefund, refund_sale
from lingqu.modules.orders.return_goods import BackLine
from lingqu.modules.orders.sell import NewSale
from lingqu.modules.orders.types import NewLine
from lingqu.runtime.inbox import Delivered
from tests.orders.life import Life


async def test_a_counter_sale_is_the_same_document(trade: Any) -> None:
    await trade.stock(7, sku=1)
    sale = NewSale(lines=[NewLine(sku_id=trade.skus[1], packs=7)], tender="wechat")
    scope = trade.scope(trade.seller)
    key = trade.new_key()
    sold = await trade.intake.sell(scope=scope, key=key, sale=sale)
    again = await trade.intake.sell(scope=scope, key=key, sale=sale)
    assert (sold.status, sold.total_minor, again.id) == ("completed", 2_331, sold.id)
    assert await trade.on_hand(trade.key(1)) == (0, 0)
    with pytest.raises(Refusal) as refused:
        await trade.intake.sell(scope=scope, key=trade.new_key(), sale=sale)
    assert refused.value.code == "stock.out-of-stock"
    life = Life(trade, sold.id)
    document = await life.read(trade.seller)
    assert (document.number, document.kind, document.payment_status) == ("CS-202603-000001", "retail", "paid")
    assert document.actions == ["refund"]
    cash = document.payments[0].account_id
    assert await trade.balance(cash) == (-2_331, 0)
    for quantity in (2, 5):
        refund = SaleRefund(order_id=sold.id, lines=[BackLine(line_no=1, quantity=quantity)], reason="changed mind")
        await trade.run(lambda tx, r=refund: refund_sale(tx, scope=scope, refund=r), who=trade.seller)
    assert await trade.balance(cash) == (0, 0)
    assert await trade.on_hand(trade.key(1)) == (7, 0)
    assert (await life.read(trade.seller)).payment_status == "refunded"
    assert await trade.violations() == {}


async def test_a_members_sale_earns_points_and_a_refund_takes_them(trade: Any) -> None:
    await trade.stock(20, sku=2)
    member = NewMember(phone="13800000001", name="张三", organization_id=trade.seller.id)
    ((_, member_id),) = await trade.run(lambda tx: add_members(tx, members=[member]))
    scope = trade.scope(trade.seller)
    sale = NewSale(lines=[NewLine(sku_id=trade.skus[2], packs=4)], member_id=member_id)
    sold = await trade.intake.sell(scope=scope, key=trade.new_key(), sale=sale)
    stranger = NewSale(lines=sale.lines, member_id=UUID(int=7))
    with pytest.raises(Refusal) as refused:
        await trade.intake.sell(scope=scope, key=trade.new_key(), sale=stranger)
    assert refused.value.facts["kind"] == "member"
    events = {event["subject"]: event["data"] for event in await trade.events()}
    placed = msgspec.convert(events["orders.placed.v1"], OrderPlaced)
    await trade.run(lambda tx: give_points(tx, Delivered(trade.cell, UUID(int=1), placed)))
    assert await _points(trade, member_id) == 100
    refund = SaleRefund(order_id=sold.id, lines=[BackLine(line_no=1, quantity=1)], reason="sour")
    await trade.run(lambda tx: refund_sale(tx, scope=scope, refund=refund), who=trade.seller)
    events = {event["subject"]: event["data"] for event in await trade.events()}
    refunded = msgspec.convert(events["orders.sale-refunded.v1"], SaleRefunded)
    await trade.run(lambda tx: take_points(tx, Delivered(trade.cell, UUID(int=2), refunded)))
    assert await _points(trade, member_id) == 75
    assert await trade.violations() == {}


async def _points(trade: Any, member_id: UUID) -> int:
    return int(
        await trade.one(
            "select b.posted from ledger.balance b join ledger.account a using (cell_id) "
            "where a.id = b.account_id and a.kind = 'points' and a.owner = %s",
            member_id,
        )
    )


async def test_the_till_asks_the_price_of_now(trade: Any) -> None:
    await trade.stock(5)
    scope = trade.scope(trade.seller)
    sale = NewSale(lines=[NewLine(sku_id=trade.skus[0], packs=1)])
    assert (await trade.intake.sell(scope=scope, key=trade.new_key(), sale=sale)).total_minor == 1_000

    async def raise_price(tx: Any) -> None:
        await tx.connection.execute("update pricing.price_item set price_minor = 1100 where price_minor = 1000")
        await tx.connection.execute("select network.bump_epoch_v1(%s, %s)", (trade.cell, [trade.seller.id]))

    await trade.run(raise_price)
    assert (await trade.intake.sell(scope=scope, key=trade.new_key(), sale=sale)).total_minor == 1_100
