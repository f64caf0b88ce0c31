"""Make packs: exact numbers of base units with a GTIN of their own."""

from collections.abc import Sequence

from lingqu.modules.catalog.code_taken import CodeTaken
from lingqu.modules.catalog.types import NewPack
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def add_packs(tx: Tx, *, packs: Sequence[tuple[int, NewPack]]) -> dict[tuple[int, str], int]:
    """Make packs of the SKUs given with them; GTINs are in their form of 14 digits.

    Shapes: ids by (SKU, code).
    Raises: CodeTaken for the first whose code or GTIN stands already.
    """
    names = ("code", "name_zh", "name_en", "units", "gtin", "is_orderable")
    rows = await tx.tuples(
        SQL["add_packs"],
        sku_id=[sku_id for sku_id, _ in packs],
        **{name: [getattr(pack, name) for _, pack in packs] for name in names},
    )
    id_of: dict[tuple[int, str], int] = {(sku_id, code): id_ for sku_id, code, id_ in rows}
    for sku_id, pack in packs:
        if (sku_id, pack.code) not in id_of:
            raise CodeTaken(kind="pack", taken=pack.gtin or pack.code)
    return id_of
