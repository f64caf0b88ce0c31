"""Requests that leave: no way into our own network, no following, no waiting for ever."""

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest

from lingqu.adapters.http_sender import HTTPSender
from lingqu.kernel.errors import Unavailable
from lingqu.modules.partners.address import is_public
from lingqu.runtime.outgoing import Outgoing
from tests.partners.sink import Received, Sink


@pytest.fixture
async def guarded() -> AsyncIterator[HTTPSender]:
    sender = HTTPSender(allows=is_public, within_s=5)
    yield sender
    await sender.close()


@pytest.fixture
async def free() -> AsyncIterator[HTTPSender]:
    sender = HTTPSender(allows=lambda _: True, within_s=0.5)
    yield sender
    await sender.close()


def post(url: str) -> Outgoing:
    return Outgoing(method="POST", url=url, headers={"content-length": "2"}, body=b"{}")


async def test_an_answer_comes_back_whatever_its_status(free: HTTPSender, sink: Sink) -> None:
    async def teapot(_: Received) -> tuple[int, dict[str, str]]:
        return 418, {"Retry-After": "7"}

    sink.answer = teapot
    answer = await free.send(post(sink.url + "/a?b=1"))
    assert (answer.status, answer.body, answer.headers["retry-after"]) == (418, b"ok", "7")
    assert (sink.received[0].path, sink.received[0].body) == ("/a?b=1", b"{}")


async def test_a_private_address_is_refused_and_nothing_is_sent(guarded: HTTPSender, sink: Sink) -> None:
    port = sink.url.rpartition(":")[2]
    for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0x7f000001", "127.1"):
        with pytest.raises(Unavailable):
            await guarded.send(post(f"http://{host}:{port}/"))
    assert not sink.received


async def test_a_name_that_leads_inside_is_refused(
    guarded: HTTPSender, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(sink.url.rpartition(":")[2])

    async def look_up(host: str, *_: Any, **__: Any) -> list[Any]:
        assert host == "erp.example.com"
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in ("93.184.216.34", "127.0.0.1")
        ]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", look_up)
    with pytest.raises(Unavailable, match=r"127\.0\.0\.1, which may not be reached"):
        await guarded.send(post(f"http://erp.example.com:{port}/"))
    assert not sink.received


async def test_a_redirect_is_not_followed(free: HTTPSender, sink: Sink) -> None:
    async def elsewhere(_: Received) -> tuple[int, dict[str, str]]:
        return 302, {"Location": sink.url + "/inside"}

    sink.answer = elsewhere
    assert (await free.send(post(sink.url + "/"))).status == 302
    assert [one.path for one in sink.received] == ["/"]


async def test_nobody_is_waited_for_for_ever(free: HTTPSender, sink: Sink) -> None:
    async def never(_: Received) -> tuple[int, dict[str, str]]:
        await asyncio.Event().wait()
        raise AssertionError

    sink.answer = never
    with pytest.raises(Unavailable, match="no answer within"):
        await free.send(post(sink.url))


async def test_a_closed_door_and_nonsense_are_unavailable(free: HTTPSender) -> None:
    with pytest.raises(Unavailable):
        await free.send(post("http://127.0.0.1:1/"))
    with pytest.raises(Unavailable):
        await free.send(post("gopher://127.0.0.1/"))
