"""Regions for people and for other modules: the list, and what a region stands for."""

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from lingqu.kernel.errors import FieldError, Invalid, Words
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"id": "id"}, default="id")
_UNKNOWN = Words("There is no region {region_id}.", "没有编号为 {region_id} 的地区。")

Scheme = Literal["gb-t-2260", "us-fips"]
Level = Literal["country", "province", "prefecture", "county"]


class RegionQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``q`` finds the beginning of a name in either language, or of a code."""

    scheme: Scheme | None = None
    level: Level | None = None
    parent_id: int | None = None


class Region(Struct, frozen=True, kw_only=True):
    """A country, province or state, prefecture, county."""

    id: int
    parent_id: int | None
    scheme: Scheme
    level: Level
    code: str
    name_zh: str
    name_en: str
    latitude: float | None
    longitude: float | None


async def list_regions(tx: Tx, *, query: RegionQuery) -> Listed[Region]:
    """List regions; everybody may see them."""
    return await list_page(
        tx,
        SQL["list_regions"],
        Region,
        query=query,
        sorts=_SORTS,
        scheme=query.scheme,
        level=query.level,
        parent_id=query.parent_id,
        text=query.q,
    )


async def check_region(tx: Tx, *, region_id: int | None, path: str = "/region_id") -> None:
    """Refuse a region that does not exist.

    Raises: Invalid naming the field ``path``.
    """
    if region_id is not None and not await tx.values(SQL["find_region"], int, id=region_id):
        raise Invalid(errors=[FieldError(path, "unknown-region", _UNKNOWN, {"region_id": region_id})])


async def counties_of(tx: Tx, *, region_ids: Iterable[int]) -> list[int]:
    """Find the counties of some regions: a county is its own, a province has those of all its prefectures."""
    return await tx.values(SQL["find_counties"], int, ids=sorted(set(region_ids)))
