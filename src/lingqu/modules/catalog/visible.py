"""Which SKUs somebody sees, and whom a change of one concerns."""

from collections.abc import Iterable

from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import bump_epochs
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def visible_lines(tx: Tx, *, scope: Scope) -> list[int]:
    """Name the product lines whose SKUs the caller may see; an operator sees all and needs no list."""
    if scope.is_whole:
        return []
    return await tx.values(SQL["visible_lines"], int, organization_ids=list(scope.organization_ids), now=tx.now)


async def bump_channel(tx: Tx, *, brand_ids: Iterable[int]) -> None:
    """Make every price book stale that holds goods of these brands."""
    sellers = await tx.values(SQL["channel_of_brand"], int, brand_ids=sorted(set(brand_ids)))
    await bump_epochs(tx, seller_ids=sellers)
