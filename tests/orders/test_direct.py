"""A supplier sends straight to its buyer's buyer: two orders back to back, in two cells, step for step."""

import asyncio
from typing import Any

import pytest

from lingqu.kernel.errors import NotFound, Refusal
from lingqu.modules.network.api import BinState, bump_epochs
from lingqu.modules.network.links import LinkEdit, edit_link
from lingqu.modules.orders.cancel import cancel
from lingqu.modules.orders.plan_return import BackGoods, ReturnWish, plan_return
from lingqu.modules.orders.reroute import LineNode, Reroute, reroute
from lingqu.modules.routing.api import NodeSetting
from tests.orders.direct import FEE_PPM, Supply

PLENTY = 10_000_000


async def _ready(supply: Supply, *, stock: int = 100, **setting: Any) -> None:
    """Let the supplier offer and stock, the distributor count on it and pay ahead, and the shop have money."""
    await supply.offer()
    await supply.places.switch_on(direct=(supply.supplier.id,), **setting)
    await supply.stock(stock)
    await supply.money(PLENTY)
    await supply.trade.money(PLENTY)


async def test_what_only_the_supplier_has_is_bought_and_sold_in_one(supply: Supply) -> None:
    await _ready(supply)
    await supply.places.stock("near", 50, sku=1)
    placed = await supply.place((0, 10), (1, 5))
    assert placed.total_minor == 10 * 1_000 + 5 * 333
    assert placed.short_lines == ()
    bought = await supply.bought(placed.id)
    assert await supply.lines(placed.id) == [
        (1, True, 0, 10, 0, 0, 0, 0, 0),
        (2, False, 5, 0, 0, 0, 0, 0, 0),
    ]
    assert await supply.lines(bought) == [(1, False, 10, 0, 0, 0, 0, 0, 0)]
    assert await supply.trade.on_hand(supply.key(), supply.supplier.home_cell) == (100, 10)
    total, seller, buyer = await supply.trade.one(
        "select total_minor, seller_id, buyer_id from orders.order where id = %s", bought
    )
    assert (total, seller, buyer) == (10 * 700, supply.supplier.id, supply.trade.seller.id)
    assert await supply.trade.violations() == {}


async def test_own_stock_comes_first_where_the_rules_say_so(supply: Supply) -> None:
    home = supply.places.nodes["home"]
    await _ready(supply, rules=("stock", "preferred"), nodes=(NodeSetting(node_id=home, preference=1),))
    await supply.places.stock("home", 50)
    placed = await supply.place((0, 10))
    assert await supply.lines(placed.id) == [(1, False, 10, 0, 0, 0, 0, 0, 0)]
    assert await supply.trade.one("select count(*) from orders.direct_order") == 0


async def test_goods_money_and_fee_follow_every_step(supply: Supply) -> None:
    await _ready(supply)
    trade = supply.trade
    placed = await supply.place((0, 10))
    bought = await supply.both_confirmed(placed.id)
    await supply.ship(bought, (1, 6))
    assert await supply.lines(placed.id) == [(1, True, 0, 4, 0, 6, 0, 0, 0)]
    net = round(6 * 700 / 1.13)
    assert await supply.fee() == (round(net * FEE_PPM / 1e6),) * 2
    await supply.receive(await supply.arrived(placed.id), (1, 5, "broken"))
    assert await supply.lines(placed.id) == [(1, True, 0, 4, 0, 6, 5, 1, 0)]
    assert await supply.lines(bought) == [(1, False, 4, 0, 0, 6, 5, 1, 0)]
    assert await trade.on_hand(trade.key(who=trade.buyers[0])) == (5, 0)
    transit = supply.key(state=BinState.IN_TRANSIT)
    assert await trade.on_hand(transit, supply.supplier.home_cell) == (0, 0)
    await supply.ship(bought)
    done = await supply.receive(await supply.arrived(placed.id))
    assert (done.status, done.fulfilment_status) == ("completed", "received")
    assert await trade.one("select status from orders.order where id = %s", bought) == "completed"
    charged = await trade.one(
        "select sum(settled_minor - refunded_minor) from orders.payment where order_id = %s", bought
    )
    assert charged == 9 * 700
    assert await supply.fee() == (round((6_300 - 725) * FEE_PPM / 1e6),) * 2
    assert await trade.violations() == {}


async def test_what_is_given_back_goes_to_the_supplier_and_leaves_no_fee(supply: Supply) -> None:
    await _ready(supply)
    trade = supply.trade
    placed = await supply.place((0, 10))
    bought = await supply.both_confirmed(placed.id)
    await supply.ship(bought)
    await supply.receive(await supply.arrived(placed.id))
    await supply.give_back(placed.id, (1, 3))
    with pytest.raises(Refusal) as refused:
        await supply.decide(await supply.return_of(placed.id), who=trade.seller)
    assert refused.value.code == "orders.supplier-decides"
    await supply.decide(await supply.return_of(bought), who=supply.supplier)
    assert await supply.lines(placed.id) == [(1, True, 0, 0, 0, 10, 10, 0, 3)]
    assert await supply.lines(bought) == [(1, False, 0, 0, 0, 10, 10, 0, 3)]
    assert await trade.on_hand(supply.key(), supply.supplier.home_cell) == (93, 0)
    assert await trade.violations() == {}
    await supply.give_back(placed.id, (1, 7))
    with pytest.raises(Refusal) as twice:
        await supply.give_back(placed.id, (1, 1))
    assert twice.value.code == "orders.too-many"
    await supply.decide(await supply.return_of(bought), who=supply.supplier)
    assert await supply.fee() == (0, 0)
    assert await trade.on_hand(supply.key(), supply.supplier.home_cell) == (100, 0)
    assert await trade.violations() == {}


async def test_a_return_that_the_supplier_turns_down_moves_nothing(supply: Supply) -> None:
    await _ready(supply)
    placed = await supply.place((0, 10))
    bought = await supply.both_confirmed(placed.id)
    await supply.ship(bought)
    await supply.receive(await supply.arrived(placed.id))
    await supply.give_back(placed.id, (1, 3))
    before = await supply.fee()
    await supply.decide(await supply.return_of(bought), who=supply.supplier, is_accepted=False)
    assert await supply.trade.one("select array_agg(distinct status) from orders.return") == ["rejected"]
    assert await supply.fee() == before
    assert await supply.trade.violations() == {}


async def test_goods_that_go_to_different_places_are_asked_back_by_themselves(supply: Supply) -> None:
    await _ready(supply)
    await supply.places.stock("near", 50, sku=1)
    placed = await supply.place((0, 10), (1, 5))
    bought = await supply.both_confirmed(placed.id)
    await supply.ship(bought)
    await supply.receive(await supply.arrived(placed.id))
    await supply.ship(placed.id, who=supply.trade.seller)
    await supply.receive(await supply.arrived(placed.id))
    with pytest.raises(Refusal) as refused:
        await supply.give_back(placed.id, (1, 1), (2, 1))
    assert refused.value.code == "orders.mixed-return"
    with pytest.raises(Refusal) as theirs:
        await supply.give_back(bought, (1, 1), who=supply.trade.seller)
    assert theirs.value.code == "orders.asked-by-theirs"
    await supply.give_back(placed.id, (2, 1))
    await supply.decide(await supply.return_of(placed.id), who=supply.trade.seller)
    assert await supply.trade.violations() == {}


async def test_what_the_seller_cancels_is_not_bought_any_more(supply: Supply) -> None:
    await _ready(supply)
    trade = supply.trade
    placed = await supply.place((0, 10))
    bought = await supply.bought(placed.id)
    scope = trade.scope(trade.buyers[0])
    await trade.run(lambda tx: cancel(tx, scope=scope, order_id=placed.id, reason="test"), who=trade.buyers[0])
    assert await trade.one("select array_agg(distinct status) from orders.order") == ["cancelled"]
    assert await supply.lines(bought) == [(1, False, 0, 0, 10, 0, 0, 0, 0)]
    assert await trade.on_hand(supply.key(), supply.supplier.home_cell) == (100, 0)
    assert await trade.violations() == {}


async def test_a_part_that_is_closed_is_closed_on_both_sides(supply: Supply) -> None:
    await _ready(supply)
    placed = await supply.place((0, 10))
    bought = await supply.both_confirmed(placed.id)
    with pytest.raises(Refusal) as refused:
        await supply.close(placed.id, (1, 4), who=supply.trade.buyers[0])
    assert refused.value.errors[0].code == "ask-the-seller"
    await supply.close(placed.id, (1, 4), who=supply.trade.seller)
    assert await supply.lines(bought) == [(1, False, 6, 0, 4, 0, 0, 0, 0)]
    await supply.ship(bought)
    await supply.receive(await supply.arrived(placed.id))
    assert await supply.trade.one("select array_agg(distinct status) from orders.order") == ["completed"]
    assert await supply.trade.violations() == {}


async def test_what_the_supplier_gives_up_its_buyer_sends(supply: Supply) -> None:
    await _ready(supply)
    trade = supply.trade
    placed = await supply.place((0, 10))
    bought = await supply.both_confirmed(placed.id)
    await supply.places.stock("far", 6)
    scope = trade.scope(supply.supplier)
    await trade.run(lambda tx: cancel(tx, scope=scope, order_id=bought, reason="no lorry"), who=supply.supplier)
    assert await supply.lines(placed.id) == [(1, False, 6, 4, 0, 0, 0, 0, 0)]
    seen = await supply.read(placed.id, trade.seller)
    assert seen.seller_side is not None
    assert seen.seller_side.held is not None
    assert seen.seller_side.held.reason == "no lorry"
    assert seen.direct[0].line_nos == []
    told = await trade.one(
        "select count(*) from runtime.outbox as o, jsonb_array_elements(o.body::jsonb) as e where e::text like %s",
        "%orders.direct-released.v1%",
    )
    assert told == 1
    assert await trade.violations() == {}


async def test_a_line_that_has_begun_to_come_is_its_buyers_to_close(supply: Supply) -> None:
    await _ready(supply)
    placed = await supply.place((0, 10))
    bought = await supply.both_confirmed(placed.id)
    with pytest.raises(Refusal) as part:
        await supply.close(bought, (1, 4), who=supply.supplier)
    await supply.ship(bought, (1, 6))
    with pytest.raises(Refusal) as begun:
        await supply.close(bought, who=supply.supplier)
    assert part.value.code == begun.value.code == "orders.begun-direct"
    await supply.close(placed.id, who=supply.trade.seller)
    assert await supply.lines(bought) == [(1, False, 0, 0, 4, 6, 0, 0, 0)]
    assert await supply.trade.violations() == {}


async def test_steps_that_would_part_the_pair_are_refused(supply: Supply) -> None:
    await _ready(supply)
    trade = supply.trade
    placed = await supply.place((0, 10))
    bought = await supply.bought(placed.id)
    await supply.confirm(bought, supply.supplier)
    with pytest.raises(Refusal) as early:
        await supply.ship(bought)
    assert early.value.code == "orders.not-sold-yet"
    await supply.confirm(placed.id, trade.seller)
    with pytest.raises(Refusal) as nothing:
        await supply.ship(placed.id, who=trade.seller)
    assert nothing.value.code == "orders.nothing-to-ship"
    asked = Reroute(lines=[LineNode(line_no=1, node_id=supply.places.nodes["near"])], reason="test")
    with pytest.raises(Refusal) as fixed:
        await trade.run(
            lambda tx: reroute(tx, scope=trade.scope(trade.seller), order_id=placed.id, asked=asked), who=trade.seller
        )
    assert fixed.value.code == "orders.sent-by-supplier"
    await supply.ship(bought)
    with pytest.raises(Refusal) as theirs:
        await supply.receive(await supply.arrived(bought), who=trade.seller)
    assert theirs.value.code == "orders.received-by-theirs"
    assert await trade.violations() == {}


async def test_each_side_sees_what_is_its_own(supply: Supply) -> None:
    await _ready(supply)
    trade = supply.trade
    placed = await supply.place((0, 10))
    bought = await supply.both_confirmed(placed.id)
    await supply.ship(bought)
    shop = await supply.read(placed.id, trade.buyers[0])
    assert (shop.direct[0].supplier_name, shop.direct[0].line_nos) == ("厂家", [1])
    assert (shop.direct[0].order_id, shop.direct[0].fee_ppm, shop.direct[0].fee_minor) == (None, None, None)
    assert "supplier" not in [step.actor_name for step in shop.steps]
    with pytest.raises(NotFound):
        await supply.read(bought, trade.buyers[0])
    between = await supply.read(placed.id, trade.seller)
    assert (between.direct[0].order_id, between.direct[0].fee_ppm) == (bought, FEE_PPM)
    assert between.direct[0].fee_minor == (await supply.fee())[0]
    other_way = await supply.read(bought, trade.seller)
    assert other_way.direct[0].order_id == placed.id
    sender = await supply.read(bought, supply.supplier)
    assert (sender.direct[0].receiver_name, sender.direct[0].order_id) == ("小店一", None)
    assert sender.direct[0].fee_minor == between.direct[0].fee_minor
    assert sender.ship_to.contact == "小店一"
    with pytest.raises(NotFound):
        await supply.read(placed.id, supply.supplier)


async def test_two_orders_for_the_last_units_are_not_both_sent(supply: Supply) -> None:
    await _ready(supply, stock=10)
    await supply.trade.money(PLENTY, buyer=1)
    answers = await asyncio.gather(
        *[supply.place((0, 7), buyer=buyer) for buyer in (0, 1, 0, 1)], return_exceptions=True
    )
    placed = [one for one in answers if not isinstance(one, BaseException)]
    assert len(placed) == 1
    assert {one.code for one in answers if isinstance(one, Refusal)} == {"stock.out-of-stock"}
    assert await supply.trade.on_hand(supply.key(), supply.supplier.home_cell) == (10, 7)
    assert await supply.trade.violations() == {}


async def test_a_supplier_that_is_not_paid_ahead_is_out(supply: Supply) -> None:
    await supply.offer()
    node_id = supply.supplier.node_id
    await supply.places.switch_on(
        direct=(supply.supplier.id,), rules=("stock", "preferred"), nodes=(NodeSetting(node_id=node_id, preference=1),)
    )
    await supply.stock(100)
    await supply.money(10 * 700 - 1)
    await supply.trade.money(PLENTY)
    await supply.places.stock("far", 10)
    placed = await supply.place((0, 10))
    assert await supply.lines(placed.id) == [(1, False, 10, 0, 0, 0, 0, 0, 0)]
    why = await supply.trade.one("select lines -> 0 -> 'dropped' from routing.decision where order_id = %s", placed.id)
    assert why == [[node_id, "no-money"]]
    await supply.money(1)
    assert await supply.lines((await supply.place((0, 10))).id) == [(1, True, 0, 10, 0, 0, 0, 0, 0)]


async def test_an_offer_that_ends_holds_for_what_was_placed_and_no_longer(supply: Supply) -> None:
    await _ready(supply)
    placed = await supply.place((0, 10))
    offer = await supply.offer(if_match=1, is_active=False)
    assert (offer.is_active, offer.is_used) == (False, True)
    with pytest.raises(Refusal) as refused:
        await supply.place((0, 10))
    assert refused.value.code == "stock.out-of-stock"
    bought = await supply.both_confirmed(placed.id)
    await supply.ship(bought)
    await supply.receive(await supply.arrived(placed.id))
    assert await supply.trade.violations() == {}


async def test_an_order_that_must_be_approved_is_not_sent_directly(supply: Supply) -> None:
    await _ready(supply)
    trade = supply.trade
    await supply.places.stock("far", 10)

    async def watch(tx: Any) -> None:
        await tx.connection.execute(
            "update network.trade_link set approval_above_minor = 1 where buyer_id = %s", (trade.buyers[0].id,)
        )

    await trade.run(watch)
    placed = await supply.place((0, 10))
    assert placed.approval_status == "waiting"
    assert await supply.lines(placed.id) == [(1, False, 10, 0, 0, 0, 0, 0, 0)]


async def test_a_link_that_is_closed_and_opened_again_is_heard_of(supply: Supply) -> None:
    await _ready(supply)
    trade = supply.trade
    link_id = await trade.one("select id from network.trade_link where seller_id = %s", supply.supplier.id)

    async def turn(status: Any, version: int) -> None:
        scope = supply.scope(supply.supplier)
        edit = LinkEdit(status=status)
        await trade.run(
            lambda tx: edit_link(tx, scope=scope, link_id=link_id, version=version, edit=edit), who=supply.supplier
        )

    assert await supply.lines((await supply.place((0, 10))).id) == [(1, True, 0, 10, 0, 0, 0, 0, 0)]
    await turn("suspended", 1)
    with pytest.raises(Refusal):
        await supply.place((0, 10))
    await turn("active", 2)
    assert await supply.lines((await supply.place((0, 10))).id) == [(1, True, 0, 10, 0, 0, 0, 0, 0)]


async def test_a_price_of_the_supplier_that_moved_is_the_one_that_is_paid(supply: Supply) -> None:
    await _ready(supply)
    trade = supply.trade
    await supply.place((0, 1))

    async def raise_price(tx: Any) -> None:
        await tx.connection.execute(
            "update pricing.price_item as i set price_minor = 800 from pricing.price_list as l "
            "where l.id = i.list_id and l.seller_id = %s and i.sku_id = %s",
            (supply.supplier.id, trade.skus[0]),
        )
        await bump_epochs(tx, seller_ids=[supply.supplier.id])

    await trade.run(raise_price)
    bought = await supply.bought((await supply.place((0, 10))).id)
    assert await trade.one("select total_minor from orders.order where id = %s", bought) == 8_000


async def test_a_retry_meets_its_own_order(supply: Supply) -> None:
    await _ready(supply)
    trade, key = supply.trade, supply.trade.new_key()
    order = trade.order((0, 10))
    first = await trade.intake.place(scope=trade.scope(trade.buyers[0]), key=key, order=order)
    again = await trade.intake.place(scope=trade.scope(trade.buyers[0]), key=key, order=order)
    assert (again.id, again.short_lines) == (first.id, ())
    assert await trade.one("select count(*) from orders.order") == 2


async def test_a_return_over_many_orders_leaves_out_what_the_supplier_sent(supply: Supply) -> None:
    await _ready(supply)
    trade = supply.trade
    placed = await supply.place((0, 10))
    bought = await supply.both_confirmed(placed.id)
    await supply.ship(bought)
    await supply.receive(await supply.arrived(placed.id))
    goods = [BackGoods(sku_id=trade.skus[0], quantity=2, reason="test")]
    for who, seller in ((trade.buyers[0], trade.seller), (trade.seller, supply.supplier)):
        scope, wish = trade.scope(who), ReturnWish(seller_id=seller.id, lines=goods)
        plan = await trade.run(lambda tx, s=scope, w=wish: plan_return(tx, scope=s, wish=w), who=who)  # type: ignore[misc]
        assert (plan.lines, [one.code for one in plan.left_out]) == ([], ["orders.nothing-to-return"])
