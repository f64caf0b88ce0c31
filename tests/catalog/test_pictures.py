"""Pictures of a SKU: added, ordered, described, taken away and brought back; seen by whoever sees the SKU."""

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from lingqu.kernel.errors import Invalid, NotFound, Stale
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog import add_picture as adding
from lingqu.modules.catalog.add_picture import NewPicture, PictureTaken, TooManyPictures, add_picture
from lingqu.modules.catalog.change_pictures import (
    PictureEdit,
    PictureOrder,
    edit_picture,
    order_pictures,
    remove_picture,
)
from lingqu.modules.catalog.checks import CHECKS
from lingqu.modules.catalog.events import SKUPicturesChanged
from lingqu.modules.catalog.list_skus import SKUQuery, list_skus
from lingqu.modules.catalog.read_sku import read_sku
from lingqu.modules.catalog.show_picture import show_picture
from lingqu.modules.catalog.types import SKUPicture
from lingqu.modules.files.add_file import add_file
from lingqu.modules.files.api import Size, StoredFile
from lingqu.runtime.check import run_checks
from lingqu.runtime.http.route import Connection
from lingqu.runtime.objects import Objects
from lingqu.runtime.tx import Tx


@pytest.fixture
def objects(tmp_path: Path) -> Objects:
    return Objects(tmp_path)


class Album:
    """The brand's hand on the pictures of its milk."""

    def __init__(self, tx: Tx, scope: Scope, sku_id: int, objects: Objects) -> None:
        self.tx, self.scope, self.sku_id, self.objects = tx, scope, sku_id, objects

    async def upload(self, width: int) -> StoredFile:
        stream = io.BytesIO()
        Image.new("RGB", (width, 8), "teal").save(stream, "PNG")
        return await add_file(
            self.tx, scope=self.scope, objects=self.objects, content=stream.getvalue(), name="milk.png"
        )

    async def add(self, width: int, **given: Any) -> SKUPicture:
        file = await self.upload(width)
        new = NewPicture(file_id=file.id, **given)
        return await add_picture(self.tx, scope=self.scope, sku_id=self.sku_id, picture=new)

    async def ids(self, scope: Scope | None = None) -> list[int]:
        sku = await read_sku(self.tx, scope=scope or self.scope, sku_id=self.sku_id)
        return [one.id for one in sku.pictures]

    async def cover(self) -> int | None:
        listed = await list_skus(self.tx, scope=self.scope, query=SKUQuery())
        return next(one.picture_id for one in listed.items if one.id == self.sku_id)


@pytest.fixture
async def album(tx: Tx, shelf: SimpleNamespace, scope_for: Any, objects: Objects) -> Album:
    return Album(tx, await scope_for(shelf.brand), shelf.milk.id, objects)


async def test_pictures_come_in_their_order_and_the_first_stands_for_the_sku(album: Album) -> None:
    assert await album.cover() is None
    one = await album.add(10, alt_zh="正面", alt_en="Front")
    two = await album.add(11)
    first = await album.add(12, place=0)
    assert (one.width, one.alt_zh, one.alt_en, one.version) == (10, "正面", "Front", 1)
    assert await album.ids() == [first.id, one.id, two.id]
    assert await album.cover() == first.id
    placed = await order_pictures(
        album.tx, scope=album.scope, sku_id=album.sku_id, order=PictureOrder((two.id, first.id, one.id))
    )
    assert [picture.id for picture in placed.items] == await album.ids() == [two.id, first.id, one.id]
    assert await album.cover() == two.id
    events = [event for _, event in album.tx.events if isinstance(event, SKUPicturesChanged)]
    assert [event.picture_ids for event in events] == [
        (one.id,),
        (one.id, two.id),
        (first.id, one.id, two.id),
        (two.id, first.id, one.id),
    ]
    assert [change.kind for change in album.tx.changes if change.kind != "file"] == [*["picture"] * 3, "picture order"]


async def test_an_order_names_each_picture_once(album: Album) -> None:
    one, two = await album.add(10), await album.add(11)
    for wrong in ((one.id,), (one.id, one.id), (one.id, two.id, 999_999)):
        with pytest.raises(Invalid):
            await order_pictures(album.tx, scope=album.scope, sku_id=album.sku_id, order=PictureOrder(wrong))
    assert await album.ids() == [one.id, two.id]


async def test_who_buys_the_goods_sees_their_pictures_and_nobody_else(
    album: Album, shelf: SimpleNamespace, scope_for: Any
) -> None:
    picture = await album.add(10)
    given = {"objects": album.objects, "picture_id": picture.id, "request": Connection("", "", None, "en")}
    for buyer in (shelf.brand, shelf.distributor, shelf.dealer):
        scope = await scope_for(buyer)
        assert await album.ids(scope) == [picture.id]
        for size in Size:
            answer = await show_picture(album.tx, scope=scope, size=size, **given)
            assert answer.body[:4] == b"RIFF"
    for stranger in (shelf.stranger, shelf.other):
        with pytest.raises(NotFound):
            await show_picture(album.tx, scope=await scope_for(stranger), size=Size.SMALL, **given)


async def test_a_revoked_grant_hides_the_pictures_at_once(album: Album, shelf: SimpleNamespace, scope_for: Any) -> None:
    picture = await album.add(10)
    await album.tx.connection.execute("update network.link_grant set revoked_at = now()")
    with pytest.raises(NotFound):
        await show_picture(
            album.tx,
            scope=await scope_for(shelf.dealer),
            objects=album.objects,
            picture_id=picture.id,
            size=Size.SMALL,
            request=Connection("", "", None, "en"),
        )


async def test_only_the_owner_changes_them(album: Album, shelf: SimpleNamespace, scope_for: Any) -> None:
    picture = await album.add(10)
    spare = await album.upload(11)
    for other in (shelf.distributor, shelf.other):
        scope = await scope_for(other)
        with pytest.raises(NotFound):
            await add_picture(album.tx, scope=scope, sku_id=album.sku_id, picture=NewPicture(file_id=spare.id))
        with pytest.raises(NotFound):
            await edit_picture(album.tx, scope=scope, picture_id=picture.id, if_match=1, edit=PictureEdit(alt_en="x"))
        with pytest.raises(NotFound):
            await remove_picture(album.tx, scope=scope, picture_id=picture.id)
        with pytest.raises(NotFound):
            await order_pictures(album.tx, scope=scope, sku_id=album.sku_id, order=PictureOrder((picture.id,)))
    assert await album.ids() == [picture.id]


async def test_nobody_shows_a_file_of_somebody_elses(album: Album, shelf: SimpleNamespace, scope_for: Any) -> None:
    foreign = await album.upload(10)
    scope = await scope_for(shelf.other)
    with pytest.raises(NotFound):
        await add_picture(album.tx, scope=scope, sku_id=shelf.cola.id, picture=NewPicture(file_id=foreign.id))


async def test_words_are_changed_from_the_version_that_was_read(album: Album) -> None:
    picture = await album.add(10, alt_zh="旧", alt_en="Old")
    edited = await edit_picture(
        album.tx, scope=album.scope, picture_id=picture.id, if_match=1, edit=PictureEdit(alt_en="New")
    )
    assert (edited.alt_zh, edited.alt_en, edited.version) == ("旧", "New", 2)
    with pytest.raises(Stale):
        await edit_picture(
            album.tx, scope=album.scope, picture_id=picture.id, if_match=1, edit=PictureEdit(alt_en="Late")
        )
    sku = await read_sku(album.tx, scope=album.scope, sku_id=album.sku_id)
    assert sku.pictures == (edited,)
    assert sku.version == 1, "an open form over the SKU itself does not go stale"


async def test_what_was_taken_away_comes_back_to_its_place(album: Album) -> None:
    one, two, three = await album.add(10), await album.add(11), await album.add(12)
    await remove_picture(album.tx, scope=album.scope, picture_id=two.id)
    assert await album.ids() == [one.id, three.id]
    with pytest.raises(NotFound):
        await remove_picture(album.tx, scope=album.scope, picture_id=two.id)
    back = await add_picture(
        album.tx, scope=album.scope, sku_id=album.sku_id, picture=NewPicture(file_id=two.file_id, place=1)
    )
    assert await album.ids() == [one.id, back.id, three.id]
    assert not any(found.violation_count for found in await run_checks(album.tx, CHECKS))


async def test_a_sku_shows_a_file_once_and_not_too_many(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = await album.add(10)
    with pytest.raises(PictureTaken):
        await add_picture(album.tx, scope=album.scope, sku_id=album.sku_id, picture=NewPicture(file_id=picture.file_id))
    monkeypatch.setattr(adding, "_MOST", 1)
    with pytest.raises(TooManyPictures):
        await album.add(11)


async def test_pictures_change_no_price(album: Album, shelf: SimpleNamespace, epoch_of: Any) -> None:
    before = await epoch_of(shelf.dealer)
    await album.add(10)
    assert await epoch_of(shelf.dealer) == before


@pytest.mark.parametrize(
    "wrong", ["delete from files.use", "insert into files.use select file_id, 'picture', '999999' from files.use"]
)
async def test_a_picture_that_does_not_keep_its_file_is_found(album: Album, wrong: str) -> None:
    await album.add(10)
    assert not any(found.violation_count for found in await run_checks(album.tx, CHECKS))
    await album.tx.connection.execute(wrong)
    (found,) = await run_checks(album.tx, CHECKS)
    assert (found.check.name, found.violation_count) == ("catalog.pictures-use-their-files", 1)
