"""Add up what the hot path left beside the balances."""

from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def fold(tx: Tx, *, cell_id: int, limit: int = 5_000) -> int:
    """Add at most ``limit`` waiting deltas of a cell to their balances and tell how many there were."""
    return await tx.value(SQL["fold"], int, cell_id=cell_id, limit=limit)
