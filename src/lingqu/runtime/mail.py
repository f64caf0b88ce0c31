"""Mail: what leaves, and the port through which it leaves. The adapters behind it stand in `lingqu.adapters`."""

from typing import Protocol
from uuid import UUID

from msgspec import Struct


class Mail(Struct, frozen=True, kw_only=True):
    """One message of plain text to one address. ``id`` is the same however often it is sent."""

    address: str
    subject: str
    body: str
    id: UUID | None = None


class Undeliverable(Exception):
    """The server says that this mail will never be taken, such as for an address that does not exist."""


class Mailer(Protocol):
    """Whatever carries a mail."""

    async def send(self, mail: Mail) -> None:
        """Hand a mail over.

        Raises: Unavailable if it was not taken and may be tried again later; Undeliverable if it never will be.
        """
        ...
