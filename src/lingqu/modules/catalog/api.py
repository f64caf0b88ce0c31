"""What other modules may use of the catalogue."""

from lingqu.modules.catalog.add_pictures import FirstPicture, add_pictures
from lingqu.modules.catalog.add_skus import add_skus
from lingqu.modules.catalog.categories import NewCategory, add_categories
from lingqu.modules.catalog.code_taken import CodeTaken
from lingqu.modules.catalog.describe_skus import NamedPack, describe_skus, find_successors
from lingqu.modules.catalog.find_by_code import find_by_code
from lingqu.modules.catalog.find_packs import find_packs, visible_packs
from lingqu.modules.catalog.gtin import WrongGTIN, normalise_gtin
from lingqu.modules.catalog.read_sku import read_sku
from lingqu.modules.catalog.resolve_codes import CodeMatch, resolve_codes
from lingqu.modules.catalog.tax_classes import NewTaxClass, add_tax_class
from lingqu.modules.catalog.types import (
    SKU,
    AddedSKU,
    Attributes,
    Category,
    NewPack,
    NewSKU,
    Pack,
    Scanned,
    SKUStatus,
    TaxClass,
)
from lingqu.modules.catalog.visible import bump_channel, visible_lines

__all__ = [
    "SKU",
    "AddedSKU",
    "Attributes",
    "Category",
    "CodeMatch",
    "CodeTaken",
    "FirstPicture",
    "NamedPack",
    "NewCategory",
    "NewPack",
    "NewSKU",
    "NewTaxClass",
    "Pack",
    "SKUStatus",
    "Scanned",
    "TaxClass",
    "WrongGTIN",
    "add_categories",
    "add_pictures",
    "add_skus",
    "add_tax_class",
    "bump_channel",
    "describe_skus",
    "find_by_code",
    "find_packs",
    "find_successors",
    "normalise_gtin",
    "read_sku",
    "resolve_codes",
    "visible_lines",
    "visible_packs",
]
