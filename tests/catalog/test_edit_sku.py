from types import SimpleNamespace

import pytest

from lingqu.kernel.errors import Invalid, NotFound, Stale
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.catalog.add_pack import add_pack
from lingqu.modules.catalog.api import (
    CodeTaken,
    NewPack,
    NewTaxClass,
    SKUStatus,
    WrongGTIN,
    add_tax_class,
    find_by_code,
)
from lingqu.modules.catalog.change_status import archive_sku, discontinue_sku, reactivate_sku
from lingqu.modules.catalog.edit_pack import PackEdit, edit_pack
from lingqu.modules.catalog.edit_sku import SKUEdit, edit_sku
from lingqu.modules.catalog.events import SKUChanged
from lingqu.modules.catalog.list_skus import SKUQuery, list_skus
from lingqu.modules.catalog.tax_classes import TaxClassEdit, edit_tax_class
from lingqu.runtime.tx import Tx


async def test_what_is_left_out_stays_and_null_empties(tx: Tx, shelf: SimpleNamespace, scope_for: object) -> None:
    scope = await scope_for(shelf.brand)
    once = await edit_sku(tx, scope=scope, sku_id=shelf.milk.id, if_match=1, edit=SKUEdit(shelf_life_days=30))
    assert (once.version, once.shelf_life_days, once.name_en) == (2, 30, "Tianrun milk 250 ml")
    twice = await edit_sku(
        tx, scope=scope, sku_id=shelf.milk.id, if_match=2, edit=SKUEdit(shelf_life_days=None, name_en="Fresh")
    )
    assert (twice.version, twice.shelf_life_days, twice.name_en) == (3, None, "Fresh")
    assert [(change.kind, change.before.version) for change in tx.changes] == [("sku", 1), ("sku", 2)]
    assert [event for _, event in tx.events] == [
        SKUChanged(sku_id=shelf.milk.id, brand_id=shelf.brand.id, status="active", version=version)
        for version in (2, 3)
    ]


async def test_an_edit_of_an_old_version_changes_nothing(tx: Tx, shelf: SimpleNamespace, scope_for: object) -> None:
    scope = await scope_for(shelf.brand)
    await edit_sku(tx, scope=scope, sku_id=shelf.milk.id, if_match=1, edit=SKUEdit(name_en="First"))
    with pytest.raises(Stale):
        await edit_sku(tx, scope=scope, sku_id=shelf.milk.id, if_match=1, edit=SKUEdit(name_en="Second"))
    listed = await list_skus(tx, scope=scope, query=SKUQuery(q="second"))
    assert listed.items == []
    assert len(tx.changes) == 1


async def test_who_only_buys_a_sku_cannot_change_it(tx: Tx, shelf: SimpleNamespace, scope_for: object) -> None:
    with pytest.raises(NotFound):
        await edit_sku(
            tx, scope=await scope_for(shelf.distributor), sku_id=shelf.milk.id, if_match=1, edit=SKUEdit(name_en="X")
        )


async def test_only_what_prices_read_makes_the_channel_stale(
    tx: Tx, shelf: SimpleNamespace, scope_for: object, epoch_of: object
) -> None:
    scope = await scope_for(shelf.brand)
    channel = [shelf.brand, shelf.distributor, shelf.dealer]
    before = [await epoch_of(one) for one in channel]
    await edit_sku(tx, scope=scope, sku_id=shelf.milk.id, if_match=1, edit=SKUEdit(name_en="Fresh"))
    assert [await epoch_of(one) for one in channel] == before
    free = await add_tax_class(tx, tax_class=NewTaxClass(code="FREE", name_zh="免税", name_en="Free", rate_ppm=0))
    await edit_sku(tx, scope=scope, sku_id=shelf.milk.id, if_match=2, edit=SKUEdit(tax_class_id=free.id))
    assert [await epoch_of(one) for one in channel] == [epoch + 1 for epoch in before]
    assert await epoch_of(shelf.other) == 0
    await edit_tax_class(tx, tax_class_id=free.id, if_match=1, edit=TaxClassEdit(rate_ppm=10_000))
    assert [await epoch_of(one) for one in channel] == [epoch + 2 for epoch in before]


async def test_a_sku_is_discontinued_for_another_archived_and_brought_back(
    tx: Tx, shelf: SimpleNamespace, scope_for: object, epoch_of: object
) -> None:
    scope = await scope_for(shelf.brand)
    before = await epoch_of(shelf.dealer)
    gone = await discontinue_sku(tx, scope=scope, sku_id=shelf.milk.id, if_match=1, successor_id=shelf.yogurt.id)
    assert (gone.status, gone.successor_id, gone.version) == (SKUStatus.DISCONTINUED, shelf.yogurt.id, 2)
    with pytest.raises(WrongState):
        await discontinue_sku(tx, scope=scope, sku_id=shelf.milk.id, if_match=2, successor_id=None)
    archived = await archive_sku(tx, scope=scope, sku_id=shelf.milk.id, if_match=2)
    assert (archived.status, archived.successor_id) == (SKUStatus.ARCHIVED, shelf.yogurt.id)
    with pytest.raises(NotFound):
        await find_by_code(tx, scope=scope, code="6901234567892")
    back = await reactivate_sku(tx, scope=scope, sku_id=shelf.milk.id, if_match=3)
    assert (back.status, back.successor_id, back.version) == (SKUStatus.ACTIVE, None, 4)
    assert await epoch_of(shelf.dealer) == before + 3


async def test_a_successor_is_another_active_sku_of_the_brand(
    tx: Tx, shelf: SimpleNamespace, scope_for: object
) -> None:
    scope = await scope_for(shelf.brand)
    with pytest.raises(NotFound):
        await discontinue_sku(tx, scope=scope, sku_id=shelf.milk.id, if_match=1, successor_id=shelf.cola.id)
    with pytest.raises(Invalid):
        await discontinue_sku(tx, scope=scope, sku_id=shelf.milk.id, if_match=1, successor_id=shelf.milk.id)


async def test_a_new_pack_is_found_by_its_code(tx: Tx, shelf: SimpleNamespace, scope_for: object) -> None:
    scope = await scope_for(shelf.brand)
    pallet = NewPack(code="PL", name_zh="托", name_en="Pallet", units=720, gtin="26901234567896")
    made = await add_pack(tx, scope=scope, sku_id=shelf.milk.id, pack=pallet)
    (found,) = await find_by_code(tx, scope=scope, code="26901234567896")
    assert (found.pack_id, found.units, found.matched_by) == (made.id, 720, "gtin")
    listed = await list_skus(tx, scope=scope, query=SKUQuery(q="26901234567896"))
    assert [sku.code for sku in listed.items] == ["M250"]
    with pytest.raises(WrongGTIN):
        await add_pack(
            tx,
            scope=scope,
            sku_id=shelf.yogurt.id,
            pack=NewPack(code="Z", name_zh="托", name_en="P", units=2, gtin="1"),
        )


async def test_a_packs_gtin_changes_but_never_to_anothers(tx: Tx, shelf: SimpleNamespace, scope_for: object) -> None:
    scope = await scope_for(shelf.brand)
    case = shelf.milk.packs["CS"]
    with pytest.raises(CodeTaken):
        await edit_pack(tx, scope=scope, pack_id=case, if_match=1, edit=PackEdit(gtin="6901234567892"))
    edited = await edit_pack(tx, scope=scope, pack_id=case, if_match=1, edit=PackEdit(gtin="26901234567896"))
    assert (edited.gtin, edited.name_zh, edited.version) == ("26901234567896", "箱", 2)
    assert [s.pack_id for s in await find_by_code(tx, scope=scope, code="26901234567896")] == [case]
    with pytest.raises(NotFound):
        await find_by_code(tx, scope=scope, code="16901234567899")
    with pytest.raises(Stale):
        await edit_pack(tx, scope=scope, pack_id=case, if_match=1, edit=PackEdit(name_zh="盒"))
    with pytest.raises(NotFound):
        await edit_pack(tx, scope=await scope_for(shelf.other), pack_id=case, if_match=2, edit=PackEdit(name_zh="盒"))
