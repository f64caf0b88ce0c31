"""Choosing: the first decisive rule wins, in the seller's order, and the same facts give the same node."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from lingqu.modules.routing.choose import Facts, Line, choose
from lingqu.modules.routing.plan import Buyer, Course, Plan, Site, course_of, great_circle_km
from lingqu.modules.routing.types import DEFAULT_RULES, NewSetting, NodeSetting, RuleName

BUYER = Buyer(id=9, level="A", latitude=30.25, longitude=120.17, region_path=(330106, 330100, 330000))


def _course(count: int, setting: NewSetting, buyer: Buyer = BUYER) -> Course:
    sites = tuple(
        Site(id=i, seller_id=1, name=f"N{i}", bin_id=100 + i, latitude=30.0 + i, longitude=120.0)
        for i in range(1, count + 1)
    )
    return course_of(Plan(seller_id=1, version=1, setting=setting, sites=sites), buyer)


def _key(node: int, sku: int = 1) -> int:
    return (100 + node) << 32 | sku


def _facts(free: dict[int, int], **given: Any) -> Facts:
    return Facts(**({"free": dict(free), "days_left": {}, "loads": {}, "minute": 600} | given))


def test_what_covers_the_whole_line_comes_before_what_is_near() -> None:
    course = _course(3, NewSetting(rules=("stock", "distance")))
    (route,) = choose(course, [Line(1, 1, 10)], _facts({_key(1): 9, _key(2): 10, _key(3): 99}))
    assert (route.node_id, route.decided_by, route.free) == (2, "distance", 10)
    assert (route.steps[0].node_ids, route.steps[0].ranks) == ((1, 2, 3), (1, 0, 0))
    assert route.steps[1].node_ids == (2, 3)


def test_the_order_of_the_rules_decides() -> None:
    free = {_key(1): 5, _key(3): 10}
    first = choose(_course(3, NewSetting(rules=("stock", "distance"))), [Line(1, 1, 10)], _facts(free))
    second = choose(_course(3, NewSetting(rules=("distance", "stock"))), [Line(1, 1, 10)], _facts(free))
    assert (first[0].node_id, first[0].decided_by) == (3, "stock")
    assert (second[0].node_id, second[0].decided_by) == (1, "distance")


def test_fewest_places_serve_an_order() -> None:
    course = _course(3, NewSetting(rules=("stock", "splits", "distance")))
    free = {_key(1, 1): 50, _key(3, 1): 50, _key(3, 2): 50}
    routes = choose(course, [Line(1, 1, 5), Line(2, 2, 5)], _facts(free))
    assert [(r.node_id, r.decided_by) for r in routes] == [(3, "splits"), (3, "stock")]


def test_two_lines_of_one_sku_do_not_take_the_same_goods() -> None:
    course = _course(2, NewSetting(rules=("stock", "distance")))
    routes = choose(course, [Line(1, 1, 6), Line(2, 1, 6)], _facts({_key(1): 8, _key(2): 8}))
    assert [r.node_id for r in routes] == [1, 2]


def test_ties_go_to_the_lowest_node() -> None:
    course = _course(3, NewSetting(rules=("stock",)))
    (route,) = choose(course, [Line(1, 1, 1)], _facts({_key(n): 5 for n in (1, 2, 3)}))
    assert (route.node_id, route.decided_by) == (1, "node-id")


def test_a_rule_that_abstains_on_all_says_nothing() -> None:
    course = _course(2, NewSetting(rules=("stock", "distance")))
    (route,) = choose(course, [Line(1, 1, 1)], _facts({}))
    assert (route.node_id, route.decided_by, route.free) == (1, "distance", 0)


def test_what_expires_first_goes_first_if_it_lasts_long_enough() -> None:
    course = _course(3, NewSetting(rules=("stock", "freshness"), min_days_left=30))
    free = {_key(n): 5 for n in (1, 2, 3)}
    days = {_key(1): 20, _key(2): 90, _key(3): 40}
    (route,) = choose(course, [Line(1, 1, 1)], _facts(free, days_left=days))
    assert (route.node_id, route.decided_by) == (3, "freshness")
    assert route.steps[-1].ranks == (None, 90, 40)


@pytest.mark.parametrize(("minute", "node_id"), [(899, 1), (900, 2)])
def test_after_the_cut_off_a_day_is_lost(minute: int, node_id: int) -> None:
    nodes = (
        NodeSetting(node_id=1, lead_time_days=1, cut_off_minute=900),
        NodeSetting(node_id=2, lead_time_days=1),
    )
    course = _course(2, NewSetting(rules=("lead-time",), nodes=nodes))
    (route,) = choose(course, [Line(1, 1, 1)], _facts({}, minute=minute))
    assert route.node_id == node_id


def test_a_busy_node_gives_way() -> None:
    nodes = tuple(NodeSetting(node_id=n, lines_per_day=10) for n in (1, 2))
    course = _course(2, NewSetting(rules=("load",), nodes=nodes))
    facts = _facts({}, loads={1: 1})
    assert [choose(course, [Line(1, 1, 1)], facts)[0].node_id for _ in range(3)] == [2, 1, 2]


def test_who_may_not_serve_is_dropped_and_named() -> None:
    nodes = (
        NodeSetting(node_id=1, region_ids=(440000,)),
        NodeSetting(node_id=2, levels=("B",)),
        NodeSetting(node_id=3, region_ids=(330000,), levels=("A", "B")),
    )
    course = _course(3, NewSetting(nodes=nodes))
    (route,) = choose(course, [Line(1, 1, 1)], _facts({_key(1): 9, _key(2): 9}))
    assert (route.node_id, route.decided_by) == (3, "only")
    assert [(d.node_id, d.why) for d in route.dropped] == [(1, "area"), (2, "level")]


def test_the_way_is_measured_over_the_sphere() -> None:
    assert round(great_circle_km((39.9042, 116.4074), (31.2304, 121.4737))) == 1067
    assert great_circle_km(BUYER_POINT, BUYER_POINT) == 0


BUYER_POINT = (30.25, 120.17)

_RULES = st.permutations(DEFAULT_RULES).flatmap(
    lambda some: st.integers(1, len(some)).map(lambda n: tuple[RuleName, ...](some[:n]))
)


@st.composite
def _worlds(draw: st.DrawFn) -> tuple[Course, list[Line], Facts]:
    count = draw(st.integers(1, 5))
    nodes = tuple(
        NodeSetting(
            node_id=n,
            preference=draw(st.integers(1, 2)),
            levels=draw(st.sampled_from([(), ("A",), ("B",)])),
            region_ids=draw(st.sampled_from([(), (330000,), (440000,)])),
            lead_time_days=draw(st.integers(0, 1)),
            lines_per_day=draw(st.sampled_from([None, 2, 10])),
        )
        for n in range(1, count + 1)
    )
    course = _course(count, NewSetting(rules=draw(_RULES), nodes=nodes))
    lines = [Line(i, draw(st.integers(1, 2)), draw(st.integers(1, 6))) for i in range(1, draw(st.integers(1, 4)) + 1)]
    keys = [_key(n, sku) for n in range(1, count + 1) for sku in (1, 2)]
    free = {key: draw(st.integers(0, 8)) for key in keys}
    days = {key: draw(st.integers(0, 3)) for key in keys if draw(st.booleans())}
    return course, lines, _facts(free, days_left=days)


@given(_worlds())
def test_any_world(world: tuple[Course, list[Line], Facts]) -> None:
    """Only nodes with the right, the same answer twice, every trace explains itself, and nothing better was passed."""
    course, lines, facts = world
    if not course.node_ids:
        return
    before = dict(facts.free)
    routes = choose(course, lines, facts)
    again = choose(course, lines, replace(facts, free=dict(before), loads={}))
    assert routes == again
    gone = {dropped.node_id for dropped in course.dropped}
    for route in routes:
        assert route.node_id in course.node_ids
        assert route.node_id not in gone
        left = set(course.node_ids)
        for step in route.steps:
            assert set(step.node_ids) == left
            ranked = {n: rank for n, rank in zip(step.node_ids, step.ranks, strict=True) if rank is not None}
            if ranked:
                left = {n for n, rank in ranked.items() if rank == min(ranked.values())}
        assert route.node_id == min(left)
        if route.decided_by == "node-id":
            assert tuple(step.rule for step in route.steps) == course.rules
        else:
            assert left == {route.node_id}
    taken = {key: before[key] - facts.free[key] for key in before}
    assert sum(taken.values()) == sum(line.quantity for line in lines)
