"""Phone numbers: one spelling each."""

import re

from lingqu.kernel.errors import FieldError, Invalid, Words

_NOISE = re.compile(r"[\s().\-·]")
_INTERNATIONAL = re.compile(r"^\+[1-9]\d{7,14}$")
_COUNTRY = {"CNY": "86", "USD": "1"}
_NATIONAL = {"86": re.compile(r"^1[3-9]\d{9}$"), "1": re.compile(r"^[2-9]\d{9}$")}
_WRONG = Words("This is not a phone number.", "手机号码格式不正确。")


def normalise_phone(text: str, *, currency: str) -> str:
    """Write a phone number as E.164: +8613800138000.

    ``currency`` is that of the organization that asks: it tells which country a number without prefix is of.

    Raises: Invalid for anything that is no phone number.
    Source: ITU-T E.164.
    """
    bare = _NOISE.sub("", text)
    bare = f"+{bare[2:]}" if bare.startswith("00") else bare
    country = _COUNTRY.get(currency)
    if country is not None and _NATIONAL[country].match(bare):
        return f"+{country}{bare}"
    if not _INTERNATIONAL.match(bare):
        raise Invalid(errors=[FieldError("/phone", "format", _WRONG)])
    return bare
