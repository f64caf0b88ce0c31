"""The bus: NATS JetStream keeps events for consumers; core NATS wakes whoever waits. Knows no database."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

import nats
import nats.errors
import nats.js.errors
from msgspec import Struct
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js import JetStreamContext
from nats.js.api import ConsumerConfig, StorageType, StreamConfig

from lingqu.kernel.errors import Unavailable

STREAM = "lingqu"
_SUBJECTS = f"{STREAM}.>"
_WAKE = "lingqu-wake"
_DAY_S = 86_400
_ANSWER_WITHIN_S = 10.0
_CONNECT_WITHIN_S = 2
_ACK_WITHIN_S = 60
_FILLED = "filled"

_STREAM = StreamConfig(
    name=STREAM,
    subjects=[_SUBJECTS],
    storage=StorageType.FILE,
    max_age=7 * _DAY_S,
    max_bytes=2 * 1024**3,
    duplicate_window=120,
)

_LOG = logging.getLogger(__name__)

# What the client raises when the broker is away, restarts, or has lost its data.
_FAULTS = (nats.errors.Error, OSError, TimeoutError)


class Message(Struct, frozen=True):
    """What is published: ``id`` makes a repetition within two minutes a no-op at the broker."""

    subject: str
    id: str
    body: bytes


class Pull:
    """A durable subscription from which messages are fetched."""

    def __init__(self, subscription: JetStreamContext.PullSubscription) -> None:
        self._subscription = subscription

    async def fetch(self, count: int, *, within_s: float) -> list[Msg]:
        """Fetch up to ``count`` messages; none came within the time: an empty list.

        Raises: Unavailable if the subscription or the broker is gone.
        """
        try:
            return await self._subscription.fetch(count, timeout=within_s)
        except TimeoutError:
            return []
        except _FAULTS as error:
            raise Unavailable(f"the broker answers: {error}") from error


class Bus:
    """One connection to the broker. It heals itself; what fails meanwhile raises Unavailable."""

    def __init__(self, url: str, *, name: str) -> None:
        self._url = url
        self._name = name
        self._client = Client()
        self._stream: JetStreamContext | None = None
        self._waking: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Connect, once.

        Raises: Unavailable if the broker does not answer.
        """
        if self._client.is_connected:
            return
        if self._stream is not None and not self._client.is_closed:
            raise Unavailable("the broker is away")  # the client is connecting again by itself
        await _probe(self._url)
        try:
            self._client = await nats.connect(
                self._url,
                name=self._name,
                connect_timeout=_CONNECT_WITHIN_S,
                max_reconnect_attempts=-1,
                reconnect_time_wait=1,
                error_cb=_note,
                skip_subject_validation=True,
            )
        except _FAULTS as error:
            raise Unavailable("the broker does not answer") from error
        self._stream = self._client.jetstream(timeout=_ANSWER_WITHIN_S)

    async def close(self) -> None:
        """Send what is still to be sent and disconnect."""
        if self._waking is not None:
            await asyncio.wait([self._waking])
        if self._client.is_connected:
            await self._client.flush()
        if self._stream is not None:
            await self._client.close()

    async def ensure_stream(self) -> bool:
        """Make the stream if it is missing and tell whether it holds what the outbox has published so far.

        False: the broker is new or has lost its data, and nobody has filled it since (`note_filled`).

        Raises: Unavailable.
        """
        try:
            try:
                found = await self._jetstream.stream_info(STREAM)
            except nats.js.errors.NotFoundError:
                await self._jetstream.add_stream(_STREAM)
                return False
        except _FAULTS as error:
            raise Unavailable(f"the broker answers: {error}") from error
        return found.config.description == _FILLED

    async def note_filled(self) -> None:
        """Note at the broker that the stream holds what the outbox has published so far.

        Raises: Unavailable.
        """
        try:
            await self._jetstream.update_stream(_STREAM, description=_FILLED)
        except _FAULTS as error:
            raise Unavailable(f"the broker answers: {error}") from error

    async def delete_stream(self) -> None:
        """Forget every message; the relay publishes them again from the outbox.

        Raises: Unavailable.
        """
        try:
            await self._jetstream.delete_stream(STREAM)
        except nats.js.errors.NotFoundError:
            return
        except _FAULTS as error:
            raise Unavailable(f"the broker answers: {error}") from error

    async def publish(self, messages: Sequence[Message]) -> None:
        """Publish and wait until the broker has them all.

        Raises: Unavailable if one was not acknowledged; some of the others may have been.
        """
        stream = self._jetstream
        try:
            promised = [
                await stream.publish_async(message.subject, message.body, headers={"Nats-Msg-Id": message.id})
                for message in messages
            ]
            done, late = await asyncio.wait(promised, timeout=_ANSWER_WITHIN_S) if promised else (set(), set())
            for promise in late:
                promise.cancel()
            for promise in done:
                promise.result()
        except _FAULTS as error:
            raise Unavailable(f"the broker answers: {error}") from error
        if late:
            raise Unavailable("the broker does not acknowledge")

    async def pull(self, name: str, subject: str) -> Pull:
        """Open the durable subscription ``name`` on a subject with wildcards; it begins with the oldest message.

        Raises: Unavailable.
        """
        configuration = ConsumerConfig(ack_wait=_ACK_WITHIN_S, max_ack_pending=1_000)
        try:
            return Pull(
                await self._jetstream.pull_subscribe(subject, durable=name, stream=STREAM, config=configuration)
            )
        except _FAULTS as error:
            raise Unavailable(f"the broker answers: {error}") from error

    def wake(self) -> None:
        """Tell the relays that there is something to publish. Best effort: they look by themselves too."""
        if self._client.is_connected and (self._waking is None or self._waking.done()):
            self._waking = asyncio.get_running_loop().create_task(self._publish_wake())

    async def on_wake(self, heard: Callable[[], None]) -> None:
        """Call ``heard`` whenever some process says `wake`.

        Raises: Unavailable.
        """

        async def note(_: Msg) -> None:
            heard()

        try:
            await self._client.subscribe(_WAKE, cb=note)
        except _FAULTS as error:
            raise Unavailable(f"the broker answers: {error}") from error

    @property
    def _jetstream(self) -> JetStreamContext:
        if self._stream is None or not self._client.is_connected:
            raise Unavailable("the broker is away")
        return self._stream

    async def _publish_wake(self) -> None:
        try:
            await self._client.publish(_WAKE)
        except _FAULTS as error:
            _LOG.debug("nobody woken: %s", error)


async def _probe(url: str) -> None:
    """Knock before the client does: it keeps the sockets of refused attempts open.

    Raises: Unavailable.
    """
    last: Exception | None = None
    for server in url.split(","):
        parts = urlsplit(server)
        try:
            async with asyncio.timeout(_CONNECT_WITHIN_S):
                _, writer = await asyncio.open_connection(parts.hostname, parts.port or 4222)
            writer.close()
            await writer.wait_closed()
        except (OSError, TimeoutError) as error:
            last = error
        else:
            return
    raise Unavailable("the broker does not answer") from last


async def _note(error: Exception) -> None:
    _LOG.warning("broker: %s", str(error) or type(error).__name__)


async def until(stop: asyncio.Event, seconds: float) -> bool:
    """Wait, but not longer than until ``stop`` is set; tell whether it is."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return stop.is_set()
    return True


async def keep_trying(
    stop: asyncio.Event, what: str, work: Callable[[], Awaitable[None]], *, pause_s: float = 1.0
) -> None:
    """Run ``work`` until ``stop``; after an outside fault pause and begin again."""
    while not stop.is_set():
        try:
            await work()
        except Unavailable as fault:
            _LOG.warning("%s waits: %s", what, fault.what)
            await until(stop, pause_s)
