"""Six stories, found as a visitor finds them: by the reads of the pages, with the logins that docs/demo.md names."""

from datetime import timedelta

from lingqu.modules.credit.agreements import AgreementQuery, list_agreements
from lingqu.modules.orders.decide_joint import decide_joint
from lingqu.modules.orders.joint_queries import JointQuery, list_joint, read_joint
from lingqu.modules.orders.joint_types import JointDecision
from lingqu.modules.orders.queries import OrderQuery, list_orders, read_order
from lingqu.modules.partners.webhooks import list_webhooks
from lingqu.modules.pricing.list_breaches import BreachQuery, list_breaches
from lingqu.modules.stock.list_lots import LotQuery, list_lots
from lingqu.runtime.paging import ListQuery
from tests.roles.demo.conftest import TODAY, Demo

LATE = timedelta(days=14)


async def test_a_lot_near_its_expiry_lies_at_the_distributor(demo: Demo) -> None:
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, "distributor")
        query = LotQuery(expires_within_days=10, sort="-on_hand", limit=1)
        (lot,) = (await list_lots(tx, scope=scope, query=query, today=TODAY.date())).items
    assert lot.expires_on == demo.plan.stories.old_lot_expires_on
    assert lot.node_name == "杭州润丰商贸有限公司仓库"
    assert lot.on_hand > 100


async def test_a_dealer_owes_more_than_it_may(demo: Demo) -> None:
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, "distributor")
        found = (await list_agreements(tx, scope=scope, query=AgreementQuery(is_over_limit=True))).items
    assert [one.buyer_name for one in found] == [demo.plan.channel.firms[demo.plan.stories.debtor].name]
    assert found[0].owed_minor > found[0].limit_minor > 0
    assert found[0].available_minor == 0
    assert found[0].over_limit_minor > 0


async def test_a_shipment_came_short(demo: Demo) -> None:
    on = demo.plan.stories.short_on
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, "dealer")
        query = OrderQuery(side="buying", placed_from=on, placed_until=on + timedelta(days=1))
        (line,) = (await list_orders(tx, scope=scope, query=query)).items
        order = await read_order(tx, scope=scope, order_id=line.id)
    short = [part for shipment in order.shipments for part in shipment.lines if part.short]
    assert len(short) == 1
    assert short[0].short_reason in {"破损", "少件", "包装渗漏"}
    assert sum(one.short for one in order.lines) == short[0].short
    assert order.status == "completed"


async def test_an_amount_is_in_dispute(demo: Demo) -> None:
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, "dealer")
        orders = (await list_orders(tx, scope=scope, query=OrderQuery(side="buying", limit=50))).items
        whole = [await read_order(tx, scope=scope, order_id=one.id) for one in orders]
    alone = {one.id: [back for back in one.returns if back.joint_id is None] for one in whole}
    (order,) = [one for one in whole if alone[one.id]]
    assert [(one.status, one.reason) for one in alone[order.id]] == [
        ("rejected", "到货时外箱渗漏，门店要求退款"),
        ("requested", "监控可见卸货时已渗漏，申请复核，金额有争议"),
    ]
    assert alone[order.id][0].decision_reason == "签收单未注明破损，不予退款"


async def test_an_order_entered_for_the_shop_waits_for_its_word(demo: Demo) -> None:
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, "dealer")
        orders = (await list_orders(tx, scope=scope, query=OrderQuery(approval_status="waiting", limit=50))).items
        found = [await read_order(tx, scope=scope, order_id=one.id) for one in orders if one.status == "placed"]
    (entered,) = [one for one in found if one.is_on_behalf]
    assert {"approve", "reject"} <= set(entered.actions)


async def test_a_return_over_several_orders_waits_for_the_distributor(demo: Demo) -> None:
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, "distributor")
        (asked,) = (await list_joint(tx, scope=scope, query=JointQuery(side="selling"))).items
        found = await read_joint(tx, scope=scope, joint_id=asked.id)
        async with tx.connection.transaction(force_rollback=True):
            done = await decide_joint(tx, scope=scope, joint_id=asked.id, decision=JointDecision(is_accepted=True))
    assert (done.status, done.refund_minor) == ("accepted", found.shown_minor)  # the shop has the goods
    assert (found.status, found.actions) == ("requested", ["decide-return"])
    assert found.order_count >= 2
    assert found.shown_minor == sum(line.refund_minor for line in found.lines) > 0
    assert len({line.reason for line in found.lines}) == 3


async def test_a_shop_sells_below_the_floor(demo: Demo) -> None:
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, "brand")
        found = (await list_breaches(tx, scope=scope, query=BreachQuery())).items
    assert {one.seller_name for one in found} == {demo.plan.channel.firms[demo.plan.stories.breaker].name}
    assert len(found) == len(demo.plan.breach_goods)
    assert all(one.floor_minor is not None and one.price_minor < one.floor_minor for one in found)


async def test_a_dealer_has_gone_quiet(demo: Demo) -> None:
    channel, stories = demo.plan.channel, demo.plan.stories
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, "distributor")
        ids = {
            place: (await demo.scope(tx, demo.login(place))).organization_id
            for place in channel.dealers_of(stories.distributor)
        }
        last = {}
        for place, buyer_id in ids.items():
            query = OrderQuery(side="selling", kind="channel", buyer_id=buyer_id, limit=1)
            last[place] = (await list_orders(tx, scope=scope, query=query)).items[0].business_on
    assert last[stories.silent] < stories.silent_from
    others = [on for place, on in last.items() if place != stories.silent]
    assert min(others) > demo.plan.last - LATE


async def test_a_system_waits_to_be_connected(demo: Demo) -> None:
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, "distributor")
        (webhook,) = (await list_webhooks(tx, scope=scope, query=ListQuery())).items
    assert (webhook.state, webhook.steps) == ("paused", ["close", "resume"])
    assert "orders.placed.v1" in webhook.subjects
