"""Routes of the catalogue."""

from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.errors import Stale
from lingqu.kernel.scope import Scope
from lingqu.kernel.statemachine import WrongState
from lingqu.modules.catalog import add_pack as packs
from lingqu.modules.catalog import add_skus as adding
from lingqu.modules.catalog import barcodes, categories, change_status, tax_classes
from lingqu.modules.catalog import edit_pack as pack_edits
from lingqu.modules.catalog import edit_sku as edits
from lingqu.modules.catalog import find_by_code as scanning
from lingqu.modules.catalog import import_skus as files
from lingqu.modules.catalog import list_skus as lists
from lingqu.modules.catalog import read_sku as reading
from lingqu.modules.catalog.barcodes import BarcodeQuery
from lingqu.modules.catalog.categories import CategoryEdit, CategoryQuery, NewCategory
from lingqu.modules.catalog.code_taken import CodeTaken
from lingqu.modules.catalog.edit_pack import PackEdit
from lingqu.modules.catalog.edit_sku import SKUEdit
from lingqu.modules.catalog.gtin import WrongGTIN
from lingqu.modules.catalog.import_skus import SKUFileText, SKUImportPreview, SKUsImported
from lingqu.modules.catalog.list_skus import SKUQuery
from lingqu.modules.catalog.tax_classes import NewTaxClass, TaxClassEdit
from lingqu.modules.catalog.types import (
    SKU,
    AddedSKU,
    Barcode,
    Category,
    NewPack,
    NewSKU,
    Pack,
    Scanned,
    SKULine,
    TaxClass,
)
from lingqu.runtime.http.route import delete, get, patch, post
from lingqu.runtime.paging import Listed, ListQuery
from lingqu.runtime.tx import Tx


class Discontinuation(Struct, frozen=True, forbid_unknown_fields=True):
    """What to buy instead, if anything."""

    successor_id: int | None = None


class NewBarcode(Struct, frozen=True, forbid_unknown_fields=True):
    """A code of one's own."""

    code: Annotated[str, Meta(min_length=1, max_length=60)]


@get("/skus", permission="catalog.read", summary="List and search SKUs")
async def list_skus(tx: Tx, *, scope: Scope, query: SKUQuery) -> Listed[SKULine]:
    return await lists.list_skus(tx, scope=scope, query=query)


@get("/skus/{sku_id:int}", permission="catalog.read", summary="One SKU with its packs and variants")
async def read_sku(tx: Tx, *, scope: Scope, sku_id: int) -> SKU:
    return await reading.read_sku(tx, scope=scope, sku_id=sku_id)


@post("/skus", permission="catalog.edit", summary="Make a SKU with its packs", refusals=[CodeTaken, WrongGTIN])
async def add_sku(tx: Tx, *, scope: Scope, body: NewSKU) -> AddedSKU:
    return await adding.add_sku(tx, scope=scope, sku=body)


@post(
    "/sku-imports/preview",
    permission="catalog.edit",
    summary="Read a CSV file of SKUs and name every error by row",
    status=200,
    is_audited=False,
)
async def preview_sku_import(tx: Tx, *, scope: Scope, body: SKUFileText) -> SKUImportPreview:
    return await files.preview_sku_import(tx, scope=scope, file=body)


@post("/sku-imports", permission="catalog.edit", summary="Make the SKUs of a CSV file", refusals=[CodeTaken])
async def import_skus(tx: Tx, *, scope: Scope, body: SKUFileText) -> SKUsImported:
    return await files.import_skus(tx, scope=scope, file=body)


@patch("/skus/{sku_id:int}", permission="catalog.edit", summary="Change a SKU")
async def edit_sku(tx: Tx, *, scope: Scope, sku_id: int, body: SKUEdit, if_match: int) -> SKU:
    return await edits.edit_sku(tx, scope=scope, sku_id=sku_id, if_match=if_match, edit=body)


@post(
    "/skus/{sku_id:int}/discontinuation",
    permission="catalog.edit",
    summary="Take a SKU out of sale, with what to buy instead",
    status=200,
    refusals=[WrongState, Stale],
)
async def discontinue_sku(tx: Tx, *, scope: Scope, sku_id: int, body: Discontinuation, if_match: int) -> SKU:
    return await change_status.discontinue_sku(
        tx, scope=scope, sku_id=sku_id, if_match=if_match, successor_id=body.successor_id
    )


@post(
    "/skus/{sku_id:int}/archival",
    permission="catalog.edit",
    summary="Put a SKU away",
    status=200,
    refusals=[WrongState, Stale],
)
async def archive_sku(tx: Tx, *, scope: Scope, sku_id: int, if_match: int) -> SKU:
    return await change_status.archive_sku(tx, scope=scope, sku_id=sku_id, if_match=if_match)


@post(
    "/skus/{sku_id:int}/reactivation",
    permission="catalog.edit",
    summary="Bring a SKU back into sale",
    status=200,
    refusals=[WrongState, Stale],
)
async def reactivate_sku(tx: Tx, *, scope: Scope, sku_id: int, if_match: int) -> SKU:
    return await change_status.reactivate_sku(tx, scope=scope, sku_id=sku_id, if_match=if_match)


@post(
    "/skus/{sku_id:int}/packs",
    permission="catalog.edit",
    summary="Give a SKU another pack",
    refusals=[CodeTaken, WrongGTIN],
)
async def add_pack(tx: Tx, *, scope: Scope, sku_id: int, body: NewPack) -> Pack:
    return await packs.add_pack(tx, scope=scope, sku_id=sku_id, pack=body)


@patch("/packs/{pack_id:int}", permission="catalog.edit", summary="Change a pack", refusals=[CodeTaken, WrongGTIN])
async def edit_pack(tx: Tx, *, scope: Scope, pack_id: int, body: PackEdit, if_match: int) -> Pack:
    return await pack_edits.edit_pack(tx, scope=scope, pack_id=pack_id, if_match=if_match, edit=body)


@get("/codes/{code:str}", permission="catalog.read", summary="What a scanned or typed code stands for")
async def find_by_code(tx: Tx, *, scope: Scope, code: str) -> list[Scanned]:
    return await scanning.find_by_code(tx, scope=scope, code=code)


@get("/barcodes", permission="catalog.read", summary="One's own codes beside the GTINs")
async def list_barcodes(tx: Tx, *, scope: Scope, query: BarcodeQuery) -> Listed[Barcode]:
    return await barcodes.list_barcodes(tx, scope=scope, query=query)


@post("/packs/{pack_id:int}/barcodes", permission="catalog.label", summary="Add an own code", refusals=[CodeTaken])
async def add_barcode(tx: Tx, *, scope: Scope, pack_id: int, body: NewBarcode) -> Barcode:
    return await barcodes.add_barcode(tx, scope=scope, pack_id=pack_id, code=body.code)


@delete("/barcodes/{barcode_id:int}", permission="catalog.label", summary="Take an own code away")
async def remove_barcode(tx: Tx, *, scope: Scope, barcode_id: int) -> None:
    await barcodes.remove_barcode(tx, scope=scope, barcode_id=barcode_id)


@get("/categories", permission="catalog.read", summary="Categories, flat; each names its parent")
async def list_categories(tx: Tx, *, scope: Scope, query: CategoryQuery) -> Listed[Category]:
    return await categories.list_categories(tx, scope=scope, query=query)


@post("/categories", permission="catalog.edit", summary="Make a category", refusals=[CodeTaken])
async def add_category(tx: Tx, *, scope: Scope, body: NewCategory) -> Category:
    return await categories.add_category(tx, scope=scope, category=body)


@patch("/categories/{category_id:int}", permission="catalog.edit", summary="Rename or move a category")
async def edit_category(tx: Tx, *, scope: Scope, category_id: int, body: CategoryEdit, if_match: int) -> Category:
    return await categories.edit_category(tx, scope=scope, category_id=category_id, if_match=if_match, edit=body)


@get("/tax-classes", permission="catalog.read", summary="Tax classes")
async def list_tax_classes(tx: Tx, *, query: ListQuery) -> Listed[TaxClass]:
    return await tax_classes.list_tax_classes(tx, query=query)


@post("/tax-classes", permission="catalog.tax", summary="Make a tax class", refusals=[CodeTaken])
async def add_tax_class(tx: Tx, *, body: NewTaxClass) -> TaxClass:
    return await tax_classes.add_tax_class(tx, tax_class=body)


@patch("/tax-classes/{tax_class_id:int}", permission="catalog.tax", summary="Change a tax class")
async def edit_tax_class(tx: Tx, *, tax_class_id: int, body: TaxClassEdit, if_match: int) -> TaxClass:
    return await tax_classes.edit_tax_class(tx, tax_class_id=tax_class_id, if_match=if_match, edit=body)


ROUTES = (
    list_skus,
    read_sku,
    add_sku,
    preview_sku_import,
    import_skus,
    edit_sku,
    discontinue_sku,
    archive_sku,
    reactivate_sku,
    add_pack,
    edit_pack,
    find_by_code,
    list_barcodes,
    add_barcode,
    remove_barcode,
    list_categories,
    add_category,
    edit_category,
    list_tax_classes,
    add_tax_class,
    edit_tax_class,
)
