"""The caller's own nodes: where it may change stock."""

from datetime import date, datetime

from msgspec import Struct

from lingqu.kernel.clock import business_date
from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.stock.types import key_of
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class OwnNode(Struct, frozen=True, kw_only=True):
    """A node of the caller's organization with the bins of its own goods."""

    id: int
    organization_id: int
    home_cell: int
    name: str
    time_zone: str
    sellable_bin_id: int
    blocked_bin_id: int
    in_transit_bin_id: int

    def today(self, now: datetime) -> date:
        """Find the trading day at this node."""
        return business_date(now, self.time_zone)

    def sellable(self, sku_id: int) -> int:
        """Make the key of the goods that are for sale."""
        return key_of(bin_id=self.sellable_bin_id, sku_id=sku_id)

    def blocked(self, sku_id: int) -> int:
        """Make the key of the goods that are kept back."""
        return key_of(bin_id=self.blocked_bin_id, sku_id=sku_id)

    def in_transit(self, sku_id: int) -> int:
        """Make the key of the goods that are on their way."""
        return key_of(bin_id=self.in_transit_bin_id, sku_id=sku_id)


async def own_node(tx: Tx, *, scope: Scope, node_id: int) -> OwnNode:
    """Find a node whose stock the caller may change: one of its own organization.

    Raises: NotFound for any other node.
    """
    node = await tx.first(SQL["own_node"], OwnNode, node_id=node_id, organization_id=scope.organization_id)
    if node is None:
        raise NotFound(kind="node", id=node_id)
    return node
