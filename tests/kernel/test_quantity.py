"""Packs and base units: whole numbers, exact both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingqu.kernel.quantity import to_base, to_packs


@given(packs=st.integers(0, 10**9), rest=st.integers(0, 10**6), units=st.integers(1, 10**6))
def test_there_and_back_is_exact(packs: int, rest: int, units: int) -> None:
    base = to_base(packs, units) + rest % units
    assert to_packs(base, units) == (packs, rest % units)


@pytest.mark.parametrize(("count", "units"), [(-1, 12), (1, 0), (1, -6)])
def test_what_is_no_quantity_is_refused(count: int, units: int) -> None:
    with pytest.raises(ValueError, match="must"):
        to_base(count, units)
    with pytest.raises(ValueError, match="must"):
        to_packs(count, units)
