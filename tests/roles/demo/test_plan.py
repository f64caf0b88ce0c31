"""The plan: the same every time, as big as promised, shaped like a year of dairy."""

import os
import subprocess
import sys
from collections import Counter
from datetime import date

import pytest

from lingqu.modules.catalog.api import normalise_gtin
from lingqu.roles.demo.plan.calendar import feasts, promotions
from lingqu.roles.demo.plan.day import Day
from lingqu.roles.demo.plan.demand import appetite, visits
from lingqu.roles.demo.plan.goods import gtin13, plan_goods, price_of
from lingqu.roles.demo.plan.open_orders import Until, plan_open_orders
from lingqu.roles.demo.plan.plan import Plan, make_plan
from lingqu.roles.demo.plan.size import SIZES, Scale
from lingqu.roles.demo.plan.tariff import FLOOR_PERCENT, PLANT_PERCENT, PROMOTED_PERCENT, TRADE_PERCENT
from lingqu.roles.demo.plan.trade import Trade
from lingqu.roles.demo.plan.weather import Weather, plan_weather

LAST = date(2026, 3, 1)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(SIZES[Scale.SMALL], last=LAST)


@pytest.fixture(scope="module")
def days(plan: Plan) -> list[Day]:
    return list(Trade(plan).days())


def test_the_same_seed_gives_the_same_plan(plan: Plan, days: list[Day]) -> None:
    again = make_plan(SIZES[Scale.SMALL], last=LAST)
    assert again == plan
    assert list(Trade(again).days()) == days


def test_another_process_makes_the_same_plan() -> None:
    code = (
        "import hashlib, datetime;"
        "from lingqu.roles.demo.plan.plan import make_plan;"
        "from lingqu.roles.demo.plan.size import SIZES, Scale;"
        "from lingqu.roles.demo.plan.trade import Trade;"
        "plan = make_plan(SIZES[Scale.SMALL], last=datetime.date(2026, 3, 1));"
        "print(hashlib.sha256(repr((plan, list(Trade(plan).days()))).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_another_last_day_gives_another_plan(plan: Plan) -> None:
    assert make_plan(SIZES[Scale.SMALL], last=date(2026, 3, 2)).first != plan.first


def test_a_small_demo_is_a_tenth(plan: Plan, days: list[Day]) -> None:
    channel = plan.channel
    assert [len(channel.suppliers), len(channel.distributors), len(channel.dealers)] == [3, 6, 120]
    assert len(plan.goods) == 100
    assert len(plan.members) == 2_000
    assert len(days) == 56
    assert sum(len(day.orders) for day in days) >= 1_500
    assert sum(len(day.sales) for day in days) >= 6_000


def test_the_default_demo_is_as_big_as_promised() -> None:
    plan = make_plan(SIZES[Scale.DEFAULT], last=LAST)
    orders = sales = 0
    for day in Trade(plan).days():
        orders += len(day.orders)
        sales += len(day.sales)
    assert orders >= 15_000
    assert sales >= 60_000
    assert len(plan.goods) == 300
    assert len(plan.members) == 20_000
    assert (plan.last - plan.first).days == 547


def test_a_large_channel_has_five_times_the_dealers() -> None:
    plan = make_plan(SIZES[Scale.LARGE], last=LAST)
    names = Counter(firm.name for firm in plan.channel.firms)
    assert len(plan.channel.dealers) == 600
    assert names.most_common(1)[0][1] == 1


def test_the_channel_is_spread_over_four_cells(plan: Plan) -> None:
    assert {firm.home_cell for firm in plan.channel.firms} == {0, 1, 2, 3}
    assert {plan.channel.firms[place].home_cell for place in plan.channel.distributors} == {0, 1, 2, 3}


def test_nobody_sells_what_it_does_not_have(plan: Plan, days: list[Day]) -> None:
    units = {goods: [pack.units for pack in one.packs] for goods, one in enumerate(plan.goods)}
    stock: Counter[tuple[int, int]] = Counter()
    sent: dict[int, int] = {}
    for day in days:
        for one in day.spoiled:
            stock[one.firm, one.goods] -= one.quantity
        for made in day.made:
            stock[made.firm, made.goods] += made.quantity
        sold = Counter({(sale.dealer, line.goods): 0 for sale in day.sales for line in sale.lines})
        for sale in day.sales:
            for line in sale.lines:
                sold[sale.dealer, line.goods] += line.packs * units[line.goods][line.pack]
        for order in day.orders:
            sent[order.number] = len(order.lines)
        for order in day.arrivals:
            assert order.number in sent, "nothing arrives that was not sent"
            for line in order.lines:
                stock[order.buyer, line.goods] += line.packs * units[line.goods][line.pack]
        for key, quantity in sold.items():
            stock[key] -= quantity
            assert stock[key] >= 0


def test_goods_bear_numbers_that_are_right() -> None:
    goods = plan_goods(300)
    numbers = [pack.gtin for one in goods for pack in one.packs]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert len(number) == 13
        assert normalise_gtin(number) == f"0{number}"
        assert number.startswith("952")
    assert gtin13(123) == "9520000001230"
    assert len({one.code for one in goods}) == 300


def test_everybody_earns_on_the_way_to_the_shop() -> None:
    retail = 1_000
    steps = [PLANT_PERCENT[0][1], TRADE_PERCENT["A"][-1][1], TRADE_PERCENT[""][0][1], FLOOR_PERCENT, PROMOTED_PERCENT]
    assert [price_of(retail, percent) for percent in steps] == [620, 730, 790, 850, 900]


def test_feasts_move_what_is_bought() -> None:
    fair = Weather(17.0, is_rainy=False)
    near = feasts(date(2026, 1, 1), date(2026, 3, 1))
    eve, usual = date(2026, 2, 10), date(2026, 3, 24)
    assert [feast.on for feast in near if feast.name == "spring"] == [date(2026, 2, 17)]
    assert appetite("gift", eve, fair, near, ()) == pytest.approx(2.6)
    assert appetite("gift", usual, fair, near, ()) == pytest.approx(1.0)
    assert visits(eve, fair, near) > visits(usual, fair, near)
    assert visits(date(2026, 2, 17), fair, near) < 0.5


def test_heat_and_promotions_move_what_is_bought() -> None:
    hot, cold = Weather(35.0, is_rainy=False), Weather(3.0, is_rainy=False)
    day = date(2026, 7, 15)
    assert appetite("ice", day, hot, (), ()) > 2
    assert appetite("ice", day, cold, (), ()) < 0.2
    offer = next(one for one in promotions(date(2026, 9, 1), date(2026, 10, 1)) if "gift" in one.tempers)
    with_offer = appetite("gift", offer.starts_on, cold, (), (offer,))
    assert with_offer > appetite("gift", offer.starts_on, cold, (), ())


def test_july_is_warmer_than_january() -> None:
    days = plan_weather("HZ", date(2026, 1, 1), 365)
    january = sum(day.temperature_c for day in days[:31]) / 31
    july = sum(day.temperature_c for day in days[181:212]) / 31
    assert july - january > 18


def test_an_order_waits_at_every_step(plan: Plan) -> None:
    trade = Trade(plan)
    for _ in trade.days():
        pass
    orders = plan_open_orders(trade)
    assert {order.until for order in orders} == set(Until)
    assert all(order.lines for order in orders)
