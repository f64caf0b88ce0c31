from types import SimpleNamespace

import pytest

from lingqu.kernel.errors import Invalid, NotFound, Stale
from lingqu.modules.catalog.api import CodeTaken
from lingqu.modules.catalog.categories import (
    CategoryEdit,
    CategoryQuery,
    NewCategory,
    add_category,
    edit_category,
    list_categories,
)
from lingqu.runtime.tx import Tx


def new(brand_id: int, code: str, parent_id: int | None = None) -> NewCategory:
    return NewCategory(brand_id=brand_id, code=code, name_zh="液态奶", name_en="Liquid milk", parent_id=parent_id)


async def test_a_tree_grows_moves_and_never_eats_itself(tx: Tx, shelf: SimpleNamespace, scope_for: object) -> None:
    scope = await scope_for(shelf.brand)
    top = await add_category(tx, scope=scope, category=new(shelf.brand.id, "A"))
    inner = await add_category(tx, scope=scope, category=new(shelf.brand.id, "B", top.id))
    for parent_id in (top.id, inner.id):
        with pytest.raises(Invalid):
            await edit_category(tx, scope=scope, category_id=top.id, if_match=1, edit=CategoryEdit(parent_id=parent_id))
    moved = await edit_category(tx, scope=scope, category_id=inner.id, if_match=1, edit=CategoryEdit(parent_id=None))
    assert (moved.parent_id, moved.name_zh, moved.version) == (None, "液态奶", 2)
    with pytest.raises(Stale):
        await edit_category(tx, scope=scope, category_id=inner.id, if_match=1, edit=CategoryEdit(name_en="X"))


async def test_a_brand_keeps_its_own_tree(tx: Tx, shelf: SimpleNamespace, scope_for: object) -> None:
    scope, other = await scope_for(shelf.brand), await scope_for(shelf.other)
    top = await add_category(tx, scope=scope, category=new(shelf.brand.id, "A"))
    with pytest.raises(CodeTaken):
        await add_category(tx, scope=scope, category=new(shelf.brand.id, "A"))
    with pytest.raises(NotFound):
        await add_category(tx, scope=other, category=new(shelf.brand.id, "Z"))
    with pytest.raises(NotFound):
        await add_category(tx, scope=other, category=new(shelf.other.id, "Z", top.id))
    with pytest.raises(NotFound):
        await edit_category(tx, scope=other, category_id=top.id, if_match=1, edit=CategoryEdit(name_en="X"))


async def test_categories_show_to_whom_the_goods_show(tx: Tx, shelf: SimpleNamespace, scope_for: object) -> None:
    top = await add_category(tx, scope=await scope_for(shelf.brand), category=new(shelf.brand.id, "A"))

    async def seen(organization: object, **query: object) -> list[int]:
        listed = await list_categories(tx, scope=await scope_for(organization), query=CategoryQuery(**query))
        return [category.id for category in listed.items]

    assert await seen(shelf.dealer) == [top.id]
    assert await seen(shelf.other) == []
    assert await seen(shelf.brand, q="liquid") == [top.id]
    assert await seen(shelf.brand, q="酸") == []
