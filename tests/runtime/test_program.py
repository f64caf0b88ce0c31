"""Programs: the cheapest whole numbers, as trying all of them finds; a bound that holds however short the time."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingqu.runtime.program import Limits, Program

Rows = list[tuple[list[int], int]]
MOST = 3


@st.composite
def knapsacks(draw: st.DrawFn) -> tuple[list[int], Rows]:
    costs = draw(st.lists(st.integers(-9, 9), min_size=1, max_size=4))
    weights = st.lists(st.integers(-3, 5), min_size=len(costs), max_size=len(costs))
    return costs, draw(st.lists(st.tuples(weights, st.integers(0, 12)), max_size=3))


def _program(costs: list[int], rows: Rows) -> Program:
    program = Program()
    columns = [program.column(cost=cost, upper=MOST) for cost in costs]
    program.offset = 100
    for weights, high in rows:
        program.row(list(zip(columns, map(float, weights), strict=True)), high=high)
    return program


@given(made=knapsacks())
@settings(max_examples=60, deadline=None)
def test_the_cheapest_answer_is_found_and_proven(made: tuple[list[int], Rows]) -> None:
    costs, rows = made
    possible = [
        values
        for values in product(range(MOST + 1), repeat=len(costs))
        if all(sum(w * v for w, v in zip(weights, values, strict=True)) <= high for weights, high in rows)
    ]
    cheapest = min(sum(c * v for c, v in zip(costs, values, strict=True)) for values in possible) + 100
    found = _program(costs, rows).minimise(Limits(seconds=10), start={})
    assert found.values is not None
    assert found.is_best
    assert tuple(round(value) for value in found.values) in possible
    assert round(sum(c * round(v) for c, v in zip(costs, found.values, strict=True))) + 100 == cheapest
    assert cheapest - 0.5 <= found.bound + 1e-6 <= cheapest + 1e-5


def test_without_time_the_known_answer_stands_and_the_bound_holds() -> None:
    costs = [-(number * 37 % 50) - 10 for number in range(40)]
    rows: Rows = [([(number * row * 13 + 7) % 40 + 1 for number in range(40)], 150) for row in range(1, 15)]
    known = {0: 1.0}
    hurried = _program(costs, rows).minimise(Limits(seconds=0.0), start=known)
    best = _program(costs, rows).minimise(Limits(seconds=5, gap_ppm=200_000), start=known)
    assert best.values is not None
    cost = 100 + sum(c * round(v) for c, v in zip(costs, best.values, strict=True))
    assert cost <= 100 + costs[0]
    assert hurried.bound <= cost
    assert best.bound <= cost


def test_a_row_that_nothing_meets_has_no_answer() -> None:
    program = Program()
    program.row([(program.column(cost=1), 1.0)], low=2)
    assert program.minimise(Limits(seconds=5), start={}).values is None


def test_the_solver_says_nothing_on_the_console(capfd: pytest.CaptureFixture[str]) -> None:
    assert _program([1], [([1], 2)]).minimise(Limits(seconds=10), start={}).values == [0.0]
    assert capfd.readouterr() == ("", "")
