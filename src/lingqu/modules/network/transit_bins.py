"""Bins at other organizations' nodes for goods that one sells without ever holding them."""

from collections.abc import Collection

from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def transit_bins(tx: Tx, *, owner_id: int, home_cell: int, node_ids: Collection[int]) -> dict[int, int]:
    """Give an owner's in-transit bin at each of some nodes of others, in the owner's own cell; missing ones are made.

    What a supplier sends straight to the owner's buyer is the owner's there for an instant.
    """
    ids = sorted(set(node_ids))
    found = dict(await tx.tuples(SQL["find_transit_bins"], owner_id=owner_id, node_ids=ids))
    if len(found) < len(ids):
        await tx.run(SQL["open_transit_bins"], owner_id=owner_id, home_cell=home_cell, node_ids=ids)
        found = dict(await tx.tuples(SQL["find_transit_bins"], owner_id=owner_id, node_ids=ids))
    return found
