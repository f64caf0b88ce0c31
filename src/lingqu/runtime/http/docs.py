"""The pages for people who build on the API: every route from the document, and every refusal by its code."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from litestar import Request, Response
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.handlers import get as litestar_get

from lingqu.runtime.http import refusals
from lingqu.runtime.http.site import SAFETY
from lingqu.runtime.problem import language_of

_PAGES = files("lingqu.runtime.http") / "pages"
_KINDS = {"docs.html": "text/html", "docs.js": "text/javascript", "docs.css": "text/css"}


def handlers() -> Sequence[HTTPRouteHandler]:
    """Give the handlers of ``/docs`` and what it loads; nothing comes from another host."""

    @litestar_get("/docs", include_in_schema=False, sync_to_thread=False)
    def page() -> Response[bytes]:
        return _file("docs.html")

    @litestar_get("/docs/{name:str}", include_in_schema=False, sync_to_thread=False)
    def part(name: str) -> Response[bytes]:
        return _file(name)

    @litestar_get("/docs/problems", include_in_schema=False, sync_to_thread=False)
    def problems(request: Request[Any, Any, Any]) -> Response[bytes]:
        return _html(refusals.index_html(refusals.described(), language=_language(request)))

    @litestar_get("/docs/problems/{code:str}", include_in_schema=False, sync_to_thread=False)
    def one_problem(request: Request[Any, Any, Any], code: str) -> Response[bytes]:
        found = refusals.described().get(code)
        if found is None:
            raise NotFoundException
        return _html(refusals.page_html(found, language=_language(request)))

    return [page, part, problems, one_problem]


def _file(name: str) -> Response[bytes]:
    if name not in _KINDS:
        raise NotFoundException
    return Response(
        (_PAGES / name).read_bytes(),
        media_type=_KINDS[name],
        headers={"Cache-Control": "no-cache", **SAFETY},
    )


def _html(text: str) -> Response[bytes]:
    headers = {"Cache-Control": "no-cache", **SAFETY}
    return Response(text.encode(), media_type="text/html", headers=headers)


def _language(request: Request[Any, Any, Any]) -> str:
    return language_of(request.headers.get("accept-language"))
