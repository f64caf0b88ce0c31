"""Mail: what leaves, and the port through which it leaves. The adapters behind it stand in `lingqu.adapters`."""

from typing import Protocol

from msgspec import Struct


class Mail(Struct, frozen=True, kw_only=True):
    """One message of plain text to one address."""

    address: str
    subject: str
    body: str


class Mailer(Protocol):
    """Whatever carries a mail."""

    async def send(self, mail: Mail) -> None:
        """Hand a mail over.

        Raises: Unavailable if it was not taken; it is tried again later.
        """
        ...
