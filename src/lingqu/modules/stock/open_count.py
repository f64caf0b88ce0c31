"""Open a count sheet."""

from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.stock.counts import CountSheet, read_count
from lingqu.modules.stock.nodes import own_node
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class NewCount(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which node is counted; ``sku_ids`` empty: everything that lies there for sale."""

    node_id: Annotated[int, Meta(ge=1)]
    title: Annotated[str, Meta(min_length=1, max_length=200)]
    sku_ids: Annotated[list[Annotated[int, Meta(ge=1)]], Meta(max_length=5000)] = []


async def open_count(tx: Tx, *, scope: Scope, new: NewCount) -> CountSheet:
    """Open a sheet with a line for each lot, or SKU without lots, that should lie there.

    Raises: NotFound for another's node.
    """
    node = await own_node(tx, scope=scope, node_id=new.node_id)
    sheet_id = uuid7(at=tx.now)
    await tx.run(
        SQL["insert_count"],
        cell_id=node.home_cell,
        id=sheet_id,
        organization_id=node.organization_id,
        node_id=node.id,
        bin_id=node.sellable_bin_id,
        title=new.title,
        now=tx.now,
        user_id=scope.actor.user_id,
    )
    await tx.run(
        SQL["insert_count_lines"],
        cell_id=node.home_cell,
        sheet_id=sheet_id,
        bin_id=node.sellable_bin_id,
        sku_id=new.sku_ids or None,
    )
    sheet = await read_count(tx, scope=scope, sheet_id=sheet_id)
    tx.record("count", sheet_id, after=sheet, cell_id=node.home_cell)
    return sheet
