"""Say what people call SKUs and their packs, for documents that name them by id."""

from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct

from lingqu.modules.catalog.types import SKUStatus
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class NamedPack(Struct, frozen=True, kw_only=True):
    """A pack with its SKU, as people call them."""

    sku_id: int
    sku_code: str
    name_zh: str
    name_en: str
    base_unit: str
    status: SKUStatus
    successor_id: int | None
    pack_id: int
    pack_code: str
    pack_name_zh: str
    pack_name_en: str
    units: int
    is_orderable: bool


async def describe_skus(tx: Tx, *, sku_ids: Iterable[int]) -> dict[int, list[NamedPack]]:
    """Read every pack of some SKUs, the smallest first. Whoever shows them has found that its reader may see them."""
    packs: dict[int, list[NamedPack]] = defaultdict(list)
    for pack in await tx.all(SQL["describe_skus"], NamedPack, sku_ids=sorted(set(sku_ids))):
        packs[pack.sku_id].append(pack)
    return dict(packs)


async def find_successors(tx: Tx, *, sku_ids: Iterable[int]) -> dict[int, int]:
    """Find what is sold in place of SKUs: the first active one down the chain; missing where there is none."""
    rows = await tx.tuples(SQL["find_successors"], sku_ids=sorted(set(sku_ids)))
    return dict(rows)
