"""The service fee of an order is the rate of what was charged and kept, whatever the steps were."""

from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from lingqu.kernel.money import rate_of
from lingqu.modules.orders.direct_fee import fee_of
from lingqu.modules.orders.money import sums_of
from lingqu.modules.orders.sheet import LineRow

_NONE = UUID(int=0)


@st.composite
def _walks(draw: st.DrawFn) -> tuple[list[list[LineRow]], str, int]:
    """Draw the states of an order on its way: shipped, lost or received, given back, in any parts."""
    lines = []
    for number in range(draw(st.integers(1, 3))):
        quantity, total = draw(st.integers(1, 40)), draw(st.integers(0, 100_000))
        lines.append(
            LineRow(
                order_id=_NONE,
                line_no=number + 1,
                sku_id=1,
                key=1,
                units_per_pack=1,
                quantity=quantity,
                reserved=quantity,
                back_ordered=0,
                cancelled=0,
                shipped=0,
                received=0,
                short=0,
                returned=0,
                tax_minor=draw(st.integers(0, total)),
                total_minor=total,
            )
        )
    states = [lines]
    for _ in range(draw(st.integers(0, 12))):
        states.append([_stepped(draw, line) for line in states[-1]])
    return states, draw(st.sampled_from(["shipment", "receipt"])), draw(st.integers(0, 500_000))


def _stepped(draw: st.DrawFn, line: LineRow) -> LineRow:
    leaving = draw(st.integers(0, line.reserved))
    cut = draw(st.integers(0, line.reserved - leaving))
    arriving = draw(st.integers(0, line.shipped - line.received - line.short))
    lost = draw(st.integers(0, line.shipped - line.received - line.short - arriving))
    back = draw(st.integers(0, line.received - line.returned))
    return replace(
        line,
        reserved=line.reserved - leaving - cut,
        cancelled=line.cancelled + cut,
        shipped=line.shipped + leaving,
        received=line.received + arriving,
        short=line.short + lost,
        returned=line.returned + back,
    )


@given(_walks())
def test_the_fee_is_never_more_than_its_rate_and_steps_add_up(walk: tuple[list[list[LineRow]], str, int]) -> None:
    states, title, ppm = walk
    fees = [fee_of(lines, title_passes=title, fee_ppm=ppm) for lines in states]
    posted = sum(after - before for before, after in pairwise(fees))
    sums = [sums_of(line, title_passes=title) for line in states[-1]]
    kept = sum(one.charged - one.charged_tax - one.refunded + one.refunded_tax for one in sums)
    assert fees[0] == 0
    assert posted == fees[-1] == rate_of(kept, ppm)


@given(_walks())
def test_what_is_given_back_to_the_last_unit_leaves_no_fee(walk: tuple[list[list[LineRow]], str, int]) -> None:
    states, title, ppm = walk
    over = [
        replace(line, received=line.shipped - line.short, returned=line.shipped - line.short) for line in states[-1]
    ]
    assert fee_of(over, title_passes=title, fee_ppm=ppm) == 0
