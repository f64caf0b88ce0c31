"""How much a buyer owes on its credit line: in all, under the lock of what is about to change, and of one document."""

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


async def read_left(tx: Tx, *, cell_id: int, credit: UUID, document_id: UUID) -> int:
    """Tell how much of what a document charged on credit is still owed: repayments settle the oldest first."""
    return await tx.value(SQL["read_left"], int, cell_id=cell_id, account_id=credit, document_id=document_id)
