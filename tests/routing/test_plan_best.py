"""The best plan: as cheap as any, by every rule, and never dearer than greedy or than doing nothing."""

from uuid import UUID

from hypothesis import given, settings

from lingqu.modules.routing.backlog import Backlog, Terms, key_at, split_up
from lingqu.modules.routing.plan_faults import faults
from lingqu.modules.routing.plan_figures import figures, parts_of, total
from lingqu.modules.routing.plan_greedy import greedy
from lingqu.modules.routing.plan_improve import improve
from lingqu.modules.routing.plan_solve import solve
from lingqu.runtime.program import Limits
from tests.routing.backlogs import backlog, backlogs, every_plan, line, order

LIMITS = Limits(seconds=10)


@given(share=backlogs(orders=2, nodes=2, most=4))
@settings(max_examples=60, deadline=None)
def test_no_plan_at_all_is_cheaper(share: Backlog) -> None:
    cheapest = min(figures(share, moves).cost_minor for moves in every_plan(share))
    found = solve(share, LIMITS)
    assert figures(share, found.moves).cost_minor == cheapest
    assert found.bound_minor == cheapest


@given(share=backlogs())
@settings(max_examples=120, deadline=None)
def test_a_plan_keeps_every_rule_and_beats_greedy(share: Backlog) -> None:
    found = solve(share, LIMITS)
    assert faults(share, found.moves) == []
    assert faults(share, found.greedy) == []
    cost = figures(share, found.moves).cost_minor
    assert found.bound_minor <= cost <= figures(share, found.greedy).cost_minor
    assert cost <= figures(share, {}).cost_minor
    # Beside the guard, in other words: nobody has less than today, and no goods are promised twice.
    left = dict(share.free)
    for one in share.orders:
        for some in one.lines:
            parts = parts_of(one, some, found.moves)
            assert some.reserved <= sum(quantity for _, quantity in parts) <= some.open
            key = key_at(some.bin_id, some.sku_id)
            left[key] = left.get(key, 0) + some.reserved
            for bin_id, quantity in parts:
                left[key_at(bin_id, some.sku_id)] = left.get(key_at(bin_id, some.sku_id), 0) - quantity
    assert all(rest >= min(share.free.get(key, 0), 0) for key, rest in left.items())


@given(share=backlogs())
@settings(max_examples=60, deadline=None)
def test_shares_planned_alone_cost_what_they_cost_together(share: Backlog) -> None:
    shares = split_up(share)
    assert sorted(one.id for some in shares for one in some.orders) == sorted(one.id for one in share.orders)
    alone = total(figures(some, solve(some, LIMITS).moves) for some in shares)
    assert alone.cost_minor == figures(share, solve(share, LIMITS).moves).cost_minor
    keys = [set(some.free) for some in shares]
    assert sum(len(some) for some in keys) == len(set().union(*keys))


def test_greedy_takes_the_goods_that_two_others_needed() -> None:
    # The old order goes to the nearest of two nodes that have it; the young one has only that node.
    old = order(1, line(node=3), ways=(30, 31, 90))
    young = order(2, line(node=3), ways=(30, 500, 90), let_go=(2,))
    share = backlog(old, young, free={(1, 1): 10, (2, 1): 10})
    found = solve(share, LIMITS)
    assert found.greedy == {(UUID(int=1), 1): ((101, 10),)}
    assert found.moves == {(UUID(int=1), 1): ((102, 10),), (UUID(int=2), 1): ((101, 10),)}
    simple, best = figures(share, found.greedy), figures(share, found.moves)
    assert (simple.line_count, simple.cost_minor) == (1, 30 + 30 + 10 * 40)
    assert (best.line_count, best.cost_minor, best.place_count, best.km) == (2, 31 + 30, 2, 3)


def test_lines_of_an_order_leave_together_where_that_is_cheaper() -> None:
    share = backlog(
        order(1, line(1, 1, 3), line(2, 2, 3), ways=(30, 40, 90)), free={(1, 1): 10, (2, 1): 10, (2, 2): 10}
    )
    assert solve(share, LIMITS).moves == {(UUID(int=1), 1): ((102, 10),), (UUID(int=1), 2): ((102, 10),)}


def test_completing_an_order_spares_it_another_delivery() -> None:
    # Both are delivered from there anyhow; the second waits longer, but would still be owed two.
    first = order(1, line(open=10), ways=(500, 600, 600), used=(1,))
    second = order(2, line(open=12), ways=(500, 600, 600), used=(1,), days=2)
    share = backlog(first, second, free={(1, 1): 10})
    found = solve(share, LIMITS)
    assert found.moves == {(UUID(int=1), 1): ((101, 10),)}
    assert figures(share, found.moves).later_minor == 500


def test_a_promise_makes_room_but_nobody_pays_for_it() -> None:
    # The first order has its goods at node 1, where alone the second may be served; node 2 has the same for the first.
    first = order(1, line(open=10, reserved=4), ways=(30, 30, 90))
    second = order(2, line(open=4), ways=(30, 30, 90), let_go=(2, 3))
    share = backlog(first, second, free={(1, 1): 0, (2, 1): 10})
    found = solve(share, LIMITS)
    assert found.moves == {(UUID(int=1), 1): ((102, 10),), (UUID(int=2), 1): ((101, 4),)}
    assert figures(share, found.moves).owed_units == 0


def test_whole_packs_move_and_only_whole_lines_are_split() -> None:
    free = {(1, 1): 7, (2, 1): 6}
    whole = backlog(order(1, line(node=3, units=6, open=12), max_parts=2, days=5), free=free)
    assert solve(whole, LIMITS).moves == {(UUID(int=1), 1): ((101, 6), (102, 6))}
    moving = backlog(order(1, line(node=3, units=6, open=11, shipped=1), max_parts=2, days=5), free=free)
    assert solve(moving, LIMITS).moves == {(UUID(int=1), 1): ((101, 5),)}


def test_a_node_takes_no_more_lines_than_it_has_room_for() -> None:
    orders = [order(number, line(node=3, open=2)) for number in (1, 2, 3)]
    share = backlog(*orders, free={(1, 1): 10}, room={1: 2})
    found = solve(share, LIMITS)
    assert len(found.moves) == len(found.greedy) == 2
    assert faults(share, {(one.id, 1): ((101, 2),) for one in orders}) == ["node 1 has no room for 3"]


def test_what_the_solver_finds_before_it_searches_is_not_lost_to_the_answer_it_was_given() -> None:
    free_ways = (0, 0, 0)
    share = backlog(
        order(1, line(open=1), ways=free_ways),
        order(2, line(1, 2, open=1), line(2, 2, open=2), ways=(3, 0, 0)),
        order(3, line(open=1), ways=free_ways),
        order(4, line(open=1), ways=free_ways),
        free={(1, 2): 2, (3, 1): 1},
        terms=Terms(late_minor=1, split_minor=0),
    )
    assert figures(share, solve(share, LIMITS).moves).cost_minor == 5


def test_nothing_free_and_nothing_waiting_are_plans_too() -> None:
    share = backlog(order(1, line()), free={})
    assert solve(share, LIMITS).moves == {}
    assert solve(share, LIMITS).bound_minor == figures(share, {}).cost_minor == 30 + 10 * 40
    empty = backlog(free={})
    assert (solve(empty, LIMITS).moves, solve(empty, LIMITS).bound_minor, split_up(empty)) == ({}, 0, [])
    assert greedy(empty) == {}


def test_a_delivery_dearer_than_waiting_is_not_made() -> None:
    # Else it waits a day for 40, and comes later from the cheapest place for 30.
    share = backlog(order(1, line(node=2, open=1), ways=(30, 50, 71)), free={(3, 1): 10})
    found = solve(share, LIMITS)
    assert (len(found.greedy), found.moves) == (1, {})
    cheap = backlog(order(1, line(node=2, open=1), ways=(30, 50, 69)), free={(3, 1): 10})
    assert len(solve(cheap, LIMITS).moves) == 1


@given(share=backlogs(orders=6))
@settings(max_examples=60, deadline=None)
def test_making_a_plan_cheaper_keeps_every_rule(share: Backlog) -> None:
    start = greedy(share)
    better, _ = improve(share, start, seconds=5)
    assert faults(share, better) == []
    assert figures(share, solve(share, LIMITS).moves).cost_minor <= figures(share, better).cost_minor
    assert figures(share, better).cost_minor <= figures(share, start).cost_minor


def test_more_orders_than_are_planned_at_a_time_still_end_at_the_best() -> None:
    # Pairs as above, twenty of them, that compete through goods that all of them want.
    orders = []
    for number in range(1, 41, 2):
        orders.append(order(number, line(node=3), line(2, 2, 3, open=1), ways=(30, 31, 90)))
        orders.append(order(number + 1, line(node=3), line(2, 2, 3, open=1), ways=(30, 500, 90), let_go=(2,)))
    share = backlog(*orders, free={(1, 1): 200, (2, 1): 200, (1, 2): 5})
    better, _ = improve(share, greedy(share), seconds=60)
    assert faults(share, better) == []
    best = solve(share, LIMITS)
    assert figures(share, best.moves).cost_minor == best.bound_minor == figures(share, better).cost_minor
    assert figures(share, better).cost_minor < figures(share, greedy(share)).cost_minor


def test_a_minute_is_enough_to_say_how_good_an_answer_is_at_least() -> None:
    orders = [order(number, line(node=3, open=number + 1), ways=(30 + number, 50, 90)) for number in range(1, 6)]
    share = backlog(*orders, free={(1, 1): 9, (2, 1): 5})
    hurried = solve(share, Limits(seconds=0.0))
    assert hurried.bound_minor <= figures(share, hurried.moves).cost_minor <= figures(share, hurried.greedy).cost_minor
