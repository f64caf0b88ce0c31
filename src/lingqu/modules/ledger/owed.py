"""How much a buyer owes on its credit line, under the lock of the accounts that are about to change."""

from collections.abc import Sequence
from uuid import UUID

from lingqu.modules.ledger.hold import lock_available
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def lock_owed(tx: Tx, *, cell_id: int, credit: UUID, beside: Sequence[UUID]) -> int:
    """Lock a credit account together with others, in order, and tell what is owed on it; 0 where there is none."""
    await lock_available(tx, cell_id=cell_id, account_ids=[credit, *beside])
    owed = await tx.values(SQL["read_owed"], int, cell_id=cell_id, account_id=credit)
    return owed[0] if owed else 0
