"""Change what a SKU's pictures say, their order, or take one away."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import asdict, replace

from lingqu.kernel.errors import FieldError, Invalid, NotFound, Stale, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.add_picture import USE, locked_pictures, place_pictures
from lingqu.modules.catalog.events import SKUPicturesChanged
from lingqu.modules.catalog.read_sku import own_sku
from lingqu.modules.catalog.types import SKU, Alt, SKUPicture
from lingqu.modules.files.api import end_use
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_ALL_OF_THEM = Words(
    "Name each picture of the SKU once; they may have changed since you looked.",
    "请将该商品的每张图片各列一次；图片可能刚被修改，请刷新后重试。",
)


class PictureEdit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    alt_zh: Alt | UnsetType = UNSET
    alt_en: Alt | UnsetType = UNSET


class PictureOrder(Struct, frozen=True, forbid_unknown_fields=True):
    """Every picture of the SKU once, in the order in which they are to be shown."""

    picture_ids: Annotated[tuple[int, ...], Meta(max_length=100)]


class PicturesPlaced(Struct, frozen=True):
    """The pictures as they stand now."""

    items: list[SKUPicture]


async def edit_picture(tx: Tx, *, scope: Scope, picture_id: int, if_match: int, edit: PictureEdit) -> SKUPicture:
    """Change what a picture of the caller's own brands says.

    Raises: NotFound, Stale.
    """
    sku, pictures = await _own(tx, scope=scope, picture_id=picture_id)
    before = _one(pictures, picture_id)
    given = {name: value for name, value in asdict(edit).items() if value is not UNSET}
    after = replace(before, **given, version=if_match + 1)
    changed = await tx.run(
        SQL["edit_picture"], id=picture_id, version=if_match, alt_zh=after.alt_zh, alt_en=after.alt_en
    )
    if not changed:
        raise Stale(kind="picture")
    tx.record("picture", picture_id, before=before, after=after)
    _tell(tx, sku, [one.id for one in pictures])
    return after


async def order_pictures(tx: Tx, *, scope: Scope, sku_id: int, order: PictureOrder) -> PicturesPlaced:
    """Put all pictures of a SKU of the caller's own brands into another order; the first stands for it in lists.

    Raises: NotFound; Invalid unless each picture is named once.
    """
    sku = await own_sku(tx, scope=scope, sku_id=sku_id)
    before = await locked_pictures(tx, sku_id=sku_id)
    ids = [one.id for one in before]
    if sorted(order.picture_ids) != sorted(ids):
        raise Invalid(errors=[FieldError("/picture_ids", "reference", _ALL_OF_THEM)])
    await place_pictures(tx, sku_id=sku_id, picture_ids=order.picture_ids)
    tx.record("picture order", sku_id, before=ids, after=order.picture_ids)
    _tell(tx, sku, list(order.picture_ids))
    return PicturesPlaced(await tx.all(SQL["list_pictures"], SKUPicture, sku_id=sku_id))


async def remove_picture(tx: Tx, *, scope: Scope, picture_id: int) -> None:
    """Take a picture away from a SKU of the caller's own brands. Its file stays for a day: that is how it is undone.

    Raises: NotFound.
    """
    sku, pictures = await _own(tx, scope=scope, picture_id=picture_id)
    gone = _one(pictures, picture_id)
    left = [one.id for one in pictures if one.id != picture_id]
    await tx.run(SQL["remove_picture"], id=picture_id)
    await end_use(tx, kind=USE, file_id=gone.file_id, object_id=picture_id)
    await place_pictures(tx, sku_id=sku.id, picture_ids=left)
    tx.record("picture", picture_id, before=gone)
    _tell(tx, sku, left)


async def _own(tx: Tx, *, scope: Scope, picture_id: int) -> tuple[SKU, list[SKUPicture]]:
    """Read the SKU of a picture and all its pictures, if the SKU is the caller's own."""
    found = await tx.values(SQL["sku_of_picture"], int, picture_id=picture_id)
    if not found:
        raise NotFound(kind="picture", id=picture_id)
    sku = await own_sku(tx, scope=scope, sku_id=found[0])
    return sku, await locked_pictures(tx, sku_id=sku.id)


def _one(pictures: list[SKUPicture], picture_id: int) -> SKUPicture:
    """Find a picture among those read under the lock; it may have gone while the lock was waited for."""
    found = next((one for one in pictures if one.id == picture_id), None)
    if found is None:
        raise NotFound(kind="picture", id=picture_id)
    return found


def _tell(tx: Tx, sku: SKU, picture_ids: list[int]) -> None:
    tx.emit(SKUPicturesChanged(sku_id=sku.id, brand_id=sku.brand_id, picture_ids=tuple(picture_ids)))
