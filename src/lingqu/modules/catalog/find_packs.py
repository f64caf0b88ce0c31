"""Find packs by their ids."""

from collections.abc import Collection

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.types import Pack
from lingqu.modules.catalog.visible import visible_lines
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def find_packs(tx: Tx, *, scope: Scope, pack_ids: Collection[int]) -> dict[int, Pack]:
    """Read packs of SKUs that the caller may see, by id.

    Raises: NotFound naming the first that is not to be seen.
    """
    packs = await visible_packs(tx, scope=scope, pack_ids=pack_ids)
    for pack_id in pack_ids:
        if pack_id not in packs:
            raise NotFound(kind="pack", id=pack_id)
    return packs


async def visible_packs(tx: Tx, *, scope: Scope, pack_ids: Collection[int]) -> dict[int, Pack]:
    """Read those of some packs whose SKUs the caller may see, by id."""
    line_ids = await visible_lines(tx, scope=scope)
    found = await tx.all(
        SQL["see_packs"], Pack, pack_ids=sorted(set(pack_ids)), is_whole=scope.is_whole, line_ids=line_ids
    )
    return {pack.id: pack for pack in found}
