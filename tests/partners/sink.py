"""A real HTTP server that other systems would be: keeps what it is told and answers as a test wants."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any

from msgspec import Struct

from lingqu.modules.partners.signing import sign


class Received(Struct, frozen=True):
    """One request as it came over the wire."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def data(self) -> Any:
        return json.loads(self.body)["data"]

    def is_signed(self, secret: str) -> bool:
        """Verify as a receiver would: one of the signatures is made with the secret it knows."""
        wanted = sign([secret], id=self.id, timestamp_s=int(self.headers["webhook-timestamp"]), body=self.body)
        return wanted in self.headers["webhook-signature"].split()


Answer = tuple[int, dict[str, str]]
Answering = Callable[[Received], Awaitable[Answer]]


async def well(_: Received) -> Answer:
    return 200, {}


class Sink:
    """Listens on a port of this machine."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.answer: Answering = well
        self._server: asyncio.Server | None = None
        self._came = asyncio.Event()
        self._open: set[asyncio.StreamWriter] = set()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for writer in self._open:
            writer.close()
        await self._server.wait_closed()

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    @property
    def ids(self) -> list[str]:
        return [one.id for one in self.received]

    def on(self, path: str) -> list[Received]:
        return [one for one in self.received if one.path == path]

    async def until(self, count: int, *, path: str | None = None, at_most_s: float = 60.0) -> None:
        """Wait until so many requests have come, to one path or to any."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(at_most_s):
                while len(self.received if path is None else self.on(path)) < count:
                    self._came.clear()
                    await self._came.wait()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                first, *lines = head.strip().split("\r\n")
                headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
                told = await reader.readexactly(int(headers.get("content-length", "0")))
                one = Received(first.split(" ")[1], headers, told)
                self.received.append(one)
                self._came.set()
                status, more = await self.answer(one)
                text = "".join(f"{name}: {value}\r\n" for name, value in more.items())
                body = "" if status == 204 else "ok"
                writer.write(f"HTTP/1.1 {status} x\r\n{text}content-length: {len(body)}\r\n\r\n{body}".encode())
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self._open.discard(writer)
            writer.close()


def in_turn(*statuses: int) -> Answering:
    """Answer with these, one after the other, the last for ever."""
    left = list(statuses)

    async def answer(_: Received) -> Answer:
        return (left.pop(0) if len(left) > 1 else left[0]), {}

    return answer
