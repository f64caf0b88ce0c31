"""Which purchases returned goods are booked on, and what they bring: for any lines, in any portions."""

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from lingqu.modules.orders.returnable import Returnable, book, refund_of


def _line(number: int, sku: int, received: int, total: int, *, returned: int = 0, asked: int = 0) -> Returnable:
    return Returnable(
        order_id=UUID(int=number), line_no=1, sku_id=sku, key=0, units_per_pack=1, quantity=received, reserved=0,
        back_ordered=0, cancelled=0, shipped=received, received=received, short=0, returned=returned, tax_minor=0,
        total_minor=total, number=None, business_on=date(2026, 1, 1 + number % 5), currency="CNY",
        title_passes="shipment", arrived_at=None, asked=asked,
    )  # fmt: skip


bought = st.lists(
    st.tuples(st.integers(1, 3), st.integers(1, 9), st.integers(0, 10_000), st.integers(0, 3)), min_size=1, max_size=12
)


@given(
    bought, st.dictionaries(st.integers(1, 3), st.integers(1, 40), min_size=1), st.sampled_from(["newest", "oldest"])
)
def test_everything_wanted_is_booked_once_or_named_as_missing(
    rows: list[tuple[int, int, int, int]], wanted: dict[int, int], first: str
) -> None:
    lines = [_line(i, sku, n, total, asked=min(n, held)) for i, (sku, n, total, held) in enumerate(rows)]
    shares, missing = book(wanted, lines, first=first)  # type: ignore[arg-type]
    for sku, quantity in wanted.items():
        own = [share for share in shares if share.line.sku_id == sku]
        assert sum(share.quantity for share in own) + missing.get(sku, 0) == quantity
        assert all(0 < share.quantity <= share.line.possible for share in own)
        if sku in missing:
            assert sum(line.possible for line in lines if line.sku_id == sku) == quantity - missing[sku]
        days = [share.line.business_on for share in own]
        assert days == sorted(days, reverse=first == "newest")
    assert len({share.line.order_id for share in shares}) == len(shares)


@given(st.integers(0, 100_000), st.lists(st.integers(1, 7), min_size=1, max_size=9))
def test_a_line_given_back_in_portions_brings_its_total_exactly(total: int, portions: list[int]) -> None:
    line = _line(1, 1, sum(portions), total)
    brought = 0
    for portion in portions:
        brought += refund_of(line, portion, title_passes="shipment")
        line.returned += portion
    assert brought == total
