"""Identifiers: ordered by time, the same for every retry, never the same for two."""

import hashlib
import pickle
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingqu.kernel.ids import derived_id, derived_id_at, unix_ms_of, uuid7

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


@given(unix_ms=st.integers(0, (1 << 48) - 1), actor=st.text(max_size=40), key=st.text(max_size=40))
def test_a_derived_id_is_laid_out_as_the_rfc_says(unix_ms: int, actor: str, key: str) -> None:
    digest = hashlib.sha256(f"{actor}\0{key}".encode()).digest()
    noise = f"{int.from_bytes(digest[:10], 'big'):080b}"
    bits = f"{unix_ms:048b}" + "1000" + noise[6:18] + "10" + noise[18:]
    expected = UUID(int=int(bits, 2))
    made = derived_id_at(unix_ms, actor=actor, key=key)
    assert (made, made.is_safe, hash(made)) == (expected, expected.is_safe, hash(expected))
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own bytes


@pytest.mark.parametrize("other", [uuid4(), UUID(int=0)])
def test_an_id_without_time_is_refused(other: UUID) -> None:
    with pytest.raises(ValueError, match="not a UUIDv7"):
        derived_id(actor="a", key=other)
    with pytest.raises(ValueError, match="carries no time"):
        unix_ms_of(other)
