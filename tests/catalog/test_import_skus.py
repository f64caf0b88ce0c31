from types import SimpleNamespace

import pytest

from lingqu.kernel.errors import Invalid, NotFound
from lingqu.modules.catalog.api import read_sku
from lingqu.modules.catalog.import_skus import SKUFileText, import_skus, preview_sku_import
from lingqu.modules.catalog.sku_file import COLUMNS, Known, read_skus
from lingqu.runtime.tx import Tx

KNOWN = Known(brand_id=1, lines={"MILK": 2}, categories={"A": 3}, tax_classes={"VAT13": 4}, codes={"OLD"}, gtins=set())
GOOD = {
    "code": "NEW",
    "name_zh": "新品",
    "name_en": "New",
    "product_line": "MILK",
    "tax_class": "VAT13",
    "base_unit": "瓶",
    "gtin": "96385074",
    "case_units": "24",
    "case_gtin": "26901234567896",
    "shelf_life_days": "180",
    "is_lot_tracked": "是",
}


def file_of(*rows: dict[str, str]) -> str:
    lines = [",".join(row.get(column, "") for column in COLUMNS) for row in rows]
    return "\n".join([",".join(COLUMNS), *lines, ""])


def test_a_row_becomes_a_sku_with_its_packs() -> None:
    file = read_skus(file_of(GOOD), known=KNOWN)
    assert file.errors == []
    (sku,) = file.skus
    assert (sku.code, sku.product_line_id, sku.category_id, sku.tax_class_id) == ("NEW", 2, None, 4)
    assert (sku.shelf_life_days, sku.is_lot_tracked) == (180, True)
    assert [(p.code, p.units, p.gtin) for p in sku.packs] == [
        ("unit", 1, "00000096385074"),
        ("case", 24, "26901234567896"),
    ]


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("code", ""),
        ("code", "A B"),
        ("code", "OLD"),
        ("name_en", ""),
        ("base_unit", "x" * 21),
        ("product_line", "NONE"),
        ("category", "NONE"),
        ("tax_class", ""),
        ("gtin", "96385075"),
        ("case_gtin", "1"),
        ("case_units", "0"),
        ("case_units", ""),
        ("shelf_life_days", "long"),
        ("is_lot_tracked", "perhaps"),
    ],
)
def test_each_wrong_cell_is_named(column: str, text: str) -> None:
    file = read_skus(file_of(GOOD | {column: text}), known=KNOWN)
    assert [(error.row, error.column) for error in file.errors] == [(2, column)]
    assert file.skus == []


def test_what_comes_twice_in_a_file_is_named_where_it_comes_again() -> None:
    again = GOOD | {"code": "NEXT", "gtin": "", "case_units": "6"}
    file = read_skus(file_of(GOOD, GOOD, again), known=KNOWN)
    assert [(error.row, error.column) for error in file.errors] == [(3, "code"), (4, "case_gtin")]


async def test_a_file_is_previewed_then_made_whole(tx: Tx, shelf: SimpleNamespace, scope_for: object) -> None:
    scope = await scope_for(shelf.brand)
    bad = SKUFileText(
        shelf.brand.id, file_of(GOOD, GOOD | {"code": "M250"}, GOOD | {"code": "X", "gtin": "6901234567892"})
    )
    seen = await preview_sku_import(tx, scope=scope, file=bad)
    assert (seen.good_count, [(error.row, error.column) for error in seen.errors]) == (1, [(3, "code"), (4, "gtin")])
    with pytest.raises(Invalid) as refused:
        await import_skus(tx, scope=scope, file=bad)
    assert [error.path for error in refused.value.errors] == ["/rows/3/code", "/rows/4/gtin"]
    assert tx.changes == []
    done = await import_skus(tx, scope=scope, file=SKUFileText(shelf.brand.id, file_of(GOOD), "new.csv"))
    assert (await read_sku(tx, scope=scope, sku_id=done.ids[0])).code == "NEW"
    assert [(change.kind, change.after) for change in tx.changes[1:]] == [
        ("sku-import", {"file_name": "new.csv", "row_count": 1})
    ]
    with pytest.raises(Invalid):
        await import_skus(tx, scope=scope, file=SKUFileText(shelf.brand.id, file_of()))
    with pytest.raises(NotFound):
        await import_skus(tx, scope=await scope_for(shelf.other), file=bad)
