from types import SimpleNamespace

import pytest

from lingqu.modules.catalog.api import NewSKU, add_skus
from lingqu.modules.catalog.categories import NewCategory, add_categories
from lingqu.modules.catalog.list_skus import SKUQuery, list_skus
from lingqu.runtime.tx import Tx


async def codes(tx: Tx, scope: object, **query: object) -> list[str]:
    listed = await list_skus(tx, scope=scope, query=SKUQuery(sort="code", **query))
    return [sku.code for sku in listed.items]


@pytest.mark.parametrize(
    "q",
    [
        "牛奶",
        "纯牛奶",
        "cnn",
        "trcnn",
        "milk",
        "tianrun",
        "M250",
        "6901234567892",
        "06901234567892",
        "16901234567899",
        "250ml",
    ],
)
async def test_a_sku_is_found_by_name_initials_code_and_gtin(
    tx: Tx, shelf: SimpleNamespace, scope_for: object, q: str
) -> None:
    assert await codes(tx, await scope_for(shelf.brand), q=q) == ["M250"]


async def test_filters_narrow(tx: Tx, shelf: SimpleNamespace, scope_for: object) -> None:
    scope = await scope_for(shelf.brand)
    assert await codes(tx, scope, product_line_id=shelf.yogurt_line) == ["Y"]
    assert await codes(tx, scope, status="archived") == []
    assert await codes(tx, scope, product_code="M") == ["M250"]
    assert await codes(tx, scope, brand_id=shelf.other.id) == []
    assert await codes(tx, scope, q="cola") == []


async def test_a_category_stands_for_all_inside_it(tx: Tx, shelf: SimpleNamespace, scope_for: object) -> None:
    def category(code: str, parent_id: int | None = None) -> NewCategory:
        return NewCategory(brand_id=shelf.brand.id, code=code, name_zh="类", name_en="C", parent_id=parent_id)

    (top,) = await add_categories(tx, categories=[category("top")])
    (inner,) = await add_categories(tx, categories=[category("inner", top)])
    await add_skus(
        tx,
        skus=[
            NewSKU(
                brand_id=shelf.brand.id,
                product_line_id=shelf.milk_line,
                tax_class_id=shelf.vat.id,
                category_id=inner,
                code="IN",
                name_zh="内",
                name_en="In",
                base_unit="瓶",
            )
        ],
    )
    scope = await scope_for(shelf.brand)
    assert await codes(tx, scope, category_id=top) == ["IN"]
    assert await codes(tx, scope, category_id=inner) == ["IN"]


async def test_pages_follow_each_other_without_gap_or_repeat(tx: Tx, shelf: SimpleNamespace, scope_for: object) -> None:
    scope = await scope_for(shelf.brand)
    first = await list_skus(tx, scope=scope, query=SKUQuery(limit=1))
    second = await list_skus(tx, scope=scope, query=SKUQuery(limit=1, cursor=first.next))
    assert [s.code for s in [*first.items, *second.items]] == ["M250", "Y"]  # tianrun… before yuanwei…
    assert second.next is None
