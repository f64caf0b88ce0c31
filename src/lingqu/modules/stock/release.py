"""Free what documents hold, and find those whose promise has run out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from lingqu.modules.stock.types import Claim, Released
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Question, Tx

SQL = statements(__package__)


async def release(tx: Tx, *, cell_id: int, document_ids: Sequence[UUID]) -> list[Released]:
    """Free what the documents still hold, whole documents at a time, and tell what that was.

    Called again it frees nothing more.
    """
    rows = await tx.tuples(SQL["release"], cell_id=cell_id, document_id=list(document_ids))
    return [Released(*row) for row in rows]


async def unreserve(tx: Tx, *, cell_id: int, claims: Sequence[Claim]) -> None:
    """Free a part of what lines of documents hold: a quantity that was cancelled.

    Raises: psycopg.errors.RaiseException if a line holds less than that (a bug of the caller, who has locked the
            document and knows what it holds).
    """
    by_line: dict[tuple[UUID, int, int], int] = defaultdict(int)
    by_key: dict[int, int] = defaultdict(int)
    for claim in claims:
        if claim.quantity:
            by_line[claim.document_id, claim.line_no, claim.key] += claim.quantity
            by_key[claim.key] += claim.quantity
    if not by_line:
        return
    keys = sorted(by_key)
    await tx.run(
        SQL["unreserve"],
        cell_id=cell_id,
        key=keys,
        less=[by_key[key] for key in keys],
        document_id=[document_id for document_id, _, _ in by_line],
        line_no=[line_no for _, line_no, _ in by_line],
        line_key=[key for _, _, key in by_line],
        quantity=list(by_line.values()),
    )


async def keep(tx: Tx, *, cell_id: int, document_ids: Sequence[UUID]) -> None:
    """Let what the documents hold expire no more: they were approved or paid."""
    await tx.run(SQL["keep"], cell_id=cell_id, document_id=list(document_ids))


async def find_expired(tx: Tx, *, cell_id: int, keys: Iterable[int]) -> list[UUID]:
    """Name the documents whose promise on these keys has run out: a plain read, to be repeated under locks."""
    return await tx.values(SQL["find_expired"], UUID, cell_id=cell_id, key=sorted(set(keys)), now=tx.now)


def ask_expired(wanted: Sequence[tuple[int, Iterable[int]]], *, now: datetime) -> Question[list[list[UUID]]]:
    """Ask which documents of several cells hold these keys past their time, as `find_expired`.

    Shapes: ``wanted`` are (cell, keys); one answer for each.
    """
    parameters = [{"cell_id": cell_id, "key": sorted(set(keys)), "now": now} for cell_id, keys in wanted]
    return Question(SQL["find_expired"], parameters, lambda found: [[row[0] for row in rows] for rows in found])


async def expired_documents(tx: Tx, *, cell_id: int, limit: int = 500) -> list[UUID]:
    """Name documents of a cell whose promise has run out, the oldest first: work for a sweeping job."""
    return await tx.values(SQL["expired_documents"], UUID, cell_id=cell_id, limit=limit, now=tx.now)
