"""Routes of the pictures of SKUs."""

from lingqu.kernel.scope import Scope
from lingqu.modules.catalog import add_picture as adding
from lingqu.modules.catalog import change_pictures as changes
from lingqu.modules.catalog import show_picture as showing
from lingqu.modules.catalog.add_picture import NewPicture, PictureTaken, TooManyPictures
from lingqu.modules.catalog.change_pictures import PictureEdit, PictureOrder, PicturesPlaced
from lingqu.modules.catalog.types import SKUPicture
from lingqu.modules.files.api import ContentQuery
from lingqu.runtime.http.route import Answer, Connection, delete, get, patch, post, put
from lingqu.runtime.objects import Objects
from lingqu.runtime.tx import Tx


@post(
    "/skus/{sku_id:int}/pictures",
    permission="catalog.edit",
    summary="Show a stored file as a picture of a SKU",
    refusals=[TooManyPictures, PictureTaken],
)
async def add_picture(tx: Tx, *, scope: Scope, sku_id: int, body: NewPicture) -> SKUPicture:
    return await adding.add_picture(tx, scope=scope, sku_id=sku_id, picture=body)


@put("/skus/{sku_id:int}/picture-order", permission="catalog.edit", summary="Put a SKU's pictures in order")
async def order_pictures(tx: Tx, *, scope: Scope, sku_id: int, body: PictureOrder) -> PicturesPlaced:
    return await changes.order_pictures(tx, scope=scope, sku_id=sku_id, order=body)


@patch("/pictures/{picture_id:int}", permission="catalog.edit", summary="Change what a picture says")
async def edit_picture(tx: Tx, *, scope: Scope, picture_id: int, body: PictureEdit, if_match: int) -> SKUPicture:
    return await changes.edit_picture(tx, scope=scope, picture_id=picture_id, if_match=if_match, edit=body)


@delete("/pictures/{picture_id:int}", permission="catalog.edit", summary="Take a picture away from its SKU")
async def remove_picture(tx: Tx, *, scope: Scope, picture_id: int) -> None:
    await changes.remove_picture(tx, scope=scope, picture_id=picture_id)


@get("/pictures/{picture_id:int}/content", permission="catalog.read", summary="The picture itself, as WebP")
async def show_picture(
    tx: Tx, *, scope: Scope, objects: Objects, picture_id: int, query: ContentQuery, request: Connection
) -> Answer[bytes]:
    return await showing.show_picture(
        tx, scope=scope, objects=objects, picture_id=picture_id, size=query.size, request=request
    )


PICTURE_ROUTES = (add_picture, order_pictures, edit_picture, remove_picture, show_picture)
