from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from lingqu.kernel.errors import Invalid, NotFound
from lingqu.modules.catalog.add_skus import add_sku
from lingqu.modules.catalog.api import CodeTaken, NewPack, NewSKU, add_skus, read_sku
from lingqu.modules.catalog.events import SKUAdded
from lingqu.runtime.tx import Tx


def new(shelf: SimpleNamespace, **given: object) -> NewSKU:
    values = {
        "brand_id": shelf.brand.id,
        "product_line_id": shelf.milk_line,
        "tax_class_id": shelf.vat.id,
        "code": "NEW",
        "name_zh": "新品",
        "name_en": "New",
        "base_unit": "瓶",
    }
    return NewSKU(**values | given)


async def test_many_are_made_in_the_order_given_each_with_its_record(tx: Tx, shelf: SimpleNamespace) -> None:
    made = await add_skus(tx, skus=[new(shelf, code=f"N{n}") for n in range(200)])
    assert [change.object_id for change in tx.changes] == [str(sku.id) for sku in made]
    assert len({sku.id for sku in made}) == 200
    assert [event.code for _, event in tx.events if isinstance(event, SKUAdded)] == [f"N{n}" for n in range(200)]


async def test_without_a_base_pack_it_gets_one(tx: Tx, shelf: SimpleNamespace, scope_for: object) -> None:
    case = NewPack(code="CS", name_zh="箱", name_en="Case", units=6)
    (made,) = await add_skus(tx, skus=[new(shelf, packs=(case,))])
    sku = await read_sku(tx, scope=await scope_for(shelf.brand), sku_id=made.id)
    assert [(pack.code, pack.name_zh, pack.units) for pack in sku.packs] == [("unit", "瓶", 1), ("CS", "箱", 6)]
    assert made.packs == {pack.code: pack.id for pack in sku.packs}


async def test_a_code_is_taken_once_per_brand(tx: Tx, shelf: SimpleNamespace) -> None:
    with pytest.raises(CodeTaken) as refused:
        await add_skus(tx, skus=[new(shelf, code="FREE"), new(shelf, code="M250")])
    assert refused.value.facts == {"kind": "SKU", "taken": "M250"}
    await add_skus(tx, skus=[new(shelf, code="M250", brand_id=shelf.other.id, product_line_id=shelf.cola_line)])


async def test_a_gtin_is_taken_once(tx: Tx, shelf: SimpleNamespace) -> None:
    twin = NewPack(code="EA", name_zh="盒", name_en="Each", units=1, gtin="06901234567892")
    with pytest.raises(CodeTaken) as refused:
        await add_skus(tx, skus=[new(shelf, packs=(twin,))])
    assert refused.value.facts == {"kind": "pack", "taken": "06901234567892"}


async def test_references_of_another_brand_are_named_by_field(tx: Tx, shelf: SimpleNamespace) -> None:
    wrong = new(shelf, product_line_id=shelf.cola_line, category_id=999_999, tax_class_id=999_999)
    with pytest.raises(Invalid) as refused:
        await add_skus(tx, skus=[wrong])
    assert [error.path for error in refused.value.errors] == ["/category_id", "/product_line_id", "/tax_class_id"]
    with pytest.raises(Invalid) as refused:
        await add_skus(tx, skus=[new(shelf), replace(wrong, code="W", category_id=None, tax_class_id=shelf.vat.id)])
    assert [error.path for error in refused.value.errors] == ["/1/product_line_id"]
    assert tx.changes == []


async def test_only_its_own_brand_may_be_given_a_sku(tx: Tx, shelf: SimpleNamespace, scope_for: object) -> None:
    with pytest.raises(NotFound):
        await add_sku(tx, scope=await scope_for(shelf.other), sku=new(shelf))
    assert (await add_sku(tx, scope=await scope_for(shelf.brand), sku=new(shelf))).id
