"""Longer each time, spread, and at most three days."""

from datetime import UTC, datetime, timedelta

from lingqu.kernel.ids import uuid7
from lingqu.modules.partners.backoff import KEEP_TRYING, lane_pause, next_try

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def waits(attempts: int, **given: int) -> list[float]:
    return [(next_try(uuid7(), attempts=attempts, now=NOW, **given) - NOW).total_seconds() for _ in range(300)]


def test_each_wait_is_four_times_the_last_give_or_take_a_fifth() -> None:
    for attempts, base_s in enumerate([5, 20, 80, 320, 1280, 5120, 20480, 21600, 21600], start=1):
        found = waits(attempts)
        assert min(found) >= base_s * 0.8
        assert max(found) <= base_s * 1.2
        assert max(found) - min(found) > base_s * 0.2, "they do not all come back together"


def test_the_receiver_may_ask_for_later_and_not_for_sooner() -> None:
    assert min(waits(1, wished_s=120)) == 120
    assert min(waits(4, wished_s=1)) >= 320 * 0.8
    assert max(waits(1, wished_s=10**9)) == 21_600


def test_three_days_are_many_tries() -> None:
    at, count, one = NOW, 0, uuid7()
    while at - NOW < KEEP_TRYING:
        count += 1
        at = next_try(one, attempts=count, now=at)
    assert 15 <= count <= 25


def test_a_dead_address_is_probed_ever_more_rarely() -> None:
    assert lane_pause(4, now=NOW) is None
    assert [lane_pause(n, now=NOW) for n in (5, 6, 7, 50)] == [NOW + timedelta(seconds=s) for s in (10, 20, 40, 900)]
