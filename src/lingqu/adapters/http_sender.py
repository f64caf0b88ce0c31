"""Requests over HTTP to addresses that users write down: no way into the operator's own network."""

import asyncio
import ssl
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from lingqu.kernel.errors import Unavailable
from lingqu.runtime.outgoing import Answered, Outgoing

_CONNECT_WITHIN_S = 5.0
_MOST_BYTES = 64 * 1024

Allows = Callable[[str], bool]


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Looks at every address a name leads to before it connects, and connects to just that address.

    So a name that is public when it is checked and private when it is used does not help an attacker: there is no
    second look-up. One private address among several is enough to refuse them all.
    """

    def __init__(self, allows: Allows) -> None:
        self._allows = allows
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of a host that answers.

        Raises: httpcore.ConnectError.
        """
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=1)
        except OSError as error:
            raise httpcore.ConnectError(f"{host} has no address") from error
        addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
        refused = [address for address in addresses if not self._allows(address)]
        if refused:
            raise httpcore.ConnectError(f"{host} leads to {refused[0]}, which may not be reached from here")
        trouble: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                trouble = error
        raise trouble

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - httpcore's signature
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - httpcore's signature
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: no user has business with a socket of this machine.

        Raises: httpcore.ConnectError.
        """
        raise httpcore.ConnectError(f"{path} may not be reached from here")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


class HTTPSender:
    """Sends requests over a pool of connections; each has ``within_s`` from the first byte to the last."""

    def __init__(self, *, allows: Allows, within_s: float = 15.0) -> None:
        self._within_s = within_s
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=200,
            max_keepalive_connections=40,
            keepalive_expiry=30.0,
            network_backend=GuardedBackend(allows),
        )

    async def send(self, request: Outgoing) -> Answered:
        """Send a request and read the beginning of the answer.

        Raises: Unavailable if no answer came in time, or the address may not be reached.
        """
        try:
            async with asyncio.timeout(self._within_s):
                return await self._send(request)
        except TimeoutError as error:
            raise Unavailable(f"no answer within {self._within_s:g} s") from error
        except (OSError, ssl.SSLError, httpcore.UnsupportedProtocol, httpcore.ProtocolError) as error:
            raise Unavailable(_said(error)) from error
        except (httpcore.NetworkError, httpcore.TimeoutException) as error:
            raise Unavailable(_said(error)) from error

    async def close(self) -> None:
        """Close every connection."""
        await self._pool.aclose()

    async def _send(self, request: Outgoing) -> Answered:
        times = {"connect": _CONNECT_WITHIN_S, "read": self._within_s, "write": self._within_s, "pool": self._within_s}
        async with self._pool.stream(
            request.method,
            request.url,
            headers=list(request.headers.items()),
            content=request.body,
            extensions={"timeout": times},
        ) as response:
            body = b""
            async for part in response.aiter_stream():
                body += part
                if len(body) >= _MOST_BYTES:
                    break
            headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            return Answered(status=response.status, headers=headers, body=body[:_MOST_BYTES])


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__
