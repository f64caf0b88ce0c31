"""The price book against a slow model that tries every price and sorts what is left."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lingqu.modules.pricing.api import PriceBook
from lingqu.modules.pricing.types import Terms

Make = Callable[..., PriceBook]

START = date(2026, 3, 1)
COUNTY, PROVINCE, COUNTRY, ELSEWHERE = 156430102, 156430000, 156000000, 156110000
AROUND = (COUNTY, PROVINCE, COUNTRY)
STEPS = ("organization", "level", "territory", "everybody")

days = st.integers(0, 5).map(lambda n: START + timedelta(days=n))
ends = st.one_of(st.just(date.max), st.integers(6, 9).map(lambda n: START + timedelta(days=n)))
rungs = st.lists(
    st.fixed_dictionaries(
        {
            "price": st.integers(0, 100_000),
            "min_packs": st.sampled_from([1, 3, 10]),
            "valid_from": days,
            "valid_until": ends,
        }
    ),
    max_size=4,
    unique_by=lambda rung: (rung["min_packs"], rung["valid_from"]),
)
audiences = st.one_of(
    st.fixed_dictionaries({"audience": st.just("organization"), "organization_id": st.sampled_from([2, 99])}),
    st.fixed_dictionaries({"audience": st.just("level"), "level": st.sampled_from(["gold", "silver"])}),
    st.fixed_dictionaries(
        {
            "audience": st.just("territory"),
            "regions": st.lists(st.sampled_from([*AROUND, ELSEWHERE]), min_size=1, max_size=3),
        }
    ),
    st.fixed_dictionaries({"audience": st.sampled_from(["everybody", "consumer"])}),
)
lists = st.lists(
    st.builds(
        lambda audience, rest: {**audience, **rest},
        audiences,
        st.fixed_dictionaries(
            {
                "rungs": rungs,
                "currency": st.sampled_from(["CNY", "CNY", "CNY", "USD"]),
                "is_tax_included": st.booleans(),
                "valid_from": days,
                "valid_until": ends,
            }
        ),
    ),
    max_size=6,
)


def meant_for_buyer(one: dict[str, Any]) -> tuple[int, int] | None:
    """Tell how specifically a list is for buyer 2, gold, of the county; smaller is closer; None: not at all."""
    kind = one["audience"]
    if kind == "organization":
        return (0, 0) if one["organization_id"] == 2 else None
    if kind == "level":
        return (1, 0) if one["level"] == "gold" else None
    if kind == "territory":
        near = [AROUND.index(region) for region in one["regions"] if region in AROUND]
        return (2, min(near)) if near else None
    return (3, 0) if kind == "everybody" else None


def model(given_lists: list[dict[str, Any]], *, is_retail: bool, packs: int, day: date) -> int | None:
    """Find the id of the price that must win."""
    left = []
    for number, one in enumerate(given_lists, start=1):
        step = (0, 0) if is_retail and one["audience"] == "consumer" else None if is_retail else meant_for_buyer(one)
        if step is None or one["currency"] != "CNY" or not one["valid_from"] <= day < one["valid_until"]:
            continue
        for place, rung in enumerate(one["rungs"]):
            if rung["min_packs"] <= packs and rung["valid_from"] <= day < rung["valid_until"]:
                later_list = (-one["valid_from"].toordinal(), -number)
                higher_rung = (-rung["min_packs"], -rung["valid_from"].toordinal())
                left.append((step, later_list, higher_rung, 10 * number + place))
    return min(left)[3] if left else None


def rounded(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(some=lists, is_retail=st.booleans(), packs=st.integers(1, 12), day=days)
def test_the_price_is_the_one_that_trying_all_would_find(
    make_book: Make, *, some: list[dict[str, Any]], is_retail: bool, packs: int, day: date
) -> None:
    book = make_book(*some)
    buyer_id = None if is_retail else 2
    ask = {"seller_id": 1, "buyer_id": buyer_id, "business_on": day, "lines": [(5, 7, packs)]}
    hot, quoted = book.price_lines(**ask).lines[0], book.quote(**ask).lines[0]
    expected = model(some, is_retail=is_retail, packs=packs, day=day)
    assert hot.item_id == quoted.item_id == expected
    assert [step.item_id for step in quoted.trace if step.is_winner] == ([] if expected is None else [expected])
    assert all(step.is_winner or step.lost_on for step in quoted.trace)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(
    price=st.integers(0, 10**9),
    is_included=st.booleans(),
    tax_ppm=st.integers(0, 1_000_000),
    packs=st.lists(st.integers(1, 10_000), min_size=1, max_size=8),
    freight=st.integers(0, 10**6),
)
def test_an_order_is_the_exact_sum_of_its_lines(
    make_book: Make, *, price: int, is_included: bool, tax_ppm: int, packs: list[int], freight: int
) -> None:
    book = make_book(
        {"rungs": [{"price": price}], "is_tax_included": is_included},
        tax_ppm=tax_ppm,
        terms=Terms(1, 2, 0, freight, None),
    )
    quote = book.quote(seller_id=1, buyer_id=2, business_on=START, lines=[(5, 7, n) for n in packs])
    rate = Fraction(tax_ppm, 1_000_000)
    taxes = [n * price - rounded(n * price / (1 + rate)) if is_included else rounded(n * price * rate) for n in packs]
    assert [(line.total_minor, line.tax_minor) for line in quote.lines] == [
        (n * price, tax) for n, tax in zip(packs, taxes, strict=True)
    ]
    assert quote.goods_minor == price * sum(packs)
    assert quote.tax_minor == sum(taxes)
    assert quote.total_minor == quote.goods_minor + (0 if is_included else sum(taxes)) + freight
