"""Screens of the counter: goods on the shelf at the consumer's price, sales and slips, and what a day took in."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from lingqu.kernel.errors import NotFound
from lingqu.modules.membership.api import NewMember, add_members
from lingqu.modules.orders.counter_goods import CounterQuery, list_counter_goods
from lingqu.modules.orders.refund_sale import SaleRefund, refund_sale
from lingqu.modules.orders.return_goods import BackLine
from lingqu.modules.orders.sales import DayQuery, DayTotals, SaleQuery, SaleSlip, list_sales, read_day, read_sale
from lingqu.modules.orders.sell import NewSale
from lingqu.modules.orders.types import NewLine


async def _sell(trade: Any, sku: int, packs: int, **given: Any) -> UUID:
    sale = NewSale(lines=[NewLine(sku_id=trade.skus[sku], packs=packs)], **given)
    sold = await trade.intake.sell(scope=trade.scope(trade.seller), key=trade.new_key(), sale=sale)
    return UUID(str(sold.id))


async def _refund(trade: Any, sale_id: UUID, quantity: int) -> None:
    refund = SaleRefund(order_id=sale_id, lines=[BackLine(line_no=1, quantity=quantity)], reason="sour")
    scope = trade.scope(trade.seller)
    await trade.run(lambda tx: refund_sale(tx, scope=scope, refund=refund), who=trade.seller)


def _seeing_members(trade: Any, who: Any) -> Any:
    scope = trade.scope(who)
    return type(scope)(
        **{name: getattr(scope, name) for name in scope.__struct_fields__ if name != "permissions"},
        permissions=scope.permissions | {"membership.read"},
    )


async def _list(trade: Any, **given: Any) -> list[str]:
    scope = _seeing_members(trade, trade.seller)
    page = await trade.run(lambda tx: list_sales(tx, scope=scope, query=SaleQuery(**given)))
    return [sale.number[-1] for sale in page.items]


async def test_sales_are_found_by_number_member_payment_and_refund(trade: Any) -> None:
    await trade.stock(50)
    ((_, member_id),) = await trade.run(
        lambda tx: add_members(
            tx, members=[NewMember(phone="+8613800000001", name="张三", organization_id=trade.seller.id)]
        )
    )
    first = await _sell(trade, 0, 1)
    trade.wait(timedelta(minutes=1))
    await _sell(trade, 0, 2, tender="wechat", member_id=member_id)
    trade.wait(timedelta(days=1))
    await _sell(trade, 0, 3, tender="card")
    await _refund(trade, first, 1)
    assert await _list(trade) == ["3", "2", "1"]
    assert await _list(trade, sort="-total") == ["3", "2", "1"]
    assert await _list(trade, q="zs") == ["2"]
    assert await _list(trade, q="000003") == ["3"]
    assert await _list(trade, tender="card") == ["3"]
    assert await _list(trade, is_refunded=True) == ["1"]
    assert await _list(trade, member_id=member_id) == ["2"]
    assert await _list(trade, sold_from=trade.today) == ["3"]
    assert await _list(trade, sold_until=trade.today) == ["2", "1"]


async def test_a_slip_says_what_was_bought_how_it_was_paid_and_what_came_back(trade: Any) -> None:
    await trade.stock(50)
    member = NewMember(phone="+8613800000001", name="张三", organization_id=trade.seller.id)
    ((_, member_id),) = await trade.run(lambda tx: add_members(tx, members=[member]))
    sale_id = await _sell(trade, 0, 4, tender="alipay", member_id=member_id, note="gift")

    async def slip(scope: Any) -> SaleSlip:
        found = await trade.run(lambda tx: read_sale(tx, scope=scope, order_id=sale_id))
        assert isinstance(found, SaleSlip)
        return found

    seen = await slip(_seeing_members(trade, trade.seller))
    assert (seen.tender, seen.total_minor, seen.member_name, seen.note) == ("alipay", 4_000, "张三", "gift")
    assert [(line.sku_code, line.packs, line.total_minor) for line in seen.lines] == [("K0", 4, 4_000)]
    assert seen.can_refund
    assert (await slip(trade.scope(trade.seller))).member_name is None
    assert not (await slip(trade.scope(trade.seller, without=["orders.sell"]))).can_refund
    await _refund(trade, sale_id, 4)
    after = await slip(trade.scope(trade.seller))
    assert (after.refunded_minor, after.can_refund) == (4_000, False)
    with pytest.raises(NotFound):
        await slip(trade.scope(trade.buyers[0]))


async def test_an_order_of_the_channel_is_no_sale(trade: Any) -> None:
    await trade.stock(50)
    await trade.money(100_000)
    placed = await trade.intake.place(
        scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((0, 1))
    )
    with pytest.raises(NotFound):
        await trade.run(lambda tx: read_sale(tx, scope=trade.scope(trade.seller), order_id=placed.id))
    assert await _list(trade) == []


async def test_a_day_sums_sales_and_refunds_by_how_they_were_paid(trade: Any) -> None:
    await trade.stock(50)
    old = await _sell(trade, 0, 2, tender="card")
    trade.wait(timedelta(days=1))
    await _sell(trade, 0, 1)
    today = await _sell(trade, 0, 3)
    await _refund(trade, today, 1)
    await _refund(trade, today, 1)
    await _refund(trade, old, 1)

    async def day(who: Any, **given: Any) -> DayTotals:
        found = await trade.run(lambda tx: read_day(tx, scope=trade.scope(who), query=DayQuery(**given)))
        assert isinstance(found, DayTotals)
        return found

    found = await day(trade.seller)
    assert (found.business_on, found.currency) == (trade.today, "CNY")
    sums = [(t.tender, t.sale_count, t.sold_minor, t.refund_count, t.refunded_minor) for t in found.tenders]
    assert sums == [("cash", 2, 4_000, 2, 2_000), ("card", 0, 0, 1, 1_000)]
    assert (found.sale_count, found.sold_minor, found.refund_count, found.refunded_minor) == (2, 4_000, 3, 3_000)
    before = await day(trade.seller, business_on=trade.today - timedelta(days=1))
    assert [(t.tender, t.sold_minor) for t in before.tenders] == [("card", 2_000)]
    assert (await day(trade.buyers[0])).tenders == []


async def test_the_shelf_shows_what_lies_there_with_the_price_of_each_pack(trade: Any) -> None:
    await trade.stock(30, sku=1)
    await trade.stock(5, sku=0)
    await trade.money(100_000)
    await trade.intake.place(scope=trade.scope(trade.buyers[0]), key=trade.new_key(), order=trade.order((1, 10)))

    async def shelf(who: Any, **given: Any) -> list[Any]:
        page = await trade.run(lambda tx: list_counter_goods(tx, scope=trade.scope(who), query=CounterQuery(**given)))
        return list(page.items)

    assert [(goods.sku_code, goods.free) for goods in await shelf(trade.seller)] == [("K0", 5), ("K1", 20)]
    (found,) = await shelf(trade.seller, q="K1")
    assert [(pack.units, pack.price_minor) for pack in found.packs] == [(1, 333), (12, None)]
    assert await shelf(trade.seller, q="K2") == []
    assert await shelf(trade.buyers[0]) == []
