"""The bus: NATS JetStream keeps events for consumers; core NATS wakes whoever waits. Knows no database."""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

import nats
import nats.errors
import nats.js.errors
from msgspec import Struct
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
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
_STANDS_S = 30.0  # so long a request for messages stands
_EARLIER_S = 1.0  # the broker ends it before we ask again
_RUN_OUT = "408"
_TOGETHER_S = 0.005  # what is published together comes together
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
    """A durable subscription from which messages are fetched. What was asked for and has not come stays asked for.

    So neither an idle consumer nor a busy one pays for a request each time it looks: the broker sends what is
    published while the request stands.
    """

    def __init__(self, client: Client, name: str) -> None:
        self._client = client
        self._subject = f"$JS.API.CONSUMER.MSG.NEXT.{STREAM}.{name}"
        self._inbox = client.new_inbox()
        self._subscription: Subscription | None = None
        self._came: list[Msg] = []
        self._told = asyncio.Event()
        self._fault: str | None = None
        self._left = 0  # of the request that stands
        self._asked_at = -_STANDS_S
        self._connections = 0

    async def fetch(self, count: int, *, within_s: float) -> list[Msg]:
        """Fetch up to ``count`` messages; none came within the time: an empty list.

        Raises: Unavailable if the subscription or the broker is gone.
        """
        try:
            if self._subscription is None:
                self._subscription = await self._client.subscribe(self._inbox, cb=self._note)
            if not self._came:
                self._told.clear()
                await self._ask(count)
                if await until(self._told, within_s) and self._came:
                    await asyncio.sleep(_TOGETHER_S)
        except _FAULTS as error:
            raise Unavailable(f"the broker answers: {error}") from error
        if self._fault is not None and not self._came:
            fault, self._fault, self._left = self._fault, None, 0
            raise Unavailable(f"the broker answers: {fault}")
        fetched, self._came = self._came[:count], self._came[count:]
        return fetched

    async def close(self) -> None:
        """End the subscription and give back what came and was not fetched."""
        if self._subscription is None:
            return
        subscription, self._subscription = self._subscription, None
        try:
            if not self._client.is_connected:
                await subscription.unsubscribe()
                return
            await subscription.drain()  # type: ignore[no-untyped-call]
            for message in self._came:
                await message.nak()
        except _FAULTS as error:
            _LOG.debug("not given back: %s", error)
        finally:
            self._came.clear()
            self._left = 0

    async def _ask(self, count: int) -> None:
        """Ask for messages unless a request stands, at this connection and for a while yet."""
        connections, now = self._client.stats["reconnects"], time.monotonic()
        if self._left > 0 and connections == self._connections and now < self._asked_at + _STANDS_S:
            return
        self._left, self._asked_at, self._connections = count, now, connections
        wanted = {"batch": count, "expires": int((_STANDS_S - _EARLIER_S) * 1e9)}
        await self._client.publish(self._subject, json.dumps(wanted).encode(), self._inbox)

    async def _note(self, message: Msg) -> None:
        status = (message.headers or {}).get("Status")
        if status is None:
            self._left -= 1
            self._came.append(message)
        else:
            self._left = 0
            if status != _RUN_OUT:
                self._fault = f"{status} {(message.headers or {}).get('Description', '')}"
        self._told.set()


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
        configuration = ConsumerConfig(
            durable_name=name, filter_subject=subject, ack_wait=_ACK_WITHIN_S, max_ack_pending=1_000
        )
        stream = self._jetstream
        try:
            try:
                await stream.consumer_info(STREAM, name)
            except nats.js.errors.NotFoundError:
                await stream.add_consumer(STREAM, config=configuration)
        except _FAULTS as error:
            raise Unavailable(f"the broker answers: {error}") from error
        return Pull(self._client, name)

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
