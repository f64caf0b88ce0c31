"""Give a file's bytes, with what a browser must know to keep and to trust them."""

from collections.abc import Mapping
from urllib.parse import quote
from uuid import UUID

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.files.types import Content, Size
from lingqu.runtime.http.route import Answer, Connection
from lingqu.runtime.objects import Objects
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_TYPE = "image/webp"
_NOT_MODIFIED = 304
# What an address gives never changes; the cookie is in `Vary` so that whoever signs in next in the same browser asks
# the server, not the cache.
_HEADERS: Mapping[str, str] = {
    "Cache-Control": "private, max-age=31536000, immutable",
    "Vary": "Cookie, Authorization",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


async def read_own_content(
    tx: Tx, *, scope: Scope, objects: Objects, file_id: UUID, size: Size, request: Connection
) -> Answer[bytes]:
    """Give the bytes of a file of the caller's own.

    Raises: NotFound, Unavailable.
    """
    found = await tx.first(
        SQL["find_own_file"], Content, file_id=file_id, is_whole=scope.is_whole, party_ids=list(scope.party_ids)
    )
    if found is None:
        raise NotFound(kind="file", id=str(file_id))
    return await _answer(found, objects=objects, size=size, request=request)


async def read_content(tx: Tx, *, objects: Objects, file_id: UUID, size: Size, request: Connection) -> Answer[bytes]:
    """Give the bytes of a file to somebody of whom the caller knows that he may see it.

    Raises: Unavailable.
    """
    found = await tx.one(SQL["find_file"], Content, file_id=file_id)
    return await _answer(found, objects=objects, size=size, request=request)


async def _answer(found: Content, *, objects: Objects, size: Size, request: Connection) -> Answer[bytes]:
    digest = found.small_sha256 if size is Size.SMALL else found.full_sha256
    etag = f'"{digest.hex()}"'
    headers = {**_HEADERS, "ETag": etag, "Content-Disposition": _disposition(found.name)}
    if etag in request.if_none_match:
        return Answer(b"", headers, _TYPE, _NOT_MODIFIED)
    return Answer(await objects.get(digest), headers, _TYPE)


def _disposition(name: str) -> str:
    """Name the file for whoever saves it: shown in the page, never run, its ending that of what it is.

    Source: RFC 6266, RFC 8187.
    """
    stem = name.rpartition(".")[0] or name or "picture"
    return f"inline; filename=\"picture.webp\"; filename*=UTF-8''{quote(stem + '.webp', safe='')}"
