"""Add up what the hot path left beside the balances."""

from lingqu.runtime.cells import cell_count
from lingqu.runtime.jobs import Schedule
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_AT_ONCE = 5_000


async def fold(tx: Tx, *, cell_id: int, limit: int = _AT_ONCE) -> int:
    """Add at most ``limit`` waiting deltas of a cell to their balances and tell how many there were."""
    return await tx.value(SQL["fold"], int, cell_id=cell_id, limit=limit)


async def _every_cell(tx: Tx) -> bool:
    counts = [await fold(tx, cell_id=cell_id) for cell_id in range(await cell_count(tx))]
    return max(counts) == _AT_ONCE


FOLD = Schedule("ledger.fold", every_s=10, run=_every_cell)
