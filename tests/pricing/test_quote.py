from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from lingqu.modules.pricing.api import PriceBook, PricedLine, Quote
from lingqu.modules.pricing.types import Limit, OrderRule, Terms

DAY = date(2026, 3, 2)
Make = Callable[..., PriceBook]


def ask(book: PriceBook, packs: int = 1, *, day: date = DAY, buyer_id: int | None = 2) -> Quote:
    return book.quote(seller_id=1, buyer_id=buyer_id, business_on=day, lines=[(5, 7, packs)])


def line(book: PriceBook, packs: int = 1, *, day: date = DAY, buyer_id: int | None = 2) -> PricedLine:
    return ask(book, packs, day=day, buyer_id=buyer_id).lines[0]


def codes(priced: PricedLine) -> list[str]:
    return [fault.code for fault in priced.faults]


OWN = {"audience": "organization", "organization_id": 2}
LEVEL = {"audience": "level", "level": "gold"}
COUNTY = {"audience": "territory", "regions": [156430102]}
PROVINCE = {"audience": "territory", "regions": [156430000]}
EVERYBODY = {"audience": "everybody"}
ORDER = [OWN, LEVEL, COUNTY, PROVINCE, EVERYBODY]


def test_each_step_of_precedence_wins_over_all_below_it(make_book: Make) -> None:
    for first in range(len(ORDER)):
        # The lowest step is given first, so that order of creation cannot be what decides.
        steps = list(reversed(ORDER[first:]))
        book = make_book(*({**step, "rungs": [{"price": 100 * n}]} for n, step in enumerate(steps, start=1)))
        assert line(book).price_minor == 100 * len(steps)


def test_a_tier_that_is_not_reached_falls_through_to_the_next_list(make_book: Make) -> None:
    book = make_book({**OWN, "rungs": [{"price": 80, "min_packs": 10}]}, {**EVERYBODY, "rungs": [{"price": 100}]})
    below = line(book, 9)
    assert (below.price_minor, below.total_minor, below.item_id) == (100, 900, 20)
    assert [(s.list_code, s.is_winner, s.lost_on, s.wants) for s in below.trace] == [
        ("L1", False, "quantity", "10"),
        ("L2", True, "", ""),
    ]
    reached = line(book, 10)
    assert (reached.price_minor, reached.total_minor, reached.item_id) == (80, 800, 10)
    assert [(s.list_code, s.is_winner, s.lost_on) for s in reached.trace] == [
        ("L1", True, ""),
        ("L2", False, "precedence"),
    ]


def test_within_a_list_the_highest_tier_reached_wins(make_book: Make) -> None:
    rungs = [{"price": 100}, {"price": 90, "min_packs": 5}, {"price": 85, "min_packs": 20}]
    book = make_book({**EVERYBODY, "rungs": rungs})
    assert [line(book, packs).price_minor for packs in (1, 4, 5, 19, 20, 500)] == [100, 100, 90, 90, 85, 85]


def test_validity_is_half_open_and_the_later_start_wins(make_book: Make) -> None:
    week = {"price": 70, "valid_from": date(2026, 3, 2), "valid_until": date(2026, 3, 9)}
    book = make_book({**EVERYBODY, "rungs": [{"price": 100}, week]})
    prices = {day: line(book, day=date(2026, 3, day)).price_minor for day in (1, 2, 8, 9)}
    assert prices == {1: 100, 2: 70, 8: 70, 9: 100}


def test_every_losing_price_names_the_condition_that_lost(make_book: Make) -> None:
    book = make_book(
        {"audience": "level", "level": "silver", "rungs": [{"price": 1}]},
        {"audience": "territory", "regions": [156110000], "rungs": [{"price": 2}]},
        {**EVERYBODY, "currency": "USD", "rungs": [{"price": 3}]},
        {**EVERYBODY, "valid_until": date(2026, 2, 1), "rungs": [{"price": 4}]},
        {**EVERYBODY, "rungs": [{"price": 5}, {"price": 6, "valid_from": date(2026, 4, 1)}]},
        {"audience": "organization", "organization_id": 99, "rungs": [{"price": 7}]},
        {"audience": "consumer", "rungs": [{"price": 8}]},
    )
    lost = {step.price_minor: (step.lost_on, step.wants) for step in line(book).trace if not step.is_winner}
    assert lost == {
        1: ("level", "silver"),
        2: ("territory", "156110000"),
        3: ("currency", "USD"),
        4: ("list-validity", "2026-01-01/2026-02-01"),
        6: ("validity", "2026-04-01/.."),
    }
    assert line(book).price_minor == 5


def test_nobody_reads_of_another_buyers_own_list(make_book: Make) -> None:
    book = make_book(
        {"audience": "organization", "organization_id": 99, "rungs": [{"price": 7}]},
        {**EVERYBODY, "rungs": [{"price": 9}]},
    )
    assert [step.price_minor for step in line(book).trace] == [9]


def test_a_consumer_pays_by_the_consumers_lists_only(make_book: Make) -> None:
    book = make_book({**EVERYBODY, "rungs": [{"price": 60}]}, {"audience": "consumer", "rungs": [{"price": 99}]})
    assert line(book, buyer_id=None).price_minor == 99
    assert line(book).price_minor == 60


def test_tax_lies_inside_or_comes_on_top(make_book: Make) -> None:
    inside = ask(make_book({**EVERYBODY, "rungs": [{"price": 113}]}), 3)
    assert (inside.lines[0].total_minor, inside.lines[0].tax_minor, inside.total_minor) == (339, 39, 339)
    on_top = ask(make_book({**EVERYBODY, "is_tax_included": False, "rungs": [{"price": 100}]}), 3)
    assert (on_top.lines[0].total_minor, on_top.lines[0].tax_minor, on_top.total_minor) == (300, 39, 339)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"link_from": date(2026, 3, 3)}, "pricing.not-offered"),
        ({"link_until": DAY}, "pricing.not-offered"),
        ({"is_whole": False, "lines": frozenset({32})}, "pricing.not-offered"),
        ({"status": "discontinued"}, "pricing.not-active"),
        ({"is_orderable": False}, "pricing.not-orderable"),
    ],
)
def test_a_line_that_may_not_be_bought_has_no_price(make_book: Make, given: dict[str, object], code: str) -> None:
    refused = line(make_book({**EVERYBODY, "rungs": [{"price": 60}]}, **given))
    assert (codes(refused), refused.price_minor, refused.item_id) == ([code], 0, None)


def test_a_granted_line_may_be_bought(make_book: Make) -> None:
    bought = line(make_book({**EVERYBODY, "rungs": [{"price": 60}]}, is_whole=False, lines=frozenset({31})))
    assert (codes(bought), bought.price_minor) == ([], 60)


def test_who_has_no_link_is_offered_nothing(make_book: Make) -> None:
    refused = line(make_book({**EVERYBODY, "rungs": [{"price": 60}]}), buyer_id=77)
    assert codes(refused) == ["pricing.not-offered"]
    assert [step.lost_on for step in refused.trace] == ["link"]


def test_a_counter_sells_what_is_discontinued(make_book: Make) -> None:
    book = make_book({"audience": "consumer", "rungs": [{"price": 99}]}, status="discontinued", is_orderable=False)
    assert line(book, buyer_id=None).price_minor == 99


@pytest.mark.parametrize(
    ("packs", "expected"), [(1, ["below-minimum", "not-a-multiple"]), (3, ["not-a-multiple"]), (4, [])]
)
def test_minimum_and_multiple_count_base_units(make_book: Make, packs: int, expected: list[str]) -> None:
    book = make_book({**EVERYBODY, "rungs": [{"price": 60}]}, rule=OrderRule(1, 5, 30, 24))
    assert codes(line(book, packs)) == [f"pricing.{code}" for code in expected]


def test_minimum_counts_the_sku_over_the_whole_order(make_book: Make) -> None:
    book = make_book({**EVERYBODY, "rungs": [{"price": 60}]}, rule=OrderRule(1, 5, 30, 12))
    quote = book.price_lines(seller_id=1, buyer_id=2, business_on=DAY, lines=[(5, 7, 1), (5, 7, 2)])
    assert quote.is_sellable


def limit(**given: object) -> Limit:
    values = {"setter_id": 3, "seller_kind": "distributor", "channel": "trade", "currency": "CNY"} | given
    return Limit(
        pack_id=7,
        is_tax_included=bool(values.get("is_tax_included", True)),
        floor_minor=100,
        ceiling_minor=120,
        valid_from=date(2026, 1, 1),
        valid_until=date.max,
        **{name: values[name] for name in ("setter_id", "seller_kind", "channel", "currency")},
    )


@pytest.mark.parametrize(
    ("price", "expected"), [(99, ["pricing.below-floor"]), (100, []), (120, []), (121, ["pricing.above-ceiling"])]
)
@pytest.mark.parametrize("setter_id", [3, 4])
def test_a_price_outside_the_limits_is_refused(
    make_book: Make, price: int, expected: list[str], setter_id: int
) -> None:
    book = make_book({**EVERYBODY, "rungs": [{"price": price}]}, limit=limit(setter_id=setter_id))
    assert codes(line(book)) == expected


@pytest.mark.parametrize(
    "other", [{"setter_id": 8}, {"seller_kind": "dealer"}, {"channel": "retail"}, {"currency": "USD"}]
)
def test_a_limit_for_others_does_not_bind(make_book: Make, other: dict[str, object]) -> None:
    book = make_book({**EVERYBODY, "rungs": [{"price": 1}]}, limit=limit(**other))
    assert codes(line(book)) == []


def test_limit_and_price_are_compared_with_tax(make_book: Make) -> None:
    # 100 without tax is 113 with it: a price of 112 with tax lies under the floor, 113 does not.
    book = make_book({**EVERYBODY, "rungs": [{"price": 112}]}, limit=limit(is_tax_included=False))
    assert codes(line(book)) == ["pricing.below-floor"]
    assert codes(line(make_book({**EVERYBODY, "rungs": [{"price": 113}]}, limit=limit(is_tax_included=False)))) == []


def test_freight_is_flat_until_it_is_free_and_small_orders_are_refused(make_book: Make) -> None:
    book = make_book({**EVERYBODY, "rungs": [{"price": 100}]}, terms=Terms(1, 2, 200, 15, 500))
    quotes = [ask(book, packs) for packs in (1, 2, 4, 5)]
    assert [(q.goods_minor, q.freight_minor, q.total_minor) for q in quotes] == [
        (100, 15, 115),
        (200, 15, 215),
        (400, 15, 415),
        (500, 0, 500),
    ]
    assert [[fault.code for fault in q.faults] for q in quotes] == [["pricing.below-minimum-amount"], [], [], []]


def test_an_unknown_pack_says_so(make_book: Make) -> None:
    book = make_book({**EVERYBODY, "rungs": [{"price": 100}]})
    quote = book.quote(seller_id=1, buyer_id=2, business_on=DAY, lines=[(6, 7, 1), (5, 8, 1)])
    assert [codes(priced) for priced in quote.lines] == [["pricing.unknown-pack"]] * 2
    assert not quote.is_sellable


@pytest.mark.parametrize("first", [2, 22])
def test_buyers_who_share_lists_do_not_share_rights(make_book: Make, first: int) -> None:
    book = make_book({"rungs": [{"price": 5800}]})
    links = book.sellers[1].links
    links[22] = replace(links[2], buyer_id=22, is_whole=False)
    found = {buyer_id: codes(line(book, buyer_id=buyer_id)) for buyer_id in (first, 2, 22)}
    assert found == {2: [], 22: ["pricing.not-offered"]}


def test_a_price_found_on_one_day_is_not_that_of_another(make_book: Make) -> None:
    book = make_book({"rungs": [{"price": 5800, "valid_until": DAY}, {"price": 6000, "valid_from": DAY}]})
    before = DAY - timedelta(days=1)
    assert [line(book, day=day).price_minor for day in (before, DAY, before)] == [5800, 6000, 5800]


def test_a_book_that_remembers_too_much_begins_anew(make_book: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lingqu.modules.pricing.book._MOST_OFFERS", 1)
    book = make_book({"rungs": [{"price": 5800}]})
    days = [DAY + timedelta(days=n) for n in range(4)] * 2
    assert {line(book, day=day).price_minor for day in days} == {5800}
