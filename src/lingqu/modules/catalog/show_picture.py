"""Show a picture of a SKU to whoever may see the SKU."""

from uuid import UUID

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.visible import visible_lines
from lingqu.modules.files.api import Size, read_content
from lingqu.runtime.http.route import Answer, Connection
from lingqu.runtime.objects import Objects
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def show_picture(
    tx: Tx, *, scope: Scope, objects: Objects, picture_id: int, size: Size, request: Connection
) -> Answer[bytes]:
    """Give the bytes of a picture. Its address never gives another picture, so a browser keeps it.

    Raises: NotFound, Unavailable.
    """
    sees = {"is_whole": scope.is_whole, "line_ids": await visible_lines(tx, scope=scope)}
    found = await tx.values(SQL["find_picture_file"], UUID, picture_id=picture_id, **sees)
    if not found:
        raise NotFound(kind="picture", id=picture_id)
    return await read_content(tx, objects=objects, file_id=found[0], size=size, request=request)
