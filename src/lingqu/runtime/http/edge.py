"""The edge: authenticates, decodes, opens the transaction, runs the route, commits and encodes. Once, for all."""

import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec
from litestar import Request, Response
from msgspec import Struct
from psycopg import DataError
from psycopg.errors import UniqueViolation

from lingqu.kernel.errors import FieldError, Invalid, Refusal, Unavailable, Words
from lingqu.kernel.scope import Scope
from lingqu.runtime import idempotency, problem
from lingqu.runtime.db import Database
from lingqu.runtime.http.fields import decode_body, decode_query, folded
from lingqu.runtime.http.route import PUBLIC, SIGNED_IN, Answer, Connection, Route
from lingqu.runtime.metrics import REQUEST_SECONDS
from lingqu.runtime.telemetry import new_trace_id, span
from lingqu.runtime.tx import Tx

Identify = Callable[[Tx, Connection], Awaitable[Scope | None]]
"""Who calls: given by the roles, since only modules know sessions and keys. None: nobody that we know."""

SESSION_COOKIE = "lingqu_session"

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


class VersionMissing(Refusal):
    """An edit came without the version it starts from."""

    code = "common.version-missing"
    status = 428
    title = Words("If-Match needed", "缺少 If-Match")
    detail = Words(
        "Send the ETag you read as the header If-Match, so that nobody's change is overwritten unseen.",
        "请在请求头 If-Match 中带上读取时的 ETag，以免覆盖他人的修改。",
    )


class JustTaken(Refusal):
    """Two requests of the same moment wanted the same code, number or name; the other one has it."""

    code = "common.just-taken"
    status = 409
    title = Words("Taken at this moment", "刚刚被占用")
    detail = Words(
        "Somebody stored the same at this moment. Load the page again and repeat your change.",
        "同一时刻已有他人保存了相同内容，请刷新后重试。",
    )


class CrossSite(Refusal):
    """A write came with the cookie but not from our own pages."""

    code = "common.cross-site"
    status = 403
    title = Words("Not from here", "请求来源不被允许")
    detail = Words("A write with a cookie must come from this site.", "使用 Cookie 的写操作必须来自本站页面。")


class Edge:
    """What stands between a connection and a route. ``services`` are given to routes by parameter name."""

    def __init__(
        self,
        database: Database,
        identify: Identify,
        *,
        must_audit: bool = False,
        services: Mapping[str, object] | None = None,
    ) -> None:
        self.database = database
        self.identify = identify
        self.must_audit = must_audit
        self.services = services or {}

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
        call = _Call(
            route=route,
            request=request,
            body=await request.body(),
            language=problem.language_of(request.headers.get("accept-language")),
            trace_id=trace_id,
        )
        try:
            if route.is_outside_tx:
                result = await self._serve_outside(call)
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

    def _bug(self, call: "_Call") -> Response[bytes]:
        _LOG.exception("bug in %s", call.route.name)
        return _problem(problem.of_bug(language=call.language, trace_id=call.trace_id))

    async def _attempt(self, tx: Tx, call: "_Call") -> Answer[bytes]:
        try:
            return await self._serve(tx, call)
        except Refusal as refusal:
            if not refusal.keeps_writes:
                raise
            body = problem.of_refusal(refusal, language=call.language, trace_id=call.trace_id)
            return Answer(msgspec.json.encode(body), {}, problem.MEDIA_TYPE, refusal.status)

    async def _serve_outside(self, call: "_Call") -> Answer[bytes]:
        scope = await self.database.run(lambda tx: self._admit(tx, call))
        return _answered(await call.route.function(**self._arguments(call, scope)))

    async def _serve(self, tx: Tx, call: "_Call") -> Answer[bytes]:
        scope = await self._admit(tx, call)
        arguments = self._arguments(call, scope)
        key = call.request.headers.get("idempotency-key")
        # A public route answers with a new session or nothing: neither is kept for a replay.
        is_public = call.route.permission == PUBLIC
        if scope is None or key is None or is_public or call.route.method != "POST":
            return self._finish(tx, call.route, await call.route.function(tx, **arguments))
        return await self._once(tx, call, scope, idempotency.check_key(key), arguments)

    async def _admit(self, tx: Tx, call: "_Call") -> Scope | None:
        connection = call.connection()
        scope = await self.identify(tx, connection) if connection.token else None
        if scope is None and call.route.permission == PUBLIC:
            return None
        if scope is None:
            raise NotSignedIn
        if call.route.permission not in {PUBLIC, SIGNED_IN}:
            scope.require(call.route.permission)
        actor = msgspec.structs.replace(scope.actor, trace_id=call.trace_id)
        tx.actor, tx.cell_id = actor, scope.cell_id
        return msgspec.structs.replace(scope, actor=actor)

    async def _once(self, tx: Tx, call: "_Call", scope: Scope, key: str, arguments: dict[str, Any]) -> Answer[bytes]:
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

    def _arguments(self, call: "_Call", scope: Scope | None) -> dict[str, Any]:
        """Find everything the route's function asks for, but for the transaction."""
        found = _arguments(call, scope)
        wanted = call.route.parameters.keys() - found.keys() - {"tx"}
        return found | {name: self.services[name] for name in wanted}


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


class _Call(Struct, frozen=True, kw_only=True):
    """One request on its way through the edge."""

    route: Route
    request: Request[Any, Any, Any]
    body: bytes
    language: str
    trace_id: str

    def connection(self) -> Connection:
        """Tell who is at the other end, as far as the request says."""
        return Connection(
            address=self.request.client.host if self.request.client else "",
            user_agent=self.request.headers.get("user-agent", "")[:200],
            headers=self.request.headers,
            token=_token(self.request),
            language=self.language,
            if_none_match=self.request.headers.get("if-none-match", ""),
            is_secure=self.request.headers.get("x-forwarded-proto", self.request.url.scheme) == "https",
        )


def _arguments(call: _Call, scope: Scope | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    headers = call.request.headers
    for name, kind in call.route.parameters.items():
        match name:
            case "tx":
                continue
            case "scope":
                found[name] = scope
            case "body":
                found[name] = call.body if kind is bytes else decode_body(call.body, kind)
            case "query":
                found[name] = decode_query(folded(call.request.query_params.multi_items()), kind)
            case "if_match":
                found[name] = _version(headers.get("if-match"))
            case "key":
                found[name] = idempotency.check_key(headers.get("idempotency-key"))
            case "request":
                found[name] = call.connection()
            case _ if name in call.request.path_params:
                found[name] = call.request.path_params[name]
    return found


def _version(if_match: str | None) -> int:
    bare = (if_match or "").strip().removeprefix("W/").strip('"')
    if not (bare.isascii() and bare.isdigit()):
        raise VersionMissing
    return int(bare)


def _token(request: Request[Any, Any, Any]) -> str | None:
    """Find the session's token or the partner's key: the Authorization header, else the cookie.

    Raises: CrossSite for a write with the cookie from another site's page.
    """
    authorization = request.headers.get("authorization", "")
    if authorization[:7].lower() == "bearer ":
        return authorization[7:].strip() or None
    cookie = request.cookies.get(SESSION_COOKIE)
    # The cookie is SameSite=Strict; browsers also say where a request comes from (Fetch metadata).
    is_ours = request.headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}
    if cookie and request.method != "GET" and not is_ours:
        raise CrossSite
    return cookie or None


def _problem(body: dict[str, Any], headers: dict[str, str] | None = None) -> Response[bytes]:
    return Response(
        content=msgspec.json.encode(body),
        status_code=body["status"],
        media_type=problem.MEDIA_TYPE,
        headers={"X-Trace-Id": body["trace_id"], "Cache-Control": "no-store"} | (headers or {}),
    )
