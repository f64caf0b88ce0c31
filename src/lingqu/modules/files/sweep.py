"""Let go of what nobody uses: files free for a day, objects of no file, and what a crash left without a row."""

from datetime import timedelta
from uuid import UUID

from lingqu.runtime.objects import Objects
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

KEPT = timedelta(days=1)
"""How long what nobody uses stays: a person may undo, a backup may be under way."""

_AT_ONCE = 500


async def sweep_files(tx: Tx, *, objects: Objects) -> bool:
    """Drop files that were free for a day; in a later transaction the objects that no file is made of. More may wait.

    Never both in one: bytes that went do not come back with a transaction that fails, and no file may miss them then.

    Raises: Unavailable if the store does not let go.
    """
    before = tx.now - KEPT
    if await tx.values(SQL["drop_free_files"], UUID, before=before, limit=_AT_ONCE):
        return True
    idle = await tx.values(SQL["lock_idle_objects"], bytes, before=before, limit=_AT_ONCE)
    await _drop(tx, objects, idle)
    return len(idle) == _AT_ONCE


async def sweep_strays(tx: Tx, *, objects: Objects) -> bool:
    """Drop what lies in the store for a day with no row: an upload that was cut off after its bytes were written.

    Raises: Unavailable if the store does not answer.
    """
    count = 0
    await objects.tidy(tx.now - KEPT)
    async for old in objects.list_before(tx.now - KEPT):
        strays = await tx.values(SQL["claim_strays"], bytes, sha256=sorted(old), now=tx.now)
        await _drop(tx, objects, strays)
        count += len(strays)
        if count >= _AT_ONCE:
            return True
    return False


async def _drop(tx: Tx, objects: Objects, hashes: list[bytes]) -> None:
    if hashes:
        await objects.delete(hashes)
        await tx.run(SQL["drop_objects"], sha256=hashes)
