"""Goods that come are shared in whole packs, none idle that somebody could take, and by the policy that was chosen."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from lingqu.modules.orders.share import Policy, Waiting, share

_START = datetime(2026, 3, 1, tzinfo=UTC)


def _waiting(number: int, owed: int, *, units: int = 1, rank: int = 0, day: int | None = None) -> Waiting:
    return Waiting(
        order_id=UUID(int=number),
        line_no=1,
        owed=owed,
        units_per_pack=units,
        rank=rank,
        placed_at=_START + timedelta(days=number if day is None else day),
    )


@st.composite
def queues(draw: st.DrawFn) -> list[Waiting]:
    return [
        _waiting(
            number,
            draw(st.integers(1, 60)),
            units=draw(st.sampled_from([1, 1, 6, 12])),
            rank=draw(st.integers(0, 2)),
            day=draw(st.integers(0, 5)),
        )
        for number in range(draw(st.integers(1, 7)))
    ]


@given(lines=queues(), free=st.integers(-3, 300), policy=st.sampled_from(Policy))
def test_no_pack_is_broken_and_nothing_lies_idle(lines: list[Waiting], free: int, policy: Policy) -> None:
    given_ = share(lines, free=free, policy=policy)
    assert sum(given_) <= max(free, 0)
    for line, part in zip(lines, given_, strict=True):
        assert 0 <= part <= line.owed
        assert part == 0 or (line.owed - part) % line.units_per_pack == 0, "what stays owed is whole packs"
    left = max(free, 0) - sum(given_)
    for line, part in zip(lines, given_, strict=True):
        step = line.owed % line.units_per_pack or line.units_per_pack
        following = step if part == 0 else line.units_per_pack
        assert part == line.owed or following > left


@given(lines=queues(), free=st.integers(0, 300))
def test_a_fair_share_is_never_below_its_whole_packs(lines: list[Waiting], free: int) -> None:
    given_ = share(lines, free=free, policy=Policy.FAIR)
    owed = sum(line.owed for line in lines)
    for line, part in zip(lines, given_, strict=True):
        assert part >= line.whole(min(free, owed) * line.owed // owed)


@given(owed=st.lists(st.integers(1, 50), min_size=1, max_size=8), free=st.integers(0, 400))
def test_single_units_are_shared_as_hamilton_did(owed: list[int], free: int) -> None:
    lines = [_waiting(number, quantity) for number, quantity in enumerate(owed)]
    total = sum(owed)
    seats = min(free, total)
    shares = [seats * quantity // total for quantity in owed]
    most_missed = sorted(range(len(owed)), key=lambda i: (-(seats * owed[i] % total), i))
    for i in most_missed[: seats - sum(shares)]:
        shares[i] += 1
    assert share(lines, free=free, policy=Policy.FAIR) == shares


def test_the_three_policies_differ() -> None:
    lines = [_waiting(1, 10, rank=1), _waiting(2, 20, rank=0), _waiting(3, 30, rank=1)]
    assert share(lines, free=24, policy=Policy.OLDEST) == [10, 14, 0]
    assert share(lines, free=24, policy=Policy.LEVEL) == [4, 20, 0]
    assert share(lines, free=24, policy=Policy.FAIR) == [4, 8, 12]


def test_a_begun_pack_is_completed_first_and_a_small_rest_goes_to_who_can_use_it() -> None:
    lines = [_waiting(1, 29, units=12), _waiting(2, 3)]
    assert share(lines, free=4, policy=Policy.OLDEST) == [0, 3]
    assert share(lines, free=8, policy=Policy.OLDEST) == [5, 3]
    assert share(lines, free=17, policy=Policy.OLDEST) == [17, 0]
    assert share(lines, free=16, policy=Policy.OLDEST) == [5, 3]
