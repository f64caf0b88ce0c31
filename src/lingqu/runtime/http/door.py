"""A lean HTTP server for a short table of hot routes: llhttp parses, a callback answers, nothing is awaited between.

Behind Litestar a request costs many times what placing an order costs in Python. This serves only its table, by the
same decoders and with the same problems; everything else is at the other port.
"""

import asyncio
import logging
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import httptools
import msgspec
from msgspec import Struct
from psycopg import DataError
from psycopg.errors import UniqueViolation

from lingqu.kernel.errors import Refusal, Unavailable
from lingqu.runtime import problem
from lingqu.runtime.http.app import Malformed, NoRoute, TooLarge, WrongMethod
from lingqu.runtime.http.edge import callers_mistake
from lingqu.runtime.metrics import REQUEST_SECONDS
from lingqu.runtime.telemetry import new_trace_id

_MAX_BODY = 16 * 1024 * 1024
_MAX_HEAD = 32 * 1024
_MAX_AHEAD = 32  # requests sent before the answers to those before them
_HEAD_WITHIN_S = 10.0  # a request that has begun must be whole by then
_IDLE_S = 75.0
_SWEEP_S = 5.0
_DRAIN_S = 10.0

_LOG = logging.getLogger(__name__)


class Asked(Struct, frozen=True, gc=False):
    """One request. Names of headers in small letters; ``query`` as it came; without ``keeps`` the connection's last."""

    method: bytes
    path: bytes
    query: bytes
    headers: Mapping[bytes, bytes]
    body: bytes
    keeps: bool
    trace_id: str

    def header(self, name: bytes) -> str | None:
        """Read a header as text."""
        value = self.headers.get(name)
        return None if value is None else value.decode("latin-1")


class Told(Struct, frozen=True, gc=False):
    """An answer that is not a problem."""

    status: int
    body: bytes
    etag: str = ""


class ToCome(Struct, gc=False):
    """An answer to come, and how it is told. It takes its outcome as a future does, and sends it at once.

    Not before the route has given it back: only then is it known whom to send it to.
    """

    tell: Callable[[Any], Told]
    connection: "_Connection | None" = None
    asked: Asked | None = None
    started: float = 0.0

    def done(self) -> bool:
        """Tell that it is waited for: what was asked is done though the connection may be gone."""
        return False

    def set_result(self, result: object) -> None:
        """Send the answer."""
        connection, asked = self._whom()
        try:
            answer = _told(self.tell(result), asked.trace_id)
        except Exception as fault:  # noqa: BLE001 - every outcome is an answer
            answer = _failed(fault, asked)
        connection.answer(asked, self.started, answer)

    def set_exception(self, exception: Exception) -> None:
        """Send the problem."""
        connection, asked = self._whom()
        connection.answer(asked, self.started, _failed(exception, asked))

    def _whom(self) -> "tuple[_Connection, Asked]":
        if self.connection is None or self.asked is None:
            raise AssertionError("an answer came before its route gave back that it comes")
        return self.connection, self.asked


Serve = Callable[[Asked], Told | ToCome]
"""Serves one route; a refusal is raised, at once or through the answer to come."""


class Door:
    """Listens at a port with a table of (method, path). Several processes may share the port."""

    def __init__(self, table: Mapping[tuple[str, str], Serve]) -> None:
        self.table = {(method.encode(), path.encode()): serve for (method, path), serve in table.items()}
        self.paths = {path for _, path in self.table}
        self.connections: set[_Connection] = set()
        self._took: dict[tuple[bytes, bytes, int], list[float]] = defaultdict(list)
        self.is_closing = False
        self._server: asyncio.Server | None = None
        self._sweeper: asyncio.Task[None] | None = None

    async def open(self, host: str, port: int, *, backlog: int = 4_096) -> None:
        """Begin to listen."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), host, port, backlog=backlog, reuse_port=True)
        self._sweeper = asyncio.create_task(self._sweep())

    async def close(self) -> None:
        """Take no new connection, answer what was asked, and end."""
        self.is_closing = True
        if self._server is not None:
            self._server.close()
        if self._sweeper is not None:
            self._sweeper.cancel()
        until = time.monotonic() + _DRAIN_S
        while self.connections and time.monotonic() < until:
            for connection in list(self.connections):
                connection.end_if_idle()
            await asyncio.sleep(0.01)
        for connection in list(self.connections):
            connection.abort()

    def note(self, series: tuple[bytes, bytes, int], seconds: float) -> None:
        """Note how long an answer took; what is answered in one turn of the loop is told the metrics together."""
        if not self._took:
            asyncio.get_running_loop().call_soon(self._tell)
        self._took[series].append(seconds)

    def _tell(self) -> None:
        for (method, path, status), seconds in self._took.items():
            route = path.decode("latin-1").removeprefix("/api/v1")
            REQUEST_SECONDS.labels(method.decode("latin-1"), route, status).observe_all(seconds)
        self._took.clear()

    async def _sweep(self) -> None:
        """End connections that are idle, or dribble a request for too long."""
        while True:
            await asyncio.sleep(_SWEEP_S)
            now = time.monotonic()
            for connection in list(self.connections):
                connection.end_if_late(now)


class _Connection(asyncio.Protocol):
    """One connection: requests are served one after the other, answers leave in the order asked."""

    __slots__ = (
        "_ahead",
        "_asked_size",
        "_began",
        "_body",
        "_door",
        "_headers",
        "_is_busy",
        "_is_last",
        "_parser",
        "_transport",
        "_url",
    )

    def __init__(self, door: Door) -> None:
        self._door = door
        self._transport: Any = None
        self._parser = httptools.HttpRequestParser(self)
        self._ahead: deque[Asked] = deque()
        self._is_busy = False
        self._is_last = False
        self._began = time.monotonic()
        self.on_message_begin()

    # What asyncio calls

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self._door.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        self._transport = None
        self._ahead.clear()
        self._door.connections.discard(self)

    def data_received(self, data: bytes) -> None:
        if self._is_last:
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserCallbackError as error:
            refusal = error.__context__
            self._refuse_last(refusal if isinstance(refusal, Refusal) else Malformed())
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._refuse_last(Malformed())

    def eof_received(self) -> bool:
        return False

    # What the parser calls

    def on_message_begin(self) -> None:
        self._url = b""
        self._headers: dict[bytes, bytes] = {}
        self._body = b""
        self._asked_size = 0
        self._began = time.monotonic()

    def on_url(self, url: bytes) -> None:
        self._url += url
        self._asked_size += len(url)
        if self._asked_size > _MAX_HEAD:
            raise TooLarge

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers[name.lower()] = value
        self._asked_size += len(name) + len(value)
        if self._asked_size > _MAX_HEAD:
            raise TooLarge

    def on_headers_complete(self) -> None:
        self._asked_size = 0
        expected = self._headers.get(b"expect")
        if expected is not None and expected.lower() == b"100-continue" and self._transport is not None:
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_body(self, body: bytes) -> None:
        self._body = body if not self._body else self._body + body
        self._asked_size += len(body)
        if self._asked_size > _MAX_BODY:
            raise TooLarge

    def on_message_complete(self) -> None:
        path, _, query = self._url.partition(b"?")
        traceparent = self._headers.get(b"traceparent")
        asked = Asked(
            self._parser.get_method(),
            path,
            query,
            self._headers,
            self._body,
            self._parser.should_keep_alive(),
            new_trace_id(None if traceparent is None else traceparent.decode("latin-1")),
        )
        if self._is_busy:
            self._ahead.append(asked)
            if len(self._ahead) >= _MAX_AHEAD:
                self._transport.pause_reading()
        else:
            self._serve(asked)

    # Serving

    def _serve(self, asked: Asked) -> None:
        self._is_busy = True
        self._is_last = self._is_last or not asked.keeps
        started = time.monotonic()
        serve = self._door.table.get((asked.method, asked.path))
        try:
            served = (serve or _absent(asked.path in self._door.paths))(asked)
        except Exception as error:  # noqa: BLE001 - every outcome is an answer, a bug included
            self.answer(asked, started, _failed(error, asked))
            return
        if isinstance(served, Told):
            self.answer(asked, started, _told(served, asked.trace_id))
        else:
            served.connection, served.asked, served.started = self, asked, started

    def answer(self, asked: Asked, started: float, answer: tuple[int, bytes]) -> None:
        status, written = answer
        now = time.monotonic()
        if asked.path in self._door.paths:
            self._door.note((asked.method, asked.path, status), now - started)
        self._is_busy = False
        self._began = now
        if self._transport is None:
            return
        self._transport.write(written)
        if self._ahead:
            if len(self._ahead) == _MAX_AHEAD:
                self._transport.resume_reading()
            self._serve(self._ahead.popleft())
        elif self._is_last or self._door.is_closing:
            self._transport.close()

    def _refuse_last(self, refusal: Refusal) -> None:
        """Answer what cannot be read, after which nothing else on this connection can."""
        self._is_last = True
        if not self._is_busy and self._transport is not None:
            asked = Asked(b"", b"", b"", self._headers, b"", keeps=False, trace_id=new_trace_id())
            self._transport.write(_failed(refusal, asked)[1])
            self._transport.close()

    # Ending

    def end_if_idle(self) -> None:
        if not self._is_busy and self._transport is not None:
            self._transport.close()

    def end_if_late(self, now: float) -> None:
        is_asking = bool(self._url)
        if not self._is_busy and now - self._began > (_HEAD_WITHIN_S if is_asking else _IDLE_S):
            self.end_if_idle()

    def abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()


def _absent(is_known: bool) -> Serve:  # noqa: FBT001 - tells which of the two
    def serve(_: Asked) -> Told:
        raise WrongMethod if is_known else NoRoute

    return serve


def _starts(media_type: str) -> dict[int, str]:
    rest = f"Content-Type: {media_type}\r\nCache-Control: no-store\r\n"
    return {status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n{rest}" for status in HTTPStatus}


_TOLD, _FAILED = _starts("application/json"), _starts(problem.MEDIA_TYPE)


def _told(told: Told, trace_id: str) -> tuple[int, bytes]:
    more = f"ETag: {told.etag}\r\n" if told.etag else ""
    return told.status, _written(_TOLD[told.status], more, trace_id, told.body)


def _failed(error: BaseException, asked: Asked) -> tuple[int, bytes]:
    """Write an error as the problem it is."""
    language = problem.language_of(asked.header(b"accept-language"))
    more = ""
    refusal = callers_mistake(error) if isinstance(error, DataError | UniqueViolation) else error
    if isinstance(refusal, Refusal):
        body = problem.of_refusal(refusal, language=language, trace_id=asked.trace_id)
    elif isinstance(error, Unavailable):
        body = problem.of_unavailable(error, language=language, trace_id=asked.trace_id)
        more = f"Retry-After: {error.retry_after_s}\r\n"
    else:
        _LOG.error("bug at the door", exc_info=error)
        body = problem.of_bug(language=language, trace_id=asked.trace_id)
    status: int = body["status"]
    return status, _written(_FAILED[status], more, asked.trace_id, msgspec.json.encode(body))


def _written(start: str, more: str, trace_id: str, body: bytes) -> bytes:
    head = f"{start}{more}X-Trace-Id: {trace_id}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode("latin-1") + body
