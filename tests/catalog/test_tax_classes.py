from types import SimpleNamespace

import pytest

from lingqu.kernel.errors import NotFound, Stale
from lingqu.modules.catalog.api import CodeTaken, NewTaxClass, add_tax_class
from lingqu.modules.catalog.events import TaxClassChanged
from lingqu.modules.catalog.tax_classes import TaxClassEdit, edit_tax_class, list_tax_classes
from lingqu.runtime.paging import ListQuery
from lingqu.runtime.tx import Tx


async def test_a_code_stands_once(tx: Tx, shelf: SimpleNamespace) -> None:
    with pytest.raises(CodeTaken) as refused:
        await add_tax_class(tx, tax_class=NewTaxClass(code="VAT13", name_zh="税", name_en="Tax", rate_ppm=0))
    assert refused.value.facts == {"kind": "tax class", "taken": shelf.vat.code}
    listed = await list_tax_classes(tx, query=ListQuery(q="vat"))
    assert [one.rate_ppm for one in listed.items] == [130_000]


async def test_only_another_rate_is_announced(tx: Tx, shelf: SimpleNamespace) -> None:
    renamed = await edit_tax_class(tx, tax_class_id=shelf.vat.id, if_match=1, edit=TaxClassEdit(name_en="VAT"))
    assert (renamed.version, renamed.rate_ppm, tx.events) == (2, 130_000, [])
    await edit_tax_class(tx, tax_class_id=shelf.vat.id, if_match=2, edit=TaxClassEdit(rate_ppm=90_000))
    assert [event for _, event in tx.events] == [TaxClassChanged(tax_class_id=shelf.vat.id, rate_ppm=90_000)]


async def test_an_old_version_or_none_is_refused(tx: Tx, shelf: SimpleNamespace) -> None:
    with pytest.raises(Stale):
        await edit_tax_class(tx, tax_class_id=shelf.vat.id, if_match=2, edit=TaxClassEdit(rate_ppm=0))
    with pytest.raises(NotFound):
        await edit_tax_class(tx, tax_class_id=999_999, if_match=1, edit=TaxClassEdit(rate_ppm=0))
    assert tx.changes == []
