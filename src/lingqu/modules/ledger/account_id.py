"""The identifier of an account follows from what it is, so nobody has to look it up."""

import hashlib
from functools import lru_cache
from uuid import UUID

_VERSION_8 = 0x8 << 76
_VARIANT = 0b10 << 62
_KEPT = ~((0xF << 76) | (0b11 << 62))

INSTALLATION = UUID(int=0)
"""Owner of the clearing accounts: the installation itself, no party of the network."""


@lru_cache(maxsize=200_000)
def account_id(
    *, kind: str, owner: UUID, counterparty: UUID | None = None, peer_cell: int | None = None, currency: str
) -> UUID:
    """Derive the identifier of an account.

    Source: UUIDv8 (RFC 9562 section 5.8) over SHA-256 of the account's own key.
    """
    key = f"{kind}\0{owner}\0{counterparty or ''}\0{'' if peer_cell is None else peer_cell}\0{currency}"
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:16], "big")
    return UUID(int=(number & _KEPT) | _VERSION_8 | _VARIANT)


def clearing_id(*, peer_cell: int, currency: str) -> UUID:
    """Derive the account that stands, inside one cell, for everything that came from or went to ``peer_cell``."""
    return account_id(kind="clearing", owner=INSTALLATION, peer_cell=peer_cell, currency=currency)
