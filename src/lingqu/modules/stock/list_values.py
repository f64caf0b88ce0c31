"""What stock had cost at the end of a day."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.scope import Scope
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.search import query_keys
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
Id = Annotated[int, Meta(ge=1)]

_VALUE_SORTS = Sorts({"name": "sort_key", "code": "sku_code", "value": "value_minor"}, default="name")
_TOTAL_SORTS = Sorts({"name": "sort_key", "value": "value_minor"}, default="name", tie="organization_id")


class ValueQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``on`` is the day at whose end the stock is valued; default today."""

    on: date | None = None
    organization_id: Id | None = None
    sku_id: Id | None = None


class ValueLine(Struct, frozen=True, kw_only=True):
    """What an organization owned of a SKU and what it had cost."""

    id: str
    organization_id: int
    organization_name: str
    sku_id: int
    sku_code: str
    name_zh: str
    name_en: str
    base_unit: str
    quantity: int
    value_minor: int
    currency: str


class TotalQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``on`` is the day at whose end the stock is valued; default today."""

    on: date | None = None


class ValueTotal(Struct, frozen=True, kw_only=True):
    """What all of an organization's stock had cost."""

    organization_id: int
    organization_name: str
    currency: str
    sku_count: int
    value_minor: int


async def list_values(tx: Tx, *, scope: Scope, query: ValueQuery, today: date) -> Listed[ValueLine]:
    """List quantity and value at the end of a day, by organization and SKU."""
    return await list_page(
        tx,
        SQL["list_values"],
        ValueLine,
        query=query,
        sorts=_VALUE_SORTS,
        on=query.on or today,
        organization_id=query.organization_id,
        sku_id=query.sku_id,
        keys=query_keys(query.q),
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )


async def list_value_totals(tx: Tx, *, scope: Scope, query: TotalQuery, today: date) -> Listed[ValueTotal]:
    """Sum the value at the end of a day, by organization."""
    return await list_page(
        tx,
        SQL["sum_values"],
        ValueTotal,
        query=query,
        sorts=_TOTAL_SORTS,
        on=query.on or today,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
