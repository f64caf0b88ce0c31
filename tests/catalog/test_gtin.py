import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingqu.modules.catalog.gtin import WrongGTIN, check_digit, normalise_gtin


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("6901234567892", "06901234567892"),
        ("690-1234 567892", "06901234567892"),
        ("036000291452", "00036000291452"),
        ("96385074", "00000096385074"),
        ("16901234567899", "16901234567899"),
    ],
)
def test_every_length_becomes_fourteen_digits(text: str, full: str) -> None:
    assert normalise_gtin(text) == full


@pytest.mark.parametrize(
    "text", ["6901234567893", "690123456789", "69012345678921", "", "690123456789x", "٦٩٠١٢٣٤٥٦٧٨٩٢"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(WrongGTIN) as refused:
        normalise_gtin(text)
    assert refused.value.facts == {"gtin": text}


@given(st.text("0123456789", min_size=13, max_size=13), st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_never_passes(body: str, place: int, shift: int) -> None:
    right = body + str(check_digit(body))
    assert normalise_gtin(right) == right
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    with pytest.raises(WrongGTIN):
        normalise_gtin(wrong)
