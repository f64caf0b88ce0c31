from types import SimpleNamespace

import pytest

from lingqu.kernel.errors import NotFound
from lingqu.modules.catalog.api import CodeTaken, find_by_code, resolve_codes
from lingqu.modules.catalog.barcodes import BarcodeQuery, add_barcode, list_barcodes, remove_barcode
from lingqu.runtime.tx import Tx


async def listed(tx: Tx, scope: object, **query: object) -> list[object]:
    return (await list_barcodes(tx, scope=scope, query=BarcodeQuery(**query))).items


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("6901234567892", ("EA", "gtin")),
        ("06901234567892", ("EA", "gtin")),
        ("16901234567899", ("CS", "gtin")),
        ("M250", ("EA", "code")),
    ],
)
async def test_any_code_of_any_pack_finds_the_sku(
    tx: Tx, shelf: SimpleNamespace, scope_for: object, code: str, meant: tuple[str, str]
) -> None:
    (found,) = await find_by_code(tx, scope=await scope_for(shelf.dealer), code=code)
    assert (found.sku_id, found.pack_code, found.matched_by) == (shelf.milk.id, *meant)


async def test_an_own_code_is_found_by_its_owner_only(tx: Tx, shelf: SimpleNamespace, scope_for: object) -> None:
    dealer, distributor = await scope_for(shelf.dealer), await scope_for(shelf.distributor)
    case = shelf.milk.packs["CS"]
    barcode = await add_barcode(tx, scope=dealer, pack_id=case, code="2000001")
    assert [s.pack_id for s in await find_by_code(tx, scope=dealer, code="2000001")] == [case]
    with pytest.raises(NotFound):
        await find_by_code(tx, scope=distributor, code="2000001")
    assert await listed(tx, distributor, sku_id=shelf.milk.id) == []
    with pytest.raises(NotFound):
        await remove_barcode(tx, scope=distributor, barcode_id=barcode.id)
    assert await listed(tx, dealer, sku_id=shelf.milk.id) == [barcode]
    assert await listed(tx, dealer, sku_id=shelf.yogurt.id) == []
    assert await listed(tx, dealer, q="2000") == [barcode]
    await remove_barcode(tx, scope=dealer, barcode_id=barcode.id)
    with pytest.raises(NotFound):
        await find_by_code(tx, scope=dealer, code="2000001")


async def test_an_own_code_stands_once_per_organization(tx: Tx, shelf: SimpleNamespace, scope_for: object) -> None:
    dealer = await scope_for(shelf.dealer)
    await add_barcode(tx, scope=dealer, pack_id=shelf.milk.packs["CS"], code="2000001")
    with pytest.raises(CodeTaken):
        await add_barcode(tx, scope=dealer, pack_id=shelf.milk.packs["EA"], code="2000001")
    await add_barcode(tx, scope=await scope_for(shelf.distributor), pack_id=shelf.milk.packs["EA"], code="2000001")


async def test_a_pack_that_cannot_be_seen_gets_no_code(tx: Tx, shelf: SimpleNamespace, scope_for: object) -> None:
    with pytest.raises(NotFound):
        await add_barcode(tx, scope=await scope_for(shelf.dealer), pack_id=shelf.cola.packs["unit"], code="2000001")


async def test_many_codes_mean_only_what_one_may_see(tx: Tx, shelf: SimpleNamespace, scope_for: object) -> None:
    dealer = await scope_for(shelf.dealer)
    found = await resolve_codes(tx, scope=dealer, seller_id=shelf.distributor.id, codes=["M250", "C"])
    assert {code: [match.sku_id for match in matches] for code, matches in found.items()} == {"M250": [shelf.milk.id]}
