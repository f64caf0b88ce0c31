"""Packshots: drawn the same every time, one for every SKU, and shown to whoever sees the goods."""

import io

import pytest
from PIL import Image

from lingqu.modules.catalog.list_skus import SKUQuery, list_skus
from lingqu.modules.catalog.show_picture import show_picture
from lingqu.modules.files.api import Size
from lingqu.roles.demo.plan.drawing import SIZE_PX, draw
from lingqu.roles.demo.plan.goods import Goods, plan_goods
from lingqu.runtime.http.route import Connection
from tests.roles.demo.conftest import TODAY, Demo

_ALL = plan_goods(300)
_SHAPES = {one.format.unit: one for one in _ALL}


@pytest.mark.parametrize("one", _SHAPES.values(), ids=lambda one: one.code)
def test_a_drawing_is_the_same_every_time_and_not_empty(one: Goods) -> None:
    drawn = draw(one)
    assert drawn.size == (SIZE_PX, SIZE_PX)
    assert drawn.tobytes() == draw(one).tobytes()
    colours = drawn.getcolors(SIZE_PX * SIZE_PX)
    assert colours is not None
    assert len(colours) > 50


def test_every_sku_has_a_drawing_of_its_own() -> None:
    assert len({draw(one).tobytes() for one in _ALL}) == len(_ALL)


@pytest.mark.parametrize("login", ["brand", "dealer"])
async def test_whoever_sees_the_goods_sees_their_packs(demo: Demo, login: str) -> None:
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, login)
        listed = await list_skus(tx, scope=scope, query=SKUQuery(limit=100))
        assert listed.items
        for one in listed.items:
            assert one.picture_id is not None, one.code
            answer = await show_picture(
                tx,
                scope=scope,
                objects=demo.objects,
                picture_id=one.picture_id,
                size=Size.SMALL,
                request=Connection("", "", None, "en"),
            )
            assert Image.open(io.BytesIO(answer.body)).size == (320, 320)
