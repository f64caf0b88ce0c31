"""Read rows that people paste or bring as a file: code, quantity and perhaps a pack, as spreadsheets write them. Pure.

Every row that is not blank comes out, as read or with what is wrong with it.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from lingqu.kernel.errors import Words

MAX_ROWS = 2_000

Wrong = Literal["no-code", "no-quantity", "bad-quantity", "number-shortened"]

WORDS: dict[Wrong, Words] = {
    "no-code": Words("There is no code in this row.", "该行没有编码。"),
    "no-quantity": Words("There is no quantity in this row.", "该行没有数量。"),
    "bad-quantity": Words(
        "The quantity must be a whole number from 1 to 1,000,000.", "数量须为 1 至 1,000,000 的整数。"
    ),
    "number-shortened": Words(
        "The spreadsheet has shortened this number. Format the column as text and copy it again.",
        "表格软件缩写了该数字，请将该列设为文本格式后重新复制。",
    ),
}

_HEADINGS = {
    "code": {
        "code", "sku", "skucode", "itemcode", "item", "gtin", "ean", "upc", "barcode", "编码", "商品编码", "货号",
        "商品货号", "条码", "商品条码", "条形码", "商品", "代码",
    },
    "quantity": {
        "quantity", "qty", "packs", "count", "amount", "数量", "订货数量", "订购数量", "件数", "订货量", "订量",
    },
    "pack": {"pack", "unit", "uom", "packaging", "包装", "单位", "规格单位", "订货单位"},
    "reason": {"reason", "why", "cause", "returnreason", "原因", "退货原因", "理由", "说明"},
}  # fmt: skip
_DELIMITERS = (",", ";", "，", "；", "、", "|")
_CUTS = re.compile(r"\s*[,;、|]\s*|\s+")
_SHORTENED = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_QUANTITY = re.compile(r"(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?:\.0*)?\s*(?P<pack>[^\d\s.,+-][^\d]*)?")
_MOST = 1_000_000


class PastedRow(Struct, frozen=True, kw_only=True):
    """A row as read. ``row`` counts from 1 as the spreadsheet does, ``text`` is what stood there."""

    row: int
    text: str
    code: str = ""
    packs: int | None = None
    pack: str = ""
    reason: str = ""
    wrong: Wrong | None = None


def read_pasted(text: str, *, third: Literal["pack", "reason"] = "pack") -> list[PastedRow]:
    """Read pasted text or the text of a CSV file.

    Full-width signs count as their usual forms. A first row of headings tells which column is which; without one they
    are code, quantity and what ``third`` says. Blank rows are passed over but counted.
    """
    places = {"code": 0, "quantity": 1, third: 2}
    found: list[PastedRow] = []
    is_first = True
    for number, cells in _cells(text.removeprefix("\ufeff").replace("\0", "")):
        if not any(cells):
            continue
        headings = _headings(cells) if is_first else None
        is_first = False
        if headings:
            places = headings
            continue
        found.append(_read(number, cells, places))
    return found


def _cells(text: str) -> list[tuple[int, list[str]]]:
    """Cut the text into cells, each row with the number of its first line."""
    delimiter = _delimiter(text)
    # A quotation mark without its second one would swallow the rows after it.
    if '"' in text and not text.count('"') % 2 and delimiter is not None:
        try:
            return [(number, _plain(cells)) for number, cells in _quoted(text, delimiter)]
        except csv.Error:
            pass  # a cell of more than 100,000 signs is none
    lines = text.splitlines()
    return [
        (number, _plain([line] if delimiter is None else line.split(delimiter)))
        for number, line in enumerate(lines, start=1)
    ]


def _quoted(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    rows: list[tuple[int, list[str]]] = []
    start = 1
    for cells in reader:
        rows.append((start, cells))
        start = reader.line_num + 1
    return rows


def _plain(cells: Sequence[str]) -> list[str]:
    """Write full-width signs in their usual form; what came as one cell is cut at its signs and blanks."""
    plain = [unicodedata.normalize("NFKC", cell).strip() for cell in cells]
    only = [cell for cell in plain if cell]
    return _CUTS.split(only[0], maxsplit=2) if len(only) == 1 and plain[0] else plain


def _delimiter(text: str) -> str | None:
    """Choose what parts the cells: a tab wherever there is one, else the sign that most rows have."""
    lines = [line for line in text.splitlines() if line.strip()]
    if any("\t" in line for line in lines):
        return "\t"
    counts = {sign: sum(sign in line for line in lines) for sign in _DELIMITERS}
    best = max(counts, key=lambda sign: counts[sign])
    return best if counts[best] else None


def _headings(cells: Sequence[str]) -> dict[str, int] | None:
    """Find the columns that a row of headings names; None where it is no such row."""
    plain = ["".join(character for character in cell.lower() if character.isalnum()) for cell in cells]
    places: dict[str, int] = {}
    for name, known in _HEADINGS.items():
        place = next((i for i, cell in enumerate(plain) if cell in known), None)
        if place is not None:
            places[name] = place
    return places if {"code", "quantity"} <= places.keys() else None


def _read(number: int, cells: Sequence[str], places: dict[str, int]) -> PastedRow:
    def cell(name: str) -> str:
        place = places.get(name)
        return cells[place] if place is not None and place < len(cells) else ""

    code, quantity, pack = _plain_code(cell("code")), cell("quantity"), cell("pack")
    text = " ".join(part for part in cells if part)[:200]
    wrong: Wrong | None = None
    packs: int | None = None
    read = _QUANTITY.fullmatch(quantity)
    if not code:
        wrong = "no-code"
    elif _SHORTENED.fullmatch(code):
        wrong = "number-shortened"
    elif not quantity or (read is not None and not _count(read["number"])):
        wrong = "no-quantity"
    elif read is None or _count(read["number"]) > _MOST:
        wrong = "bad-quantity"
    else:
        packs, pack = _count(read["number"]), pack or (read["pack"] or "").strip()
    reason = cell("reason")[:200]
    return PastedRow(row=number, text=text, code=code, packs=packs, pack=pack, reason=reason, wrong=wrong)


def _count(number: str) -> int:
    return int(number.replace(",", "").lstrip("0")[:10] or "0")


def _plain_code(cell: str) -> str:
    """Take off what spreadsheets put around a code: an apostrophe, ="…", a .0 behind a long number."""
    code = cell.removeprefix("'").strip()
    if code.startswith('="') and code.endswith('"'):
        code = code[2:-1]
    whole = code.removesuffix(".0")
    return whole if whole.isdigit() else code
