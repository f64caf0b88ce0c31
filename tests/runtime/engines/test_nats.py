import os
import signal
import socket
from collections.abc import AsyncIterator

import nats
import pytest

from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.nats import NatsEngine


@pytest.fixture
async def engine(home: Home) -> AsyncIterator[NatsEngine]:
    made = NatsEngine(home)
    made.install()
    made.start()
    yield made
    made.stop()


async def test_acknowledged_messages_survive_kill_9_at_the_same_address(engine: NatsEngine) -> None:
    url = engine.url
    client = await nats.connect(url, allow_reconnect=False)
    stream = client.jetstream()
    await stream.add_stream(name="kept", subjects=["kept.>"])
    for number in range(100):
        await stream.publish("kept.note", b"%d" % number)
    assert engine.pid is not None
    os.kill(engine.pid, signal.SIGKILL)
    await client.close()
    while engine.is_running:
        engine.stop()
    assert engine.start() == url
    client = await nats.connect(url)
    assert (await client.jetstream().stream_info("kept")).state.messages == 100
    await client.close()


async def test_a_wrong_password_is_refused(engine: NatsEngine) -> None:
    # By hand: the client leaves a refused connection open, which the suite would report.
    with socket.create_connection(("127.0.0.1", engine.port), timeout=5) as connection:
        answers = connection.makefile()
        assert answers.readline().startswith("INFO")
        connection.sendall(b'CONNECT {"user":"lingqu","pass":"guess","verbose":false}\r\nPING\r\n')
        assert answers.readline().strip() == "-ERR 'Authorization Violation'"
        answers.close()


async def test_its_files_are_private(engine: NatsEngine) -> None:
    assert (engine.home.nats / "nats.conf").stat().st_mode & 0o777 == 0o600
    assert (engine.home.secrets / "nats").stat().st_mode & 0o777 == 0o600
