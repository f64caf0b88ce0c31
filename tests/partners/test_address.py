"""Which addresses a webhook may have, and which ones a name may lead to."""

import pytest

from lingqu.kernel.errors import Invalid
from lingqu.modules.partners.address import AddressRule, check_url, is_public

OPEN, SHUT = AddressRule(may_be_private=True), AddressRule()


def test_an_address_of_the_open_internet() -> None:
    assert check_url("https://erp.example.com:8443/a?b=1#c", rule=SHUT) == "https://erp.example.com:8443/a?b=1"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://erp.example.com/",
        "https:///nothing",
        "https://erp.example.com:99999/",
        "https://user@erp.example.com/",
        "https://user:secret@erp.example.com/",
        "https://erp.example.com/ x",
        "https://erp。example.com/",
        "https://[::1/",
    ],
)
def test_what_is_no_address_anywhere(url: str) -> None:
    for rule in (OPEN, SHUT):
        with pytest.raises(Invalid) as refused:
            check_url(url, rule=rule)
        assert refused.value.errors[0].path == "/url"


@pytest.mark.parametrize(
    "url",
    [
        "http://erp.example.com/",
        "https://localhost/",
        "https://erp/",
        "https://db.internal./",
        "https://127.0.0.1/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
    ],
)
def test_private_only_where_the_operator_says_so(url: str) -> None:
    assert check_url(url, rule=OPEN)
    with pytest.raises(Invalid):
        check_url(url, rule=SHUT)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ],
)  # fmt: skip
def test_private_addresses_are_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are_known(address: str) -> None:
    assert is_public(address)
