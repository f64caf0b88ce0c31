"""``/metrics`` for Prometheus: with the token, or from this machine when none is set."""

import hmac
from ipaddress import ip_address
from typing import Any

from litestar import Request, Response
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.handlers import get as litestar_get
from prometheus_client import CONTENT_TYPE_LATEST

from lingqu.runtime.metrics import exposition

_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


def handler(*, token: str) -> HTTPRouteHandler:
    """Give the handler; whoever may not read the figures is told that there is no such address."""

    @litestar_get("/metrics", include_in_schema=False, sync_to_thread=False)
    def metrics(request: Request[Any, Any, Any]) -> Response[bytes]:
        is_welcome = _has(token, request) if token else _is_near(request)
        if not is_welcome:
            raise NotFoundException
        return Response(exposition(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return metrics


def _has(token: str, request: Request[Any, Any, Any]) -> bool:
    return hmac.compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {token}".encode())


def _is_near(request: Request[Any, Any, Any]) -> bool:
    """Tell whether the caller is on this machine; what a gateway passes on comes from elsewhere."""
    if request.client is None or any(name in request.headers for name in _FORWARDED):
        return False
    return ip_address(request.client.host).is_loopback
