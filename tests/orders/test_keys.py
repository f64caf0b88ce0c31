"""The short way from a key to its order's id says what the long way says."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from lingqu.kernel.ids import derived_id, unix_ms_of, uuid7
from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.orders.keys import hash_of, id_in_key
from lingqu.modules.orders.types import NewLine, NewOrder

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
sellers = st.integers(1, 2**31 - 1)


def _scope(party_id: UUID) -> Scope:
    return Scope(
        actor=Actor(party_id=party_id),
        organization_id=1,
        party_id=party_id,
        cell_id=0,
        organization_ids=(1,),
        party_ids=(party_id,),
        cell_ids=(0,),
    )


@given(party_id=st.uuids(), seller_id=sellers, ago_ms=st.integers(-(10**10), 10**10))
def test_a_key_of_this_month_gives_the_id_derived_from_it(party_id: UUID, seller_id: int, ago_ms: int) -> None:
    key = uuid7(at=NOW - timedelta(milliseconds=ago_ms))
    expected = derived_id(actor=f"{party_id}/{seller_id}", key=key)
    found = id_in_key(str(key), scope=_scope(party_id), seller_id=seller_id, now=NOW)
    age_ms = abs(int(NOW.timestamp() * 1000) - unix_ms_of(key))
    assert found == (expected if age_ms <= 30 * 86_400_000 else None)


@given(party_id=st.uuids(), noise=st.integers(0, 999))
def test_a_key_in_another_form_carries_nothing(party_id: UUID, noise: int) -> None:
    usual = f"{str(uuid7(at=NOW))[:-3]}{noise:03d}"
    capital = f"{usual[:-1]}A"
    others = [str(uuid4()), capital, usual.replace("-", ""), f"{{{usual}}}", f"{usual} ", f"{usual}\n", "", "x" * 36]
    assert id_in_key(usual, scope=_scope(party_id), seller_id=1, now=NOW) is not None
    assert [id_in_key(one, scope=_scope(party_id), seller_id=1, now=NOW) for one in others] == [None] * len(others)


@given(seller_id=sellers, packs=st.lists(st.integers(1, 1_000_000), min_size=1, max_size=5), note=st.text(max_size=20))
def test_the_hash_is_of_the_body_as_decoded(seller_id: int, packs: list[int], note: str) -> None:
    order = NewOrder(seller_id=seller_id, lines=[NewLine(sku_id=7, packs=one) for one in packs], note=note)
    spaced = msgspec.json.format(msgspec.json.encode(order), indent=2)
    assert hash_of(msgspec.json.decode(spaced, type=NewOrder)) == sha256(msgspec.json.encode(order)).digest()
