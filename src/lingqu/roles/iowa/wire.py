"""HTTP/1.1 to one address on this machine: a few kept connections and nothing else, because a year is 100,000 requests.

A general client costs more processor time a request than the installation that answers it.
"""

import asyncio
import re
from urllib.parse import urlsplit

from msgspec import Struct

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_END = b"\r\n\r\n"
_OK, _END_OF_OK, _SERVER_ERROR, _UNAUTHORIZED = 200, 300, 500, 401


class Told(Struct, frozen=True):
    """An answer."""

    status: int
    body: bytes

    @property
    def is_success(self) -> bool:
        """Tell whether it is what was asked for."""
        return _OK <= self.status < _END_OF_OK

    @property
    def may_pass(self) -> bool:
        """Tell whether asking again may help: the other end is in trouble, or a session has ended."""
        return self.status >= _SERVER_ERROR or self.is_unauthorized

    @property
    def is_unauthorized(self) -> bool:
        """Tell whether nobody is known by the token."""
        return self.status == _UNAUTHORIZED


class Wire:
    """Sends requests over at most so many connections; who finds none free waits for one."""

    def __init__(self, address: str, *, connections: int, timeout_s: float) -> None:
        parts = urlsplit(address)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._prefix = parts.path
        self._timeout_s = timeout_s
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self._places = asyncio.Semaphore(connections)

    async def send(self, method: str, path: str, *, token: str, content: bytes) -> Told:
        """Send one request and read its answer.

        Raises: OSError, EOFError, TimeoutError if the other end is away or goes away.
        """
        head = (
            f"{method} {self._prefix}{path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\n"
            f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        async with self._places, asyncio.timeout(self._timeout_s):
            pair = self._free.pop() if self._free else await asyncio.open_connection(self._host, self._port)
            is_whole = False
            try:
                pair[1].write(head.encode() + content)
                told = await _read(pair[0])
                is_whole = True
                return told
            finally:
                if is_whole:
                    self._free.append(pair)
                else:
                    pair[1].close()

    def close(self) -> None:
        """Close what is open."""
        for _, writer in self._free:
            writer.close()
        self._free.clear()


async def _read(reader: asyncio.StreamReader) -> Told:
    """Read one answer. Both ports of the product say how long it is."""
    head = await reader.readuntil(_END)
    length = _LENGTH.search(head)
    if length is None:
        raise EOFError("an answer of unknown length")
    return Told(int(head[9:12]), await reader.readexactly(int(length[1])))
