"""The console's built files in front of the API: one address for both, read into memory once."""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send
from msgspec import Struct

_API = ("/api", "/docs", "/livez", "/readyz", "/metrics", "/openapi.json")
_YEAR = "public, max-age=31536000, immutable"
_LEAST_GZIP_BYTES = 1_000
_TEXT = ("text/", "application/javascript", "application/json", "image/svg+xml")

# Ant Design writes its styles into the page at run time, hence 'unsafe-inline' for styles and for nothing else.
SAFETY: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}


class File(Struct, frozen=True):
    """One file as it is sent."""

    plain: bytes
    packed: bytes | None
    etag: str
    headers: tuple[tuple[bytes, bytes], ...]


class Site:
    """An ASGI application: the files of one folder, the page for every address of the console, the rest behind it."""

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self._app = app
        self._files = {
            "/" + file.relative_to(folder).as_posix(): _read(file, folder)
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        }
        self._files["/"] = self._files["/index.html"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a file, or let the API answer."""
        file = self._find(scope) if scope["type"] == ScopeType.HTTP else None
        if file is None:
            await self._app(scope, receive, send)
        else:
            await _answer(file, scope, send)

    def _find(self, scope: Mapping[str, Any]) -> File | None:
        path: str = scope["path"]
        if scope["method"] not in {"GET", "HEAD"} or _is_api(path):
            return None
        # The console draws its own addresses; a name with a dot is a file that is not there.
        is_page = "." not in path.rpartition("/")[2]
        return self._files.get(path) or (self._files["/"] if is_page else None)


def _is_api(path: str) -> bool:
    return any(path == root or path.startswith(root + "/") for root in _API)


def _read(file: Path, folder: Path) -> File:
    plain = file.read_bytes()
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    packed = gzip.compress(plain, 6, mtime=0) if len(plain) >= _LEAST_GZIP_BYTES and kind.startswith(_TEXT) else None
    etag = f'"{hashlib.sha256(plain).hexdigest()[:20]}"'
    # The builder puts a hash of the content into the names under assets/.
    is_hashed = file.parent != folder and file.relative_to(folder).parts[0] == "assets"
    headers = {
        "content-type": f"{kind}; charset=utf-8" if kind.startswith(_TEXT) else kind,
        "cache-control": _YEAR if is_hashed else "no-cache",
        "etag": etag,
        "vary": "accept-encoding",
        **SAFETY,
    }
    return File(plain, packed, etag, tuple((name.encode(), value.encode()) for name, value in headers.items()))


async def _answer(file: File, scope: Mapping[str, Any], send: Send) -> None:
    asked = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
    headers = list(file.headers)
    if file.etag in asked.get(b"if-none-match", ""):
        await _send(send, 304, headers, b"")
        return
    body = file.plain
    if file.packed is not None and "gzip" in asked.get(b"accept-encoding", ""):
        body = file.packed
        headers.append((b"content-encoding", b"gzip"))
    headers.append((b"content-length", str(len(body)).encode()))
    await _send(send, 200, headers, b"" if scope["method"] == "HEAD" else body)


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
