"""One line from several warehouses: in whole packs, as few as have it, exact in goods and money."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingqu.kernel.errors import Refusal
from lingqu.modules.orders.arrivals import NewReceipt
from lingqu.modules.orders.confirm import Confirmation, confirm
from lingqu.modules.orders.queries import read_order
from lingqu.modules.orders.receive import receive
from lingqu.modules.orders.ship import NewShipment, ship
from lingqu.modules.orders.step import only
from lingqu.modules.routing.choose import Facts, Line, choose
from lingqu.modules.routing.plan import Buyer, Plan, Site, course_of
from lingqu.modules.routing.types import NewSetting
from tests.routing.test_reject import _reject as reject

SITES = tuple(
    Site(id=i, seller_id=1, name=f"N{i}", bin_id=100 + i, latitude=30.0 + i, longitude=120.0) for i in range(1, 5)
)
BUYER = Buyer(id=9, level="A", latitude=30.25, longitude=120.17, region_path=())


@settings(max_examples=300)
@given(
    free=st.lists(st.integers(0, 30), min_size=4, max_size=4),
    packs=st.integers(1, 12),
    units=st.integers(1, 5),
    most=st.integers(1, 4),
)
def test_parts_are_whole_packs_as_few_as_possible_and_sum_to_the_line(
    free: list[int], packs: int, units: int, most: int
) -> None:
    setting = NewSetting(rules=("stock", "distance"), max_parts=most)
    course = course_of(Plan(seller_id=1, version=1, setting=setting, sites=SITES), BUYER)
    kept = {(100 + i) << 32 | 7: quantity for i, quantity in enumerate(free, start=1)}
    facts = Facts(free=dict(kept), days_left={}, loads={}, minute=0)
    routes = choose(course, [Line(1, 7, packs * units, units), Line(2, 8, 1)], facts)
    parts = [route for route in routes if route.sku_id == 7]
    assert sum(part.quantity for part in parts) == packs * units
    assert all(part.quantity % units == 0 for part in parts)
    assert len({part.node_id for part in parts}) == len(parts) <= most
    assert [(part.line_no, part.part_of) for part in parts] == [
        (1, None),
        *[(2 + n, 1) for n in range(1, len(parts))],
    ]
    whole = sorted((quantity // units for quantity in free), reverse=True)
    fewest = next((n for n in range(1, 5) if sum(whole[:n]) >= packs), None)
    if max(free) >= packs * units:
        assert len(parts) == 1
    elif fewest is not None and fewest <= most:
        assert len(parts) == fewest
        assert all(part.free >= part.quantity for part in parts)
    elif most > 1:
        assert all(part.free >= part.quantity for part in parts[1:])


def test_among_as_few_the_sellers_rules_choose() -> None:
    setting = NewSetting(rules=("stock", "distance"), max_parts=2)
    course = course_of(Plan(seller_id=1, version=1, setting=setting, sites=SITES), BUYER)
    free = {101 << 32 | 7: 4, 102 << 32 | 7: 6, 104 << 32 | 7: 9}
    routes = choose(course, [Line(1, 7, 10, 1)], Facts(free=free, days_left={}, loads={}, minute=0))
    assert [(route.node_id, route.quantity, route.decided_by) for route in routes] == [(1, 4, "split"), (2, 6, "split")]


async def _placed(places: Any, *lines: tuple[int, int], parts: int = 2, **given: Any) -> Any:
    await places.switch_on(max_parts=parts)
    await places.trade.money(1_000_000)
    return await places.place(*lines, **given)


async def test_a_split_line_is_placed_shipped_and_received_to_the_last_unit(places: Any) -> None:
    await places.stock("near", 3)
    await places.stock("far", 4)
    placed = await _placed(places, (0, 7))
    whole = await places.trade.one("select sum(total_minor) from orders.line")
    assert whole == placed.total_minor
    assert await places.reserved() == {"home": 0, "near": 3, "far": 4}
    trade = places.trade
    selling, buying = trade.scope(trade.seller), trade.scope(trade.buyers[0])
    order = await trade.run(lambda tx: read_order(tx, scope=selling, order_id=placed.id))
    assert [(line.line_no, line.part_of, line.quantity, line.node_name) for line in order.lines] == [
        (1, None, 3, "near"),
        (2, 1, 4, "far"),
    ]
    await trade.run(lambda tx: confirm(tx, scope=selling, confirmations=[Confirmation(order_id=placed.id)]))
    (sent,) = await trade.run(lambda tx: ship(tx, scope=selling, shipments=[NewShipment(order_id=placed.id)]))
    receipt = NewReceipt(shipment_id=only([sent]).document_id)
    await trade.run(lambda tx: receive(tx, scope=buying, receipts=[receipt]), who=trade.buyers[0])
    assert await trade.on_hand(trade.key(0, trade.buyers[0])) == (7, 0)
    assert await trade.one("select status from orders.order") == "completed"
    assert await trade.violations() == {}


async def test_without_the_setting_a_line_stays_whole(places: Any) -> None:
    await places.stock("near", 3)
    await places.stock("far", 4)
    with pytest.raises(Refusal) as refused:
        await _placed(places, (0, 7), parts=1)
    assert refused.value.code == "stock.out-of-stock"


async def test_what_all_parts_lack_follows_the_policy(places: Any) -> None:
    await places.stock("near", 3)
    await places.stock("far", 4)
    placed = await _placed(places, (0, 9), shortage_policy="back-order")
    assert await places.reserved() == {"home": 0, "near": 3, "far": 4}
    assert await places.trade.one("select sum(back_ordered) from orders.line") == 2
    assert await places.trade.one("select sum(total_minor) from orders.line") == placed.total_minor
    assert await places.trade.violations() == {}


async def test_a_rejected_line_is_split_over_those_that_are_left(places: Any) -> None:
    await places.stock("near", 7)
    await places.stock("home", 3)
    await places.stock("far", 4)
    placed = await _placed(places, (0, 7))
    tax = await places.trade.one("select sum(tax_minor) from orders.line")
    await reject(places, placed.id, "near")
    assert await places.reserved() == {"home": 3, "near": 0, "far": 4}
    assert await places.trade.one("select sum(total_minor) from orders.line") == placed.total_minor
    assert await places.trade.one("select sum(tax_minor) from orders.line") == tax
    assert await places.trade.one("select count(*) from routing.part") == 1
    assert await places.trade.violations() == {}
