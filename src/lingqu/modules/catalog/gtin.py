"""GTIN: the number under a bar code, kept in its form of 14 digits."""

from lingqu.kernel.errors import Refusal, Words

_LENGTHS = frozenset({8, 12, 13, 14})
_FULL_LENGTH = 14


class WrongGTIN(Refusal):
    """The number is none that GS1 could have given out."""

    code = "catalog.wrong-gtin"
    status = 422
    title = Words("Not a GTIN", "GTIN 不正确")
    detail = Words(
        "{gtin} is not a GTIN: it needs 8, 12, 13 or 14 digits of which the last is the right check digit.",
        "{gtin} 不是有效的 GTIN：应为 8、12、13 或 14 位数字，且末位校验码正确。",
    )


def normalise_gtin(text: str) -> str:
    """Bring a GTIN-8, -12, -13 or -14 into its form of 14 digits; blanks and hyphens are dropped.

    Raises: WrongGTIN for another length, another sign, or a wrong check digit.
    Source: GS1 General Specifications, section 7.9; 6901234567892 becomes 06901234567892.
    """
    digits = text.replace(" ", "").replace("-", "")
    if len(digits) not in _LENGTHS or not (digits.isascii() and digits.isdigit()):
        raise WrongGTIN(gtin=text)
    full = digits.rjust(_FULL_LENGTH, "0")
    if check_digit(full[:-1]) != int(full[-1]):
        raise WrongGTIN(gtin=text)
    return full


def check_digit(digits: str) -> int:
    """Compute the check digit that follows 13 digits: weights 3 and 1 in turn, from the left.

    Source: GS1 General Specifications, section 7.9.
    """
    weighted = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(digits))
    return -weighted % 10
