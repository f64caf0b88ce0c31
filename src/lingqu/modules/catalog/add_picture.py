"""Give a SKU another picture."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.events import SKUPicturesChanged
from lingqu.modules.catalog.read_sku import own_sku
from lingqu.modules.catalog.types import Alt, SKUPicture
from lingqu.modules.files.api import find_own_file, use_files
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

USE = "picture"
_MOST = 12


class TooManyPictures(Refusal):
    """The SKU has as many pictures as anybody looks at."""

    code = "catalog.too-many-pictures"
    status = 409
    title = Words("Enough pictures", "图片数量已达上限")
    detail = Words("A SKU has at most {most} pictures. Delete one first.", "每个商品最多 {most} 张图片，请先删除一张。")


class PictureTaken(Refusal):
    """The SKU shows this file already."""

    code = "catalog.picture-taken"
    status = 409
    title = Words("The SKU has this picture already", "该商品已有这张图片")


class NewPicture(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stored file to be shown for a SKU; ``place`` counts from 0, and without it the picture comes last.

    The texts say what is to be seen, for those who cannot see it.
    """

    file_id: UUID
    alt_zh: Alt = ""
    alt_en: Alt = ""
    place: Annotated[int, Meta(ge=0, le=_MOST)] | None = None


async def add_picture(tx: Tx, *, scope: Scope, sku_id: int, picture: NewPicture) -> SKUPicture:
    """Show a file of the caller's own for a SKU of its own brands.

    Raises: NotFound, TooManyPictures, PictureTaken.
    """
    sku = await own_sku(tx, scope=scope, sku_id=sku_id)
    before = await locked_pictures(tx, sku_id=sku_id)
    file = await find_own_file(tx, scope=scope, file_id=picture.file_id)
    if len(before) >= _MOST:
        raise TooManyPictures(most=_MOST)
    if any(one.file_id == file.id for one in before):
        raise PictureTaken
    (made_id,) = await tx.values(
        SQL["add_pictures"],
        int,
        sku_id=[sku_id],
        file_id=[file.id],
        place=[len(before)],
        alt_zh=[picture.alt_zh],
        alt_en=[picture.alt_en],
        now=tx.now,
    )
    made = SKUPicture(
        id=made_id,
        sku_id=sku_id,
        file_id=file.id,
        width=file.width,
        height=file.height,
        alt_zh=picture.alt_zh,
        alt_en=picture.alt_en,
        version=1,
    )
    await use_files(tx, kind=USE, uses=[(file.id, made_id)])
    ids = [one.id for one in before]
    ids.insert(len(ids) if picture.place is None else picture.place, made_id)
    await place_pictures(tx, sku_id=sku_id, picture_ids=ids)
    tx.record("picture", made_id, after=made)
    tx.emit(SKUPicturesChanged(sku_id=sku_id, brand_id=sku.brand_id, picture_ids=tuple(ids)))
    return made


async def locked_pictures(tx: Tx, *, sku_id: int) -> list[SKUPicture]:
    """Read a SKU's pictures in their order, and let nobody else change them until the transaction ends."""
    await tx.values(SQL["lock_sku"], int, sku_id=sku_id)
    return await tx.all(SQL["list_pictures"], SKUPicture, sku_id=sku_id)


async def place_pictures(tx: Tx, *, sku_id: int, picture_ids: Sequence[int]) -> None:
    """Put all pictures of a SKU in this order."""
    await tx.run(SQL["place_pictures"], sku_id=sku_id, picture_ids=list(picture_ids))
