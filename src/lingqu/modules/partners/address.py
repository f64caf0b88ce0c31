"""Which addresses a webhook may have. What a name leads to is looked at again at every connection (the sender)."""

import ipaddress
from urllib.parse import urlsplit

from msgspec import Struct

from lingqu.kernel.errors import FieldError, Invalid, Words

_FORM = Words(
    "Write a full address such as https://erp.example.com/lingqu.",
    "请填写完整地址，例如 https://erp.example.com/lingqu。",
)
_SECURE = Words("The address must begin with https://.", "地址须以 https:// 开头。")
_PLAIN = Words("Leave name and password out of the address.", "地址中请勿包含用户名或密码。")
_PRIVATE = Words("An address inside a private network cannot be reached from here.", "不允许填写内网地址。")
_LOCAL_NAMES = ("localhost", ".localhost", ".local", ".internal", ".lan", ".home.arpa")


class AddressRule(Struct, frozen=True):
    """What this installation allows; private addresses and plain http only where its operator says so."""

    may_be_private: bool = False


def check_url(url: str, *, rule: AddressRule) -> str:
    """Check a webhook's address and give it without its fragment.

    Raises: Invalid naming the field.
    """
    if fault := _fault(url, rule):
        raise Invalid(errors=[FieldError("/url", "address", fault)])
    return urlsplit(url)._replace(fragment="").geturl()


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the open Internet, also when it is wrapped into a longer one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped
        if inner is not None:
            ip = inner
        elif ip.sixtofour is not None or ip.teredo is not None or ip in _NAT64:
            return False
    return ip.is_global and not ip.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def _fault(url: str, rule: AddressRule) -> Words | None:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return _FORM
    if not host or parts.scheme not in {"http", "https"} or not url.isascii() or any(c <= " " for c in url):
        return _FORM
    if parts.username is not None or parts.password is not None:
        return _PLAIN
    if rule.may_be_private:
        return None
    if parts.scheme != "https":
        return _SECURE
    try:
        is_private = not is_public(host)
    except ValueError:  # a name
        is_private = host.rstrip(".").endswith(_LOCAL_NAMES) or "." not in host
    return _PRIVATE if is_private else None
