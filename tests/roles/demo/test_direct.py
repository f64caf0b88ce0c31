"""The plant sends straight to the distributor's shops what the distributor ran low of."""

from lingqu.modules.orders.queries import OrderQuery, list_orders, read_order
from lingqu.modules.orders.types import Order
from lingqu.modules.routing.setting import read_setting
from tests.roles.demo.conftest import TODAY, Demo


async def _direct(demo: Demo, login: str, side: str) -> list[Order]:
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, login)
        query = OrderQuery(side=side, kind="channel", limit=30)  # type: ignore[arg-type]
        listed = (await list_orders(tx, scope=scope, query=query)).items
        read = [await read_order(tx, scope=scope, order_id=one.id) for one in listed]
    return [order for order in read if order.direct]


async def test_three_orders_are_sent_by_the_plant_and_each_side_sees_its_own(demo: Demo) -> None:
    sold = await _direct(demo, "distributor", "selling")
    assert sorted(order.fulfilment_status for order in sold) == ["none", "received", "shipped"]
    bought = await _direct(demo, "supplier", "selling")
    assert {order.id for order in bought} == {one.order_id for order in sold for one in order.direct}
    assert sum(one.fee_minor or 0 for order in sold for one in order.direct) > 0
    assert all(one.order_id is None and order.ship_to.text for order in bought for one in order.direct)
    (shop,) = await _direct(demo, "dealer", "buying")
    assert shop.direct[0].fee_minor is None


async def test_the_distributor_counts_on_the_plants_offer(demo: Demo) -> None:
    async with demo.database.begin(now=TODAY) as tx:
        setting = await read_setting(tx, scope=await demo.scope(tx, "distributor"))
    (offer,) = setting.offers
    assert setting.direct == (offer.seller_id,)
    assert (offer.is_active, len(offer.nodes)) == (True, 1)
