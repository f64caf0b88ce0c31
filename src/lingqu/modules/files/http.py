"""Routes of files."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.scope import Scope
from lingqu.modules.files import add_file as adding
from lingqu.modules.files import read_content as reading
from lingqu.modules.files.add_file import TooManyFree
from lingqu.modules.files.make_picture import DamagedPicture, FileTooLarge, NotAPicture, TooManyPixels
from lingqu.modules.files.types import Size, StoredFile
from lingqu.runtime.http.route import Answer, Connection, get, post
from lingqu.runtime.objects import Objects
from lingqu.runtime.tx import Tx


class FileName(Struct, frozen=True, forbid_unknown_fields=True):
    """How the file was called where it came from."""

    name: Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f/\\]+$")] = "picture"


class ContentQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which rendition."""

    size: Size = Size.FULL


@post(
    "/files",
    permission="files.add",
    summary="Store a picture (JPEG, PNG or WebP), sent as the body",
    refusals=[NotAPicture, FileTooLarge, TooManyPixels, DamagedPicture, TooManyFree],
)
async def add_file(tx: Tx, *, scope: Scope, objects: Objects, query: FileName, body: bytes) -> StoredFile:
    return await adding.add_file(tx, scope=scope, objects=objects, content=body, name=query.name)


@get("/files/{file_id:uuid}/content", permission="files.add", summary="The picture of a file of one's own")
async def read_file(
    tx: Tx, *, scope: Scope, objects: Objects, file_id: UUID, query: ContentQuery, request: Connection
) -> Answer[bytes]:
    return await reading.read_own_content(
        tx, scope=scope, objects=objects, file_id=file_id, size=query.size, request=request
    )


ROUTES = (add_file, read_file)
