"""What a replay sends and derives, by worked examples."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from lingqu.roles.iowa.plan import (
    DatedPrice,
    Invoice,
    Quantity,
    Window,
    bottles_by_seller,
    dated_prices,
    default_files,
    invoices_of,
    make_plan,
    opening_window,
    receipt_days,
    receipt_window,
)
from lingqu.roles.iowa.replay import chunks_of
from lingqu.roles.iowa.sales import between, judge, left_out_of, read_sales
from lingqu.roles.iowa.tally import Tally
from lingqu.roles.iowa.trade import key_of
from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.idempotency import check_key
from tests.roles.iowa.little_state import Line, sales_of, steady_sales

FIRST = date(2021, 3, 1)
SELLERS = {2001: 2, 2003: 6}
ITEMS = [101, 102, 103]


def judged(tmp_path: Path, lines: list[Line]) -> pl.DataFrame:
    path = tmp_path / "sales.parquet"
    sales_of(lines).write_parquet(path)
    return judge(read_sales([path]), sellers=SELLERS, items=ITEMS)


def test_a_csv_file_says_the_same_as_a_parquet_file(tmp_path: Path) -> None:
    sales = sales_of(steady_sales(FIRST, days=3))
    sales.with_columns(pl.col("date").cast(pl.Datetime)).write_parquet(tmp_path / "a.parquet")
    sales.write_csv(tmp_path / "a.csv")
    parquet, text = (read_sales([tmp_path / name]).drop("file", "row") for name in ("a.parquet", "a.csv"))
    assert parquet.equals(text)
    assert parquet["date"][0] == FIRST
    assert parquet["cents"].to_list()[:2] == [11256, 9900]


def test_lines_that_cannot_be_sent_are_named(tmp_path: Path) -> None:
    lines = [
        (FIRST, 2001, "A", 1, 101, 1, 9.38),
        (FIRST, 9999, "B", 1, 101, 1, 9.38),
        (FIRST, 2001, "C", 1, 999, 1, 9.38),
        (FIRST, 2001, "D", 1, 101, 0, 0.0),
        (FIRST, 2001, "D", 2, 101, 1, -1.0),
        (FIRST, 2001, "E", 1, 101, 2_000_000, 1.0),
        (FIRST, 2001, "F", 1, 101, 1, 9.38),
        (FIRST, 2001, "F", 1, 101, 1, 9.38),
        (FIRST + timedelta(days=1), 9999, "G", 1, 101, 1, 9.38),
    ]
    found = left_out_of(judged(tmp_path, lines), FIRST, FIRST)
    assert [(row.file, row.line, row.key, row.reason) for row in found] == [
        ("sales.parquet", 2, "B line 1", "the store was not imported"),
        ("sales.parquet", 3, "C line 1", "the item is not in the catalogue"),
        ("sales.parquet", 4, "D line 1", "nothing was sold"),
        ("sales.parquet", 5, "D line 2", "the amount is negative"),
        ("sales.parquet", 6, "E line 1", "more bottles than an order line takes"),
        ("sales.parquet", 8, "F line 1", "the invoice line stands twice"),
    ]


def test_what_cannot_be_read_is_named_with_the_line_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    path.write_text(
        "date,store,invoice,line,item,bottles,sale\n2021-03-01,2001,A,1,101,1,9.38\nmonday,2001,A,2,101,1,9\n"
    )
    (row,) = left_out_of(judge(read_sales([path]), sellers=SELLERS, items=ITEMS), FIRST, FIRST)
    assert (row.line, row.reason) == (3, "a value is missing or cannot be read")


def test_an_invoice_longer_than_an_order_is_cut(tmp_path: Path) -> None:
    found = judged(tmp_path, [(FIRST, 2001, "A", n, 101, 1, 9.38) for n in range(1, 2003)])
    assert [row.key for row in left_out_of(found, FIRST, FIRST)] == ["A line 2001", "A line 2002"]


def test_a_file_of_other_columns_is_refused_with_words(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("date,store\n")
    with pytest.raises(CannotRun, match="has no column invoice, line, item, bottles, sale"):
        read_sales([tmp_path / "x.csv"])
    with pytest.raises(CannotRun, match="cannot be read"):
        read_sales([tmp_path / "absent.parquet"])


def test_windows_lie_before_the_period_or_at_the_beginning_of_the_files() -> None:
    long, short = Window(date(2021, 1, 4), date(2021, 12, 31)), Window(date(2021, 2, 25), date(2021, 12, 31))
    assert opening_window(long, first=FIRST) == Window(date(2021, 2, 15), date(2021, 2, 28))
    assert opening_window(short, first=FIRST) == Window(date(2021, 2, 25), date(2021, 3, 10))
    assert receipt_window(long, on=date(2021, 3, 8)) == Window(date(2021, 2, 8), date(2021, 3, 7))
    assert receipt_window(short, on=date(2021, 3, 8)) == Window(date(2021, 2, 25), date(2021, 3, 24))
    assert receipt_days(FIRST, date(2021, 3, 15)) == [date(2021, 3, 8), date(2021, 3, 15)]
    assert receipt_days(FIRST, date(2021, 3, 7)) == []


def test_stock_opens_with_two_weeks_and_grows_by_a_quarter_of_four(tmp_path: Path) -> None:
    plan = make_plan(
        judged(tmp_path, steady_sales(FIRST - timedelta(days=28), days=40)), first=FIRST, last=FIRST + timedelta(days=8)
    )
    assert plan is not None
    assert plan.opening == {2: [Quantity(101, 168), Quantity(102, 84)], 6: [Quantity(101, 140)]}
    assert plan.deliveries == {
        FIRST + timedelta(days=7): {2: [Quantity(101, 84), Quantity(102, 42)], 6: [Quantity(101, 70)]}
    }
    assert (plan.line_count, plan.invoice_count, plan.quoted_differently) == (27, 18, 0)
    assert {seller: list(days) for seller, days in plan.days.items()} == {
        seller: [FIRST + timedelta(days=n) for n in range(9)] for seller in (2, 6)
    }


def test_a_quarter_is_rounded_half_up(tmp_path: Path) -> None:
    lines = [
        (FIRST, 2001, "A", n, item, bottles, 1.0) for n, (item, bottles) in enumerate([(101, 1), (102, 2), (103, 5)])
    ]
    assert bottles_by_seller(judged(tmp_path, lines), Window(FIRST, FIRST), parts=4) == {
        2: [Quantity(102, 1), Quantity(103, 1)]
    }


def test_a_price_is_what_most_bottles_went_for_and_holds_until_it_changes(tmp_path: Path) -> None:
    days = [FIRST + timedelta(days=n) for n in range(4)]
    lines: list[Line] = [
        (days[0], 2001, "A", 1, 101, 10, 93.80),
        (days[0], 2003, "B", 1, 101, 2, 20.00),
        (days[1], 2001, "C", 1, 101, 1, 9.38),
        (days[2], 2001, "D", 1, 101, 3, 30.01),
        (days[3], 2001, "E", 1, 101, 1, 9.38),
        (days[3], 2001, "E", 2, 102, 6, 99.00),
    ]
    prices, different = dated_prices(judged(tmp_path, lines))
    assert prices == [
        DatedPrice(101, days[0], 938),
        DatedPrice(101, days[2], 1000),
        DatedPrice(101, days[3], 938),
        DatedPrice(102, days[3], 1650),
    ]
    assert different == 2, "one at another price, one whose cents do not divide by its bottles"


def test_a_replay_is_named_by_what_it_sends(tmp_path: Path) -> None:
    lines = steady_sales(FIRST, days=5)
    names = []
    for last, some in ((3, lines), (3, list(reversed(lines))), (2, lines), (3, lines[3:])):
        plan = make_plan(judged(tmp_path, some), first=FIRST, last=FIRST + timedelta(days=last))
        assert plan is not None
        names.append(plan.name)
    assert names[0] == names[1]
    assert len(set(names)) == 3


def test_a_period_without_invoices_has_no_plan(tmp_path: Path) -> None:
    assert (
        make_plan(judged(tmp_path, steady_sales(FIRST, days=2)), first=date(2020, 1, 1), last=date(2020, 2, 1)) is None
    )


def test_requests_are_of_a_moderate_size_and_keep_the_order(tmp_path: Path) -> None:
    lines = [(FIRST, 2001, f"S{n:03}", 1, 101, 1, 9.38) for n in range(150)]
    lines += [(FIRST, 2001, "T", n, 101, 1, 9.38) for n in range(1, 1990)]
    lines += [(FIRST, 2001, "U", n, 101, 1, 9.38) for n in range(1, 21)]
    chunks = list(chunks_of(list(invoices_of(between(judged(tmp_path, lines), FIRST, FIRST)))))
    assert [(chunk[0].number, len(chunk)) for chunk in chunks] == [("S000", 100), ("S100", 50), ("T", 1), ("U", 1)]
    assert chunks[2][0].lines == [(101, 1)] * 1989


def test_files_of_the_years_are_found(tmp_path: Path) -> None:
    for year in (2020, 2021, 2022):
        (tmp_path / f"sales_{year}.parquet").touch()
    found = default_files(tmp_path, first=date(2021, 1, 10), last=date(2021, 2, 1))
    assert [path.name for path in found] == ["sales_2020.parquet", "sales_2021.parquet"]
    assert default_files(tmp_path, first=date(2019, 6, 1), last=date(2019, 7, 1)) == []


@pytest.mark.parametrize("number", ["INV-1", "No. 17/a", "发票 1", "x" * 500, ""])
def test_any_number_makes_a_key(number: str) -> None:
    key = key_of(Invoice(number=number, store=2001, on=FIRST, lines=[]))
    assert check_key(key) == key
    assert key.endswith("/2001/2021-03-01")
    assert key != key_of(Invoice(number=f"{number}?", store=2001, on=FIRST, lines=[]))


def test_refusals_are_counted_by_reason_and_only_stock_falls_short() -> None:
    first, second = Tally(lines=3, orders=1), Tally(lines=4)
    first.refuse("stock.out-of-stock", lines=2, bottles=7)
    second.refuse("orders.no-link", lines=4, bottles=9)
    assert first.plus(second) == Tally(
        lines=7,
        orders=1,
        short_lines=2,
        short_bottles=7,
        refused=2,
        refused_lines=6,
        reasons={"orders.no-link": 1, "stock.out-of-stock": 1},
    )
