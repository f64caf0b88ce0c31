"""A soak says no to what got slower or larger, and only to that."""

import asyncio

import pytest
from msgspec.structs import replace

from lingqu.roles.bench.soak.judge import ROOM_BYTES, Minute, faults, leaking, minute_of
from lingqu.roles.bench.soak.memory import Used
from lingqu.roles.bench.soak.work import Work
from lingqu.roles.bench.soak.yardstick import paces_until

_MB = 1024 * 1024


def _minute(**private_mb: int) -> Minute:
    memory = {name: Used(pss=2 * mb * _MB, private=mb * _MB) for name, mb in private_mb.items()}
    return Minute(
        orders=1_000, requests=2_000, p99_ms=100.0, cpu_ms_per_order=10.0, others_share=0.1, pace=100.0, memory=memory
    )


def test_p99_leaves_out_the_slowest_hundredth() -> None:
    minute = minute_of(
        [0.001 * n for n in range(1, 201)], orders=5, cpu_s=0.02, others_share=0.0, pace=100.0, memory={}
    )
    assert (minute.requests, minute.p99_ms, minute.cpu_ms_per_order) == (200, 199.0, 4.0)
    assert minute_of([], orders=0, cpu_s=0.0, others_share=0.0, pace=100.0, memory={}).p99_ms == 0.0


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
    [({"orders": 900}, 0), ({"orders": 899}, 1), ({"p99_ms": 125.0}, 0), ({"p99_ms": 125.1}, 1)],
)
def test_slower_is_said(given: dict[str, float], count: int) -> None:
    second = _minute(api=100)
    assert len(faults(second, replace(second, **given))) == count


def test_seconds_are_too_short_to_tell_speed_but_not_memory() -> None:
    second = _minute(api=100)
    assert faults(second, replace(second, orders=1, p99_ms=9_999.0), is_timed=False) == []
    assert faults(second, _minute(api=200), is_timed=False) == ["api grew"]


def test_a_machine_that_others_took_says_nothing_of_speed_but_work_per_order_does() -> None:
    second = _minute(api=100)
    crowded = replace(second, orders=1, p99_ms=9_999.0, others_share=0.21)
    assert faults(second, crowded) == []
    assert len(faults(second, replace(crowded, cpu_ms_per_order=11.1))) == 1


def test_a_machine_that_became_slower_says_nothing_of_the_product() -> None:
    second = _minute(api=100)
    slower = replace(second, orders=500, p99_ms=200.0, cpu_ms_per_order=20.0, pace=50.0)
    assert faults(second, slower) == []
    # ... and one that became faster hides nothing.
    assert len(faults(second, replace(second, pace=200.0))) == 3


async def test_the_yardstick_is_held_until_the_minute_is_over() -> None:
    is_over = asyncio.Event()
    asyncio.get_running_loop().call_later(0.05, is_over.set)
    assert await paces_until(is_over) > 0


def test_work_of_others_is_what_is_neither_ours_nor_idle() -> None:
    before, now = Work(10.0, 5.0, 100.0, 50.0), Work(40.0, 15.0, 180.0, 70.0)
    assert now.since(before).others_share == 0.4
    assert Work(0.0, 0.0, 0.0, 0.0).others_share == 0.0
