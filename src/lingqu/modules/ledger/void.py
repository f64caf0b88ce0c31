"""Free the money that documents still hold."""

from collections.abc import Sequence
from uuid import UUID

from lingqu.modules.ledger.types import Hold
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def keep(tx: Tx, *, cell_id: int, document_ids: Sequence[UUID]) -> None:
    """Let what the documents hold expire no more: they were approved or paid."""
    await tx.run(SQL["keep"], cell_id=cell_id, document_id=list(document_ids))


async def void(tx: Tx, *, cell_id: int, document_ids: Sequence[UUID]) -> list[Hold]:
    """Free what the documents still hold, whole documents at a time, and tell what that was.

    Called again it frees nothing more.
    """
    rows = await tx.tuples(SQL["void"], cell_id=cell_id, document_id=list(document_ids))
    return [Hold(*row) for row in rows]
