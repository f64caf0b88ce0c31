"""A soak says no to what got slower or larger, and only to that."""

import pytest
from msgspec.structs import replace

from lingqu.roles.bench.soak.judge import ROOM_BYTES, Minute, faults, leaking, minute_of
from lingqu.roles.bench.soak.memory import Used

_MB = 1024 * 1024


def _minute(**private_mb: int) -> Minute:
    memory = {name: Used(pss=2 * mb * _MB, private=mb * _MB) for name, mb in private_mb.items()}
    return Minute(orders=1_000, requests=2_000, p99_ms=100.0, memory=memory)


def test_p99_leaves_out_the_slowest_hundredth() -> None:
    minute = minute_of([0.001 * n for n in range(1, 201)], orders=5, memory={})
    assert (minute.requests, minute.p99_ms) == (200, 199.0)
    assert minute_of([], orders=0, memory={}).p99_ms == 0.0


def test_a_little_more_memory_is_no_leak_and_more_is() -> None:
    second = _minute(worker=100, api=100)
    assert leaking(second, _minute(worker=115 + ROOM_BYTES // _MB, api=100)) == []
    assert leaking(second, _minute(worker=116 + ROOM_BYTES // _MB, api=100)) == ["worker"]


def test_buffers_that_fill_are_no_leak() -> None:
    second = _minute(postgres=100)
    full = replace(second, memory={"postgres": Used(pss=900 * _MB, private=100 * _MB)})
    assert faults(second, full) == []


@pytest.mark.parametrize(
    ("given", "count"),
    [({"orders": 800}, 0), ({"orders": 799}, 1), ({"p99_ms": 200.0}, 0), ({"p99_ms": 200.1}, 1)],
)
def test_slower_is_said(given: dict[str, float], count: int) -> None:
    second = _minute(api=100)
    assert len(faults(second, replace(second, **given))) == count


def test_seconds_are_too_short_to_tell_speed_but_not_memory() -> None:
    second = _minute(api=100)
    assert faults(second, replace(second, orders=1, p99_ms=9_999.0), is_timed=False) == []
    assert faults(second, _minute(api=200), is_timed=False) == ["api grew"]
