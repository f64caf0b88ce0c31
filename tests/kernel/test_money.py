"""Money never appears and never disappears."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lingqu.kernel.money import MILLION, divide_half_up, prorate, rate_of, tax_within

amounts = st.integers(min_value=0, max_value=10**15)
rates = st.integers(min_value=0, max_value=1_000_000)


@given(amount=amounts, weights=st.lists(st.integers(0, 10**12), min_size=1, max_size=40))
def test_parts_sum_to_the_amount_and_each_is_within_one_of_its_share(amount: int, weights: list[int]) -> None:
    assume(sum(weights) > 0)
    parts = prorate(amount, weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        share = Fraction(amount * weight, sum(weights))
        assert part in {int(share), int(share) + 1}
        assert weight or part == 0, "who weighs nothing gets nothing"


@given(amount=amounts, weights=st.lists(st.integers(0, 1_000), min_size=1, max_size=10))
def test_a_heavier_weight_never_gets_less(amount: int, weights: list[int]) -> None:
    assume(sum(weights) > 0)
    parts = prorate(amount, weights)
    for a, first in enumerate(weights):
        for b, second in enumerate(weights):
            if first > second:
                assert parts[a] >= parts[b]


def test_ties_go_to_the_earlier() -> None:
    assert prorate(100, [1, 1, 1]) == [34, 33, 33]
    assert prorate(2, [1, 1, 1, 1]) == [1, 1, 0, 0]
    assert prorate(0, [3, 4]) == [0, 0]


@pytest.mark.parametrize(("amount", "weights"), [(-1, [1]), (1, [0, 0]), (1, [2, -1]), (1, [])])
def test_what_cannot_be_split_is_refused(amount: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match="non-negative amount"):
        prorate(amount, weights)


@given(dividend=st.integers(-(10**18), 10**18), divisor=st.integers(1, 10**9))
def test_division_rounds_to_the_nearest_and_halves_away_from_zero(dividend: int, divisor: int) -> None:
    result = divide_half_up(dividend, divisor)
    error = abs(Fraction(dividend, divisor) - result)
    assert error <= Fraction(1, 2)
    if error == Fraction(1, 2):
        assert abs(result) > abs(Fraction(dividend, divisor))
    assert divide_half_up(-dividend, divisor) == -result


def test_a_divisor_that_is_not_positive_is_refused() -> None:
    with pytest.raises(ValueError, match="must be positive"):
        divide_half_up(1, 0)


@given(gross=amounts, rate_ppm=rates)
def test_the_tax_within_a_price_and_the_net_make_the_price(gross: int, rate_ppm: int) -> None:
    tax = tax_within(gross, rate_ppm)
    net = gross - tax
    assert 0 <= tax <= gross
    assert abs(rate_of(net, rate_ppm) - tax) <= 1, "the tax on the net is the tax, but for the fen that rounding moves"


def test_rates_as_on_an_invoice() -> None:
    assert rate_of(10_000, 130_000) == 1_300
    assert tax_within(11_300, 130_000) == 1_300
    assert rate_of(5, 100_000) == 1  # 0.5 fen
    assert rate_of(-5, 100_000) == -1
    assert tax_within(100, 0) == 0


@given(gross=st.integers(-(10**15), 10**15), rate_ppm=st.integers(0, 1_000_000))
def test_the_tax_within_a_price_is_what_its_definition_says(gross: int, rate_ppm: int) -> None:
    assert tax_within(gross, rate_ppm) == gross - divide_half_up(gross * MILLION, MILLION + rate_ppm)
