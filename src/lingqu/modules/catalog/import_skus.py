"""Make the SKUs of a CSV file, after a look at every error in it."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from lingqu.kernel.errors import FieldError, Invalid, NotFound, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.add_skus import add_skus
from lingqu.modules.catalog.sku_file import Known, SKUFile, keys_of_file, read_skus
from lingqu.runtime.sql import statements
from lingqu.runtime.table_file import RowError
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_EMPTY = Words("The file holds no SKUs.", "文件中没有商品。")


class SKUFileText(Struct, frozen=True, forbid_unknown_fields=True):
    """The text of a CSV file of one brand's SKUs; its name goes into the audit log."""

    brand_id: int
    text: Annotated[str, Meta(min_length=1, max_length=10_000_000)]
    file_name: Annotated[str, Meta(max_length=200)] = ""


class SKUImportPreview(Struct, frozen=True):
    """What an import would do: the number of rows that are fine, and every error by row."""

    good_count: int
    errors: list[RowError]


class SKUsImported(Struct, frozen=True):
    """The ids of the new SKUs, in the order of the file."""

    ids: list[int]


async def preview_sku_import(tx: Tx, *, scope: Scope, file: SKUFileText) -> SKUImportPreview:
    """Read a file of one of the caller's own brands without making a SKU.

    Raises: NotFound.
    """
    read = await _read(tx, scope, file)
    return SKUImportPreview(len(read.skus), read.errors)


async def import_skus(tx: Tx, *, scope: Scope, file: SKUFileText) -> SKUsImported:
    """Make all SKUs of a file, or none where a row has an error.

    Raises: NotFound; Invalid with one error per wrong row, or for a file without rows; CodeTaken if another made one
            of them at the same moment.
    """
    read = await _read(tx, scope, file)
    errors = [FieldError(f"/rows/{error.row}/{error.column}", "row", error.words) for error in read.errors]
    if errors or not read.skus:
        raise Invalid(errors=errors or [FieldError("/text", "empty", _EMPTY)])
    ids = [added.id for added in await add_skus(tx, skus=read.skus)]
    tx.record("sku-import", file.brand_id, after={"file_name": file.file_name, "row_count": len(ids)})
    return SKUsImported(ids)


async def _read(tx: Tx, scope: Scope, file: SKUFileText) -> SKUFile:
    if not scope.sees(file.brand_id):
        raise NotFound(kind="brand", id=file.brand_id)
    codes, gtins = keys_of_file(file.text)
    taken = await tx.tuples(SQL["taken_keys"], brand_id=file.brand_id, codes=codes, gtins=gtins)
    named = await tx.tuples(SQL["ids_by_code"], brand_id=file.brand_id)
    ids: dict[str, Any] = {kind: {c: id_ for k, c, id_ in named if k == kind} for kind in ("line", "category", "tax")}
    known = Known(
        brand_id=file.brand_id,
        lines=ids["line"],
        categories=ids["category"],
        tax_classes=ids["tax"],
        codes={code for kind, code in taken if kind == "code"},
        gtins={gtin for kind, gtin in taken if kind == "gtin"},
    )
    return read_skus(file.text, known=known)
