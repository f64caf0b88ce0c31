"""Product lines for people: a brand's own to make and name, seen by everybody below it."""

from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.errors import NotFound, Stale
from lingqu.kernel.scope import Scope
from lingqu.modules.network.add_product_lines import add_product_lines
from lingqu.modules.network.apply import Code
from lingqu.modules.network.types import NewProductLine
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"code": "code"}, default="code")
Name = Annotated[str, Meta(min_length=1, max_length=100)]


class ProductLineQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    brand_id: int | None = None


class ProductLine(Struct, frozen=True, kw_only=True):
    """A line of a brand's goods."""

    id: int
    brand_id: int
    brand_name: str
    code: str
    name_zh: str
    name_en: str
    version: int


class ProductLineBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    brand_id: int
    code: Code
    name_zh: Name
    name_en: Name


class ProductLineEdit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name_zh: Name
    name_en: Name


async def list_product_lines(tx: Tx, *, scope: Scope, query: ProductLineQuery) -> Listed[ProductLine]:
    """List the lines of the brands below the caller and above it."""
    return await list_page(
        tx,
        SQL["list_product_lines"],
        ProductLine,
        query=query,
        sorts=_SORTS,
        brand_id=query.brand_id,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
        above_ids=await tx.values(SQL["find_above_ids"], int, id=scope.organization_id),
    )


async def sees_product_line(tx: Tx, *, scope: Scope, product_line_id: int) -> bool:
    """Tell whether a line is of a brand in the caller's scope, for modules that give rights in it."""
    return bool(
        await tx.values(
            SQL["read_own_product_line"],
            int,
            id=product_line_id,
            is_whole=scope.is_whole,
            organization_ids=list(scope.organization_ids),
        )
    )


async def add_product_line(tx: Tx, *, scope: Scope, body: ProductLineBody) -> ProductLine:
    """Make a line of a brand in the caller's scope.

    Raises: NotFound for the brand, CodeTaken.
    """
    if not await tx.values(
        SQL["find_brand"],
        int,
        id=body.brand_id,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    ):
        raise NotFound(kind="brand", id=body.brand_id)
    new = NewProductLine(brand_id=body.brand_id, code=body.code, name_zh=body.name_zh, name_en=body.name_en)
    (line_id,) = await add_product_lines(tx, lines=[new])
    return await _own(tx, scope, line_id)


async def edit_product_line(
    tx: Tx, *, scope: Scope, product_line_id: int, version: int, edit: ProductLineEdit
) -> ProductLine:
    """Rename a line.

    Raises: NotFound, Stale.
    """
    before = await _own(tx, scope, product_line_id)
    if not await tx.run(
        SQL["edit_product_line"], id=product_line_id, version=version, name_zh=edit.name_zh, name_en=edit.name_en
    ):
        raise Stale(kind="product line")
    after = await _own(tx, scope, product_line_id)
    tx.record("product-line", product_line_id, before=before, after=after)
    return after


async def _own(tx: Tx, scope: Scope, line_id: int) -> ProductLine:
    found = await tx.first(
        SQL["read_own_product_line"],
        ProductLine,
        id=line_id,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
    if found is None:
        raise NotFound(kind="product line", id=line_id)
    return found
