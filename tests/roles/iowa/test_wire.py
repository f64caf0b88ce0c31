"""The wire against a server that keeps, drops and breaks connections."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from lingqu.roles.iowa.wire import Wire

_ANSWER = b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n%s"


class _Server:
    """Answers each request with how many this connection has sent; ``/drop`` ends it without an answer."""

    def __init__(self) -> None:
        self.opened = 0
        self.seen: list[bytes] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.opened += 1
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            self.seen.append(await reader.readexactly(length))
            if b"/drop" in head:
                break
            body = head.split(b" ")[1]
            writer.write(_ANSWER % (500 if b"/broken" in head else 200, len(body), body))
        writer.close()


@pytest.fixture
async def server() -> AsyncIterator[tuple[_Server, str]]:
    told = _Server()
    listening = await asyncio.start_server(told.serve, "127.0.0.1", 0)
    yield told, f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/api"
    listening.close()


async def test_connections_are_kept_and_bounded(server: tuple[_Server, str]) -> None:
    told, address = server
    wire = Wire(address, connections=2, timeout_s=5)
    answers = await asyncio.gather(*(wire.send("POST", f"/{n}", token="t", content=b"%d" % n) for n in range(9)))
    assert [answer.body for answer in answers] == [b"/api/%d" % n for n in range(9)]
    assert all(answer.is_success and not answer.may_pass for answer in answers)
    assert told.opened == 2
    assert sorted(told.seen) == [b"%d" % n for n in range(9)]
    wire.close()


async def test_a_dropped_connection_is_trouble_and_is_not_used_again(server: tuple[_Server, str]) -> None:
    told, address = server
    wire = Wire(address, connections=1, timeout_s=5)
    with pytest.raises(EOFError):
        await wire.send("POST", "/drop", token="t", content=b"")
    broken = await wire.send("GET", "/broken", token="t", content=b"")
    assert (broken.status, broken.may_pass, broken.is_success) == (500, True, False)
    assert told.opened == 2
    wire.close()


async def test_nobody_there_is_trouble() -> None:
    with pytest.raises(ConnectionRefusedError):
        await Wire("http://127.0.0.1:1", connections=1, timeout_s=5).send("GET", "/", token="t", content=b"")
