"""Identifiers: ordered by time, the same for every retry, never the same for two."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingqu.kernel.ids import derived_id, unix_ms_of, uuid7

instants = st.datetimes(datetime(2000, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - made aware by timezones


@given(instants)
def test_an_id_carries_its_instant_to_the_millisecond(at: datetime) -> None:
    made = uuid7(at=at)
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert unix_ms_of(made) == int(at.timestamp() * 1000)


@given(at=instants, later=st.integers(1, 10**9))
def test_a_later_id_sorts_after(at: datetime, later: int) -> None:
    assert uuid7(at=at) < uuid7(at=at + timedelta(milliseconds=later))


def test_ids_of_one_millisecond_differ() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    assert len({uuid7(at=at) for _ in range(10_000)}) == 10_000


def test_without_an_instant_it_is_now() -> None:
    before = int(datetime.now(UTC).timestamp() * 1000)
    assert before - 1 <= unix_ms_of(uuid7()) <= before + 10_000


@given(at=instants, actor=st.text(max_size=40))
def test_a_retry_gets_the_same_id_at_the_same_time(at: datetime, actor: str) -> None:
    key = uuid7(at=at)
    made = derived_id(actor=actor, key=key)
    assert made == derived_id(actor=actor, key=key)
    assert (made.version, made.variant) == (8, "specified in RFC 4122")
    assert unix_ms_of(made) == unix_ms_of(key)
    assert made != derived_id(actor=actor + "x", key=key)
    assert made != derived_id(actor=actor, key=uuid7(at=at))


@pytest.mark.parametrize("other", [uuid4(), UUID(int=0)])
def test_an_id_without_time_is_refused(other: UUID) -> None:
    with pytest.raises(ValueError, match="not a UUIDv7"):
        derived_id(actor="a", key=other)
    with pytest.raises(ValueError, match="carries no time"):
        unix_ms_of(other)
