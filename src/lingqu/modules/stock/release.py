"""Free what documents hold, and find those whose promise has run out."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from lingqu.modules.stock.types import Released
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def release(tx: Tx, *, cell_id: int, document_ids: Sequence[UUID]) -> list[Released]:
    """Free what the documents still hold, whole documents at a time, and tell what that was.

    Called again it frees nothing more.
    """
    rows = await tx.tuples(SQL["release"], cell_id=cell_id, document_id=list(document_ids))
    return [Released(*row) for row in rows]


async def expired_on_keys(tx: Tx, *, cell_id: int, keys: Iterable[int]) -> list[UUID]:
    """Name the documents whose promise on these keys has run out: a plain read, to be repeated under locks."""
    return await tx.values(SQL["expired_on_keys"], UUID, cell_id=cell_id, key=sorted(set(keys)), now=tx.now)


async def expired_documents(tx: Tx, *, cell_id: int, limit: int = 500) -> list[UUID]:
    """Name documents of a cell whose promise has run out, the oldest first: work for a sweeping job."""
    return await tx.values(SQL["expired_documents"], UUID, cell_id=cell_id, limit=limit, now=tx.now)
