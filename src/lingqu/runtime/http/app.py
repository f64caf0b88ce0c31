"""The ASGI application: the modules' routes behind the edge, health, the OpenAPI document and the pages."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any

import msgspec
from litestar import Litestar, Request, Response
from litestar.enums import MediaType
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.handlers import get as litestar_get
from litestar.status_codes import HTTP_200_OK
from psycopg import Error as DatabaseError

from lingqu.kernel.errors import Refusal, Unavailable, Words
from lingqu.runtime import problem
from lingqu.runtime.http import openapi
from lingqu.runtime.http.edge import Edge
from lingqu.runtime.http.route import Route
from lingqu.runtime.sql import statements
from lingqu.runtime.telemetry import new_trace_id

SQL = statements("lingqu.runtime")
PREFIX = "/api/v1"
_MAX_BODY_BYTES = 16 * 1024 * 1024


class NoRoute(Refusal):
    """The address or the method does not exist."""

    code = "common.no-route"
    status = 404
    title = Words("No such address", "地址不存在")


class WrongMethod(Refusal):
    """The address exists, but not with this method."""

    code = "common.wrong-method"
    status = 405
    title = Words("Method not allowed", "不支持该请求方法")


class TooLarge(Refusal):
    """The body is larger than any request needs."""

    code = "common.too-large"
    status = 413
    title = Words("Too large", "请求体过大")
    detail = Words("A request may hold 16 MiB.", "单次请求不得超过 16 MiB。")


class Malformed(Refusal):
    """The request cannot be read as HTTP asks."""

    code = "common.malformed"
    status = 400
    title = Words("Cannot be read", "请求无法解析")


def create_app(
    edge: Edge,
    routes: Sequence[Route],
    *,
    version: str,
    extra: Sequence[Any] = (),
    around: Callable[[], AbstractAsyncContextManager[None]] = nullcontext,
) -> Litestar:
    """Put the application together.

    ``extra`` are Litestar handlers that are no routes of the API: pages, metrics, sockets. ``around`` is entered when
    the database is open, before the first request, and left after the last one.
    """
    described = msgspec.json.encode(openapi.document(routes, version=version, prefix=PREFIX))

    @litestar_get("/openapi.json", include_in_schema=False, media_type=MediaType.JSON, sync_to_thread=False)
    def openapi_document() -> bytes:
        return described

    @litestar_get("/livez", include_in_schema=False, media_type=MediaType.JSON, sync_to_thread=False)
    def livez() -> bytes:
        return b'{"status":"ok"}'

    @litestar_get("/readyz", include_in_schema=False)
    async def readyz() -> Response[bytes]:
        try:
            async with edge.database.begin() as tx:
                await tx.value(SQL["ping"], int)
        except (Unavailable, DatabaseError, OSError, TimeoutError):
            return Response(b'{"status":"database away"}', status_code=503, media_type=MediaType.JSON)
        return Response(b'{"status":"ok"}', media_type=MediaType.JSON)

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        await edge.database.open()
        async with around():
            yield
        await edge.database.close()

    return Litestar(
        route_handlers=[openapi_document, livez, readyz, *extra, *(_handler(edge, route) for route in routes)],
        lifespan=[lifespan],
        openapi_config=None,
        logging_config=None,
        exception_handlers={HTTPException: _on_http_exception},
        request_max_body_size=_MAX_BODY_BYTES,
    )


def _handler(edge: Edge, route: Route) -> HTTPRouteHandler:
    async def endpoint(request: Request[Any, Any, Any]) -> Response[bytes]:
        return await edge.answer(route, request)

    return HTTPRouteHandler(
        PREFIX + route.path,
        http_method=route.method,
        # Every answer brings its own status; Litestar takes none declared 204 from a function that returns something.
        status_code=HTTP_200_OK,
        name=route.name,
        opt={"route": route},
    )(endpoint)


def _on_http_exception(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """Answer what fails before a route is found: unknown address, wrong method, body too large."""
    language = problem.language_of(request.headers.get("accept-language"))
    known: dict[int, Refusal] = {404: NoRoute(), 405: WrongMethod(), 413: TooLarge()}
    refusal = known.get(error.status_code, Malformed())
    body = problem.of_refusal(refusal, language=language, trace_id=new_trace_id(request.headers.get("traceparent")))
    headers = {key: value for key, value in (error.headers or {}).items() if key.lower() == "allow"}
    return Response(
        content=msgspec.json.encode(body),
        status_code=refusal.status,
        media_type=problem.MEDIA_TYPE,
        headers=headers,
    )
