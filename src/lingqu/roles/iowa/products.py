"""Products of the file: what each is, who makes it, in which packs, at which cost and price."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path

from msgspec import Struct

from lingqu.modules.catalog.api import NewPack, WrongGTIN, normalise_gtin
from lingqu.roles.iowa.left_out import LeftOut
from lingqu.roles.iowa.rows import Row, read_rows

FILE = "products.csv"
BOTTLE, CASE = "bottle", "case"

_COLUMNS = (
    "Item Number",
    "Category Name",
    "Item Description",
    "Vendor",
    "Vendor Name",
    "Bottle Volume (ml)",
    "Pack",
    "Age",
    "Proof",
    "List Date",
    "UPC",
    "SCC",
    "State Bottle Cost",
    "State Bottle Retail",
)
_NUMBER = re.compile(r"[0-9]{1,9}")
_UPC_LENGTH = 12
_SCC_LENGTH = 14


class Product(Struct, frozen=True, kw_only=True):
    """A product that can be placed. Money in cents per bottle."""

    number: int
    name: str
    category: str
    vendor: int
    vendor_name: str
    volume_ml: int
    cost_minor: int
    price_minor: int
    attributes: dict[str, str]
    packs: tuple[NewPack, ...]


def read_products(folder: Path) -> tuple[list[Product], list[LeftOut]]:
    """Read the products that can be placed, and why others cannot or lack a number.

    A bar code stands for one pack in the whole installation: of products that share one, the file's first has it.

    Raises: CannotRun if the file is not there or lacks a column.
    """
    products: dict[int, Product] = {}
    left_out: list[LeftOut] = []
    gtins: set[str] = set()
    for line, row in read_rows(folder / FILE, _COLUMNS):
        reason = _reason(row, products)
        if reason:
            left_out.append(LeftOut(FILE, line, row["Item Number"], reason))
            continue
        packs, missing = _packs(row, gtins)
        left_out += [LeftOut(FILE, line, row["Item Number"], words, is_partial=True) for words in missing]
        products[int(row["Item Number"])] = _product(row, packs)
    return list(products.values()), left_out


def _reason(row: Row, known: dict[int, Product]) -> str:
    """Say why a product cannot be placed; empty where it can."""
    number = row["Item Number"]
    faults = (
        ("the product has no number", not _NUMBER.fullmatch(number)),
        ("the product's number stands twice", _whole(number) in known),
        ("the product has no name", not row["Item Description"]),
        ("the product has no vendor", not _NUMBER.fullmatch(row["Vendor"])),
        ("the product has no cost", _cents(row["State Bottle Cost"]) is None),
        ("the product has no price", _cents(row["State Bottle Retail"]) is None),
        ("the product's pack is no number", _whole(row["Pack"]) < 1),
    )
    return next((reason for reason, is_so in faults if is_so), "")


def _product(row: Row, packs: tuple[NewPack, ...]) -> Product:
    facts = {"age": row["Age"], "proof": row["Proof"], "list date": row["List Date"]}
    return Product(
        number=int(row["Item Number"]),
        name=" ".join(row["Item Description"].split()),
        category=" ".join(row["Category Name"].split()) or "OTHER",
        vendor=int(row["Vendor"]),
        vendor_name=" ".join(row["Vendor Name"].split()) or f"VENDOR {row['Vendor']}",
        volume_ml=_whole(row["Bottle Volume (ml)"]),
        cost_minor=_cents(row["State Bottle Cost"]) or 0,
        price_minor=_cents(row["State Bottle Retail"]) or 0,
        attributes={name: value for name, value in facts.items() if value not in {"", "0"}},
        packs=packs,
    )


def _packs(row: Row, gtins: set[str]) -> tuple[tuple[NewPack, ...], list[str]]:
    """Make the bottle and the case, and say which of them has no bar code and why."""
    units = _whole(row["Pack"])
    wanted = [(BOTTLE, "瓶", 1, row["UPC"], _UPC_LENGTH)]
    wanted += [(CASE, "箱", units, row["SCC"], _SCC_LENGTH)] if units > 1 else []
    packs: list[NewPack] = []
    missing: list[str] = []
    for code, name_zh, size, text, length in wanted:
        gtin, reason = _gtin(text, length, gtins)
        if gtin is None:
            missing.append(f"the {code} is without a bar code: {reason}")
        else:
            gtins.add(gtin)
        packs.append(NewPack(code=code, name_zh=name_zh, name_en=code.capitalize(), units=size, gtin=gtin))
    return tuple(packs), missing


def _gtin(text: str, length: int, taken: set[str]) -> tuple[str | None, str]:
    """Read a number that lost its leading zeros when it was kept as a number."""
    if not text.strip("0"):
        return None, "there is none"
    try:
        gtin = normalise_gtin(text.rjust(length, "0"))
    except WrongGTIN:
        return None, "its check digit is wrong"
    return (None, "another pack has the same") if gtin in taken else (gtin, "")


def _cents(text: str) -> int | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return int((value * 100).to_integral_value(ROUND_HALF_UP)) if value.is_finite() and value >= 0 else None


def _whole(text: str) -> int:
    return int(text) if _NUMBER.fullmatch(text) else 0
