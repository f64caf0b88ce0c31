"""Requests to other systems, and the port through which they leave. The adapters stand in `lingqu.adapters`."""

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct


class Outgoing(Struct, frozen=True, kw_only=True):
    """One request. ``body`` leaves as it is: it may be signed."""

    method: str
    url: str
    headers: Mapping[str, str] = {}
    body: bytes = b""


class Answered(Struct, frozen=True, kw_only=True):
    """What came back: ``body`` is only the beginning of a long one; ``headers`` have small letters."""

    status: int
    headers: Mapping[str, str] = {}
    body: bytes = b""


class Sender(Protocol):
    """Whatever carries a request to another system."""

    async def send(self, request: Outgoing) -> Answered:
        """Send a request and give the answer, whatever its status; redirects are answers and are not followed.

        Raises: Unavailable if there is no answer, or if the address may not be reached from here.
        """
        ...
