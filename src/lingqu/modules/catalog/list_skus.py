"""List and search SKUs."""

from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.categories import categories_within
from lingqu.modules.catalog.types import SKULine, SKUStatus
from lingqu.modules.catalog.visible import visible_lines
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.search import query_keys
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_SORTS = Sorts({"name": "sort_key", "code": "code", "id": "id"}, default="name")


class SKUQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``q`` finds names in both languages, pinyin initials, codes and GTINs; a category stands for all inside it."""

    brand_id: int | None = None
    product_line_id: int | None = None
    category_id: int | None = None
    product_code: str | None = None
    status: SKUStatus | None = None


async def list_skus(tx: Tx, *, scope: Scope, query: SKUQuery) -> Listed[SKULine]:
    """Read one page of the SKUs that the caller may see.

    Raises: Invalid for an unknown sort or a cursor of another list.
    """
    category_ids = None if query.category_id is None else await categories_within(tx, category_id=query.category_id)
    return await list_page(
        tx,
        SQL["list_skus"],
        SKULine,
        query=query,
        sorts=_SORTS,
        brand_id=query.brand_id,
        product_line_id=query.product_line_id,
        category_ids=category_ids,
        product_code=query.product_code,
        status=query.status,
        keys=query_keys(query.q),
        is_whole=scope.is_whole,
        line_ids=await visible_lines(tx, scope=scope),
    )
