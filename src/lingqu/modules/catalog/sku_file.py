"""SKUs as a CSV file, one a row with its base unit's GTIN and perhaps a case."""

from collections.abc import Collection, Mapping

from msgspec import Struct

from lingqu.kernel.errors import Words
from lingqu.modules.catalog.gtin import WrongGTIN, normalise_gtin
from lingqu.modules.catalog.types import NewPack, NewSKU
from lingqu.runtime.table_file import Cells, RowError, WrongCell, cells_of, read_table

COLUMNS = (
    "code",
    "name_zh",
    "name_en",
    "product_line",
    "category",
    "tax_class",
    "base_unit",
    "gtin",
    "case_units",
    "case_gtin",
    "shelf_life_days",
    "is_lot_tracked",
)
_LONGEST = {"code": 60, "name_zh": 200, "name_en": 200, "base_unit": 20}
_HIGHEST = 1_000_000
_YES_NO = {"": False, "0": False, "no": False, "否": False, "1": True, "yes": True, "是": True}

_NEEDED = Words(
    "Fill this cell, without blanks in a code and not too long.", "请填写此单元格；编码不含空格，且不宜过长。"
)
_UNKNOWN = Words("There is no such code.", "没有此编码。")
_STANDS = Words("This stands already, in the catalogue or in an earlier row.", "商品目录或前面的行中已存在。")
_NOT_A_GTIN = Words("This is no GTIN with a right check digit.", "GTIN 或其校验码不正确。")
_NOT_A_COUNT = Words("Write a whole number from 1 on.", "请填写不小于 1 的整数。")
_NOT_A_YES = Words("Write yes or no.", "请填写“是”或“否”。")


class Known(Struct, frozen=True, kw_only=True):
    """What stands already, by codes; ``codes`` and ``gtins`` are taken."""

    brand_id: int
    lines: Mapping[str, int]
    categories: Mapping[str, int]
    tax_classes: Mapping[str, int]
    codes: Collection[str]
    gtins: Collection[str]


class SKUFile(Struct, frozen=True):
    """A file as it was read: its good rows, and what is wrong with the others."""

    skus: list[NewSKU]
    errors: list[RowError]


def keys_of_file(text: str) -> tuple[list[str], list[str]]:
    """Name the SKU codes and the GTINs of a file, so that those taken can be looked up before it is read."""
    codes: set[str] = set()
    gtins: set[str] = set()
    for cells in cells_of(text, columns=COLUMNS):
        codes.add(cells["code"])
        for column in ("gtin", "case_gtin"):
            try:
                gtins.add(normalise_gtin(cells[column]))
            except WrongGTIN:
                continue
    return sorted(codes), sorted(gtins)


def read_skus(text: str, *, known: Known) -> SKUFile:
    """Read a file with the columns of `COLUMNS`; only codes, names, line, tax class and unit must be filled."""
    codes, gtins = set(known.codes), set(known.gtins)

    def read(cells: Cells) -> NewSKU:
        sku = _sku(cells, known)
        if sku.code in codes:
            raise WrongCell("code", _STANDS)
        for column, pack in zip(("gtin", "case_gtin"), sku.packs, strict=False):
            if pack.gtin in gtins:
                raise WrongCell(column, _STANDS)
        codes.add(sku.code)
        gtins.update(pack.gtin for pack in sku.packs if pack.gtin is not None)
        return sku

    good, errors = read_table(text, columns=COLUMNS, read=read)
    return SKUFile([sku for _, sku in good], errors)


def _sku(cells: Cells, known: Known) -> NewSKU:
    return NewSKU(
        brand_id=known.brand_id,
        product_line_id=_known(cells, "product_line", known.lines),
        tax_class_id=_known(cells, "tax_class", known.tax_classes),
        category_id=_known(cells, "category", known.categories) if cells["category"] else None,
        code=_filled(cells, "code"),
        name_zh=_filled(cells, "name_zh"),
        name_en=_filled(cells, "name_en"),
        base_unit=_filled(cells, "base_unit"),
        shelf_life_days=_count(cells, "shelf_life_days"),
        is_lot_tracked=_yes(cells, "is_lot_tracked"),
        packs=_packs(cells),
    )


def _packs(cells: Cells) -> tuple[NewPack, ...]:
    unit = cells["base_unit"]
    base = NewPack(code="unit", name_zh=unit, name_en=unit, units=1, gtin=_gtin(cells, "gtin"))
    case_units, case_gtin = _count(cells, "case_units"), _gtin(cells, "case_gtin")
    if case_units is None:
        if case_gtin is not None:
            raise WrongCell("case_units", _NOT_A_COUNT)
        return (base,)
    return base, NewPack(code="case", name_zh="箱", name_en="Case", units=case_units, gtin=case_gtin)


def _filled(cells: Cells, column: str) -> str:
    text = cells[column]
    if not text or len(text) > _LONGEST[column] or (column == "code" and len(text.split()) > 1):
        raise WrongCell(column, _NEEDED)
    return text


def _known(cells: Cells, column: str, ids: Mapping[str, int]) -> int:
    if cells[column] not in ids:
        raise WrongCell(column, _UNKNOWN)
    return ids[cells[column]]


def _gtin(cells: Cells, column: str) -> str | None:
    try:
        return normalise_gtin(cells[column]) if cells[column] else None
    except WrongGTIN:
        raise WrongCell(column, _NOT_A_GTIN) from None


def _count(cells: Cells, column: str) -> int | None:
    text = cells[column]
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _HIGHEST):
        raise WrongCell(column, _NOT_A_COUNT)
    return int(text)


def _yes(cells: Cells, column: str) -> bool:
    if cells[column].lower() not in _YES_NO:
        raise WrongCell(column, _NOT_A_YES)
    return _YES_NO[cells[column].lower()]
