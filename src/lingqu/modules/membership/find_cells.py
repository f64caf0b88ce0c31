"""Find where members live: for modules that act for them, not for people."""

from collections.abc import Iterable
from uuid import UUID

from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def find_member_cells(tx: Tx, *, member_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Tell the home cell of each member; one that does not exist is left out."""
    rows = await tx.tuples(SQL["find_member_cells"], ids=sorted(set(member_ids)))
    return dict(rows)
