"""However a line is cut, what was charged, freed and refunded adds up to its total exactly."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from lingqu.modules.orders.books import match
from lingqu.modules.orders.money import sums_of
from lingqu.modules.orders.sheet import LineRow

_STEPS = ("ship", "receive", "lose", "cancel", "return")


def _line(quantity: int, total: int, tax: int) -> LineRow:
    return LineRow(
        order_id=UUID(int=1),
        line_no=1,
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
        tax_minor=tax,
        total_minor=total,
    )


def _step(line: LineRow, step: str, wish: int) -> LineRow:
    """Take a step with as much of ``wish`` as is possible."""
    on_the_way = line.shipped - line.received - line.short
    match step:
        case "ship":
            n = min(wish, line.reserved)
            return replace(line, reserved=line.reserved - n, shipped=line.shipped + n)
        case "cancel":
            n = min(wish, line.reserved)
            return replace(line, reserved=line.reserved - n, cancelled=line.cancelled + n)
        case "receive":
            return replace(line, received=line.received + min(wish, on_the_way))
        case "lose":
            return replace(line, short=line.short + min(wish, on_the_way))
        case _:
            return replace(line, returned=line.returned + min(wish, line.received - line.returned))


@given(
    quantity=st.integers(1, 40),
    total=st.integers(0, 10_000),
    tax_share=st.integers(0, 100),
    title=st.sampled_from(["shipment", "receipt"]),
    steps=st.lists(st.tuples(st.sampled_from(_STEPS), st.integers(1, 15)), max_size=30),
)
def test_the_parts_add_up(quantity: int, total: int, tax_share: int, title: str, steps: list[tuple[str, int]]) -> None:
    line = _line(quantity, total, total * tax_share // 100)
    before = sums_of(line, title_passes=title)
    finish = [("ship", quantity), ("receive", quantity), ("return", quantity)]
    for step, wish in steps + finish:
        line = _step(line, step, wish)
        now = sums_of(line, title_passes=title)
        change = now - before
        assert min(change.charged, change.charged_tax, change.released, change.refunded, change.refunded_tax) >= 0
        assert now.charged + now.released <= total
        assert now.refunded <= now.charged
        assert now.refunded_tax <= now.charged_tax
        before = now
    assert before.charged + before.released == total
    assert before.refunded == before.charged
    assert before.refunded_tax == before.charged_tax


_AMOUNTS = st.lists(st.integers(1, 1_000), min_size=1, max_size=6)


@given(givers=_AMOUNTS, takers=_AMOUNTS)
def test_matching_uses_up_both_sides(givers: list[int], takers: list[int]) -> None:
    short = sum(givers) - sum(takers)
    (takers if short > 0 else givers).append(abs(short)) if short else None
    from_side = [(UUID(int=i), amount) for i, amount in enumerate(givers)]
    to_side = [(UUID(int=100 + i), amount) for i, amount in enumerate(takers)]
    postings = match(from_side, to_side)
    assert all(amount > 0 for _, _, amount in postings)
    assert len(postings) <= len(givers) + len(takers) - 1
    for account, amount in from_side:
        assert sum(a for debit, _, a in postings if debit == account) == amount
    for account, amount in to_side:
        assert sum(a for _, credit, a in postings if credit == account) == amount
