"""The edge: authenticates, decodes, opens the transaction, runs the route, commits and encodes. Once, for all."""

import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import msgspec
from litestar import Request, Response
from psycopg import DataError
from psycopg.errors import UniqueViolation

from lingqu.kernel.errors import FieldError, Invalid, Refusal, Unavailable, Words
from lingqu.kernel.scope import Scope
from lingqu.runtime import idempotency, problem
from lingqu.runtime.batch import Batcher
from lingqu.runtime.db import Database
from lingqu.runtime.http.call import Call, arguments_of
from lingqu.runtime.http.route import PUBLIC, SIGNED_IN, Answer, Asked, Connection, Route
from lingqu.runtime.metrics import REQUEST_SECONDS
from lingqu.runtime.telemetry import new_trace_id, span
from lingqu.runtime.tx import Tx

Identify = Callable[[Tx, Connection], Awaitable[Scope | None]]
"""Who calls: given by the roles, since only modules know sessions and keys. None: nobody that we know."""

IdentifyAll = Callable[[Tx, Sequence[Connection]], Awaitable[Sequence[Scope | None]]]
"""The same for many connections at once."""

_TOGETHER = 64
_TOGETHER_BYTES = 64 * 1024
_TOGETHER_WAIT_S = 0.005
_TOGETHER_AT_ONCE = 2  # while one waits for the database, another is decided

_LOG = logging.getLogger(__name__)

# What a column cannot hold though the type of the field allows it: a number too large, an instant too far,
# a NUL or half of a surrogate pair in a text (the driver itself sees that one and gives no SQLSTATE).
_BEYOND = {"22003", "22008", "22021", "22P05", None}
_TOO_FAR = Words(
    "A value is larger than can be kept, or holds a character that cannot.", "有数值超出范围，或包含无法保存的字符。"
)


class NotSignedIn(Refusal):
    """No valid session or key came with the request."""

    code = "common.not-signed-in"
    status = 401
    title = Words("Please sign in", "请先登录")
    detail = Words("The session is missing, ended or expired.", "会话不存在、已结束或已过期。")


class JustTaken(Refusal):
    """Two requests of the same moment wanted the same code, number or name; the other one has it."""

    code = "common.just-taken"
    status = 409
    title = Words("Taken at this moment", "刚刚被占用")
    detail = Words(
        "Somebody stored the same at this moment. Load the page again and repeat your change.",
        "同一时刻已有他人保存了相同内容，请刷新后重试。",
    )


class Edge:
    """What stands between a connection and a route. ``services`` are given to routes by parameter name.

    ``identify_all`` tells who calls for requests that are answered together; without it each is asked for alone.
    """

    def __init__(
        self,
        database: Database,
        identify: Identify,
        *,
        identify_all: IdentifyAll | None = None,
        must_audit: bool = False,
        services: Mapping[str, object] | None = None,
    ) -> None:
        self.database = database
        self.identify = identify
        self.identify_all = identify_all or self._identify_each
        self.must_audit = must_audit
        self.services = services or {}
        self._gathering: dict[str, Batcher[Call, Answer[bytes]]] = {}

    async def drain(self) -> None:
        """Take no more requests to be answered together, and return when those taken are answered."""
        for batcher in self._gathering.values():
            await batcher.drain()

    async def answer(self, route: Route, request: Request[Any, Any, Any]) -> Response[bytes]:
        """Serve one request; every outcome is an answer, a bug included."""
        started = time.perf_counter()
        traceparent = request.headers.get("traceparent")
        trace = new_trace_id(traceparent)
        with span(f"{route.method} {route.path}", trace=trace, traceparent=traceparent, route=route.name):
            response = await self._answer(route, request, trace)
        seconds = time.perf_counter() - started
        REQUEST_SECONDS.labels(route.method, route.path, response.status_code).observe(seconds)
        return response

    async def _answer(self, route: Route, request: Request[Any, Any, Any], trace_id: str) -> Response[bytes]:
        call = Call(
            route=route,
            request=request,
            body=await request.body(),
            language=problem.language_of(request.headers.get("accept-language")),
            trace_id=trace_id,
        )
        try:
            if route.is_outside_tx:
                result = await self._serve_outside(call)
            elif route.together is not None and "idempotency-key" not in request.headers:
                call.connection()  # refused alone where it cannot be one
                result = await self._gathered(route).submit(call)
            else:
                result = await self.database.run(lambda tx: self._attempt(tx, call))
        except Refusal as refusal:
            return _problem(problem.of_refusal(refusal, language=call.language, trace_id=call.trace_id))
        except (DataError, UniqueViolation) as error:
            mistake = callers_mistake(error)
            if mistake is None:
                return self._bug(call)
            return _problem(problem.of_refusal(mistake, language=call.language, trace_id=call.trace_id))
        except Unavailable as fault:
            _LOG.warning("unavailable: %s", fault.what, extra={"route": route.name})
            body = problem.of_unavailable(fault, language=call.language, trace_id=call.trace_id)
            return _problem(body, {"Retry-After": str(fault.retry_after_s)})
        except Exception:  # noqa: BLE001 - the edge is where a bug becomes a 500 and a log line with its trace
            return self._bug(call)
        return Response(
            content=result.body,
            status_code=result.status or route.status,
            media_type=result.content_type,
            headers={"X-Trace-Id": call.trace_id, "Cache-Control": "no-store"} | result.headers,
        )

    def _bug(self, call: Call) -> Response[bytes]:
        _LOG.exception("bug in %s", call.route.name)
        return _problem(problem.of_bug(language=call.language, trace_id=call.trace_id))

    async def _attempt(self, tx: Tx, call: Call) -> Answer[bytes]:
        try:
            return await self._serve(tx, call)
        except Refusal as refusal:
            if not refusal.keeps_writes:
                raise
            body = problem.of_refusal(refusal, language=call.language, trace_id=call.trace_id)
            return Answer(msgspec.json.encode(body), {}, problem.MEDIA_TYPE, refusal.status)

    async def _serve_outside(self, call: Call) -> Answer[bytes]:
        scope = await self.database.run(lambda tx: self._admit(tx, call))
        return _answered(await call.route.function(**self._arguments(call, scope)))

    async def _serve(self, tx: Tx, call: Call) -> Answer[bytes]:
        scope = await self._admit(tx, call)
        arguments = self._arguments(call, scope)
        key = call.request.headers.get("idempotency-key")
        # A public route answers with a new session or nothing: neither is kept for a replay.
        is_public = call.route.permission == PUBLIC
        if scope is None or key is None or is_public or call.route.method != "POST":
            return self._finish(tx, call.route, await call.route.function(tx, **arguments))
        return await self._once(tx, call, scope, idempotency.check_key(key), arguments)

    async def _admit(self, tx: Tx, call: Call) -> Scope | None:
        connection = call.connection()
        found = await self.identify(tx, connection) if connection.token else None
        if found is None and call.route.permission == PUBLIC:
            return None
        scope = _admitted(call, found)
        tx.actor, tx.cell_id = scope.actor, scope.cell_id
        return scope

    def _gathered(self, route: Route) -> Batcher[Call, Answer[bytes]]:
        """Give what collects the requests of a route. One that brings a key of its own is served by itself."""
        if route.name not in self._gathering:

            async def work(calls: Sequence[Call]) -> list[Answer[bytes] | Exception]:
                return await self.database.run(lambda tx: self._serve_together(tx, route, calls))

            self._gathering[route.name] = Batcher(
                f"together.{route.name}",
                work,
                max_size=_TOGETHER,
                wait_s=_TOGETHER_WAIT_S,
                concurrency=_TOGETHER_AT_ONCE,
                weigh=lambda call: len(call.body),
                max_weight=_TOGETHER_BYTES,
            )
        return self._gathering[route.name]

    async def _serve_together(self, tx: Tx, route: Route, calls: Sequence[Call]) -> list[Answer[bytes] | Exception]:
        """Run a route once for several requests: a refusal concerns its own request alone."""
        outcomes: dict[int, Answer[bytes] | Exception] = {}
        asked: dict[int, Asked[Any]] = {}
        found = await self.identify_all(tx, [call.connection() for call in calls])
        for i, (call, one) in enumerate(zip(calls, found, strict=True)):
            try:
                scope = _admitted(call, one)
                asked[i] = Asked(scope, arguments_of(call, scope)["body"])
            except Refusal as refusal:
                outcomes[i] = refusal
        if route.together is not None and asked:
            results = await route.together(tx, list(asked.values()))
            for i, result in zip(asked, results, strict=True):
                outcomes[i] = result if isinstance(result, Refusal) else self._finish(tx, route, result)
        return [outcomes[i] for i in range(len(calls))]

    async def _identify_each(self, tx: Tx, connections: Sequence[Connection]) -> list[Scope | None]:
        return [await self.identify(tx, one) if one.token else None for one in connections]

    async def _once(self, tx: Tx, call: Call, scope: Scope, key: str, arguments: dict[str, Any]) -> Answer[bytes]:
        """Run the route unless its key has an answer already."""
        who: dict[str, Any] = {"cell_id": scope.cell_id, "actor": scope.actor.party_id, "key": key}
        body_hash = idempotency.hash_of(f"{call.route.method} {call.request.url.path}", call.body)
        stored = await idempotency.claim(tx, **who, body_hash=body_hash)
        if stored is not None:
            return Answer(stored.answer, {"Idempotent-Replayed": "true"}, status=stored.status)
        answer = self._finish(tx, call.route, await call.route.function(tx, **arguments))
        await idempotency.store(tx, **who, status=answer.status or call.route.status, answer=answer.body)
        return answer

    def _finish(self, tx: Tx, route: Route, result: Any) -> Answer[bytes]:
        did_something = (
            getattr(result, "done_count", 1) > 0
        )  # a bulk request whose items were all refused changed nothing
        if self.must_audit and route.is_write and did_something and not tx.changes:
            raise AssertionError(f"{route.name} is a write that recorded no change")
        return _answered(result)

    def _arguments(self, call: Call, scope: Scope | None) -> dict[str, Any]:
        """Find everything the route's function asks for, but for the transaction."""
        found = arguments_of(call, scope)
        wanted = call.route.parameters.keys() - found.keys() - {"tx"}
        return found | {name: self.services[name] for name in wanted}


def _admitted(call: Call, found: Scope | None) -> Scope:
    """Admit whoever was found, with the trace of this request.

    Raises: NotSignedIn, Forbidden.
    """
    if found is None:
        raise NotSignedIn
    if call.route.permission not in {PUBLIC, SIGNED_IN}:
        found.require(call.route.permission)
    return found.traced(call.trace_id)


def _answered(result: Any) -> Answer[bytes]:
    if isinstance(result, Answer):
        return msgspec.structs.replace(result, body=_encoded(result.body))
    version = getattr(result, "version", None)
    headers = {} if version is None else {"ETag": f'"{version}"'}
    return Answer(_encoded(result), headers)


def _encoded(body: Any) -> bytes:
    if body is None:
        return b""
    return body if isinstance(body, bytes) else msgspec.json.encode(body)


def callers_mistake(error: DataError | UniqueViolation) -> Refusal | None:
    """Read what the database will not store as a refusal, where the request and not the code is at fault."""
    if isinstance(error, UniqueViolation):
        return JustTaken()  # the use-case looked and found it free; the constraint knows better
    return Invalid(errors=[FieldError("", "range", _TOO_FAR)]) if error.sqlstate in _BEYOND else None


def _problem(body: dict[str, Any], headers: dict[str, str] | None = None) -> Response[bytes]:
    return Response(
        content=msgspec.json.encode(body),
        status_code=body["status"],
        media_type=problem.MEDIA_TYPE,
        headers={"X-Trace-Id": body["trace_id"], "Cache-Control": "no-store"} | (headers or {}),
    )
