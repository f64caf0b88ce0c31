"""One request on its way through the edge: who is at the other end, and what the route is given of it."""

from typing import Any

from litestar import Request
from msgspec import Struct

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.runtime import idempotency
from lingqu.runtime.http.fields import decode_body, decode_query, folded
from lingqu.runtime.http.route import Connection, Route

SESSION_COOKIE = "lingqu_session"


class VersionMissing(Refusal):
    """An edit came without the version it starts from."""

    code = "common.version-missing"
    status = 428
    title = Words("If-Match needed", "缺少 If-Match")
    detail = Words(
        "Send the ETag you read as the header If-Match, so that nobody's change is overwritten unseen.",
        "请在请求头 If-Match 中带上读取时的 ETag，以免覆盖他人的修改。",
    )


class CrossSite(Refusal):
    """A write came with the cookie but not from our own pages."""

    code = "common.cross-site"
    status = 403
    title = Words("Not from here", "请求来源不被允许")
    detail = Words("A write with a cookie must come from this site.", "使用 Cookie 的写操作必须来自本站页面。")


class Call(Struct, frozen=True, kw_only=True):
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


def arguments_of(call: Call, scope: Scope | None) -> dict[str, Any]:
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
