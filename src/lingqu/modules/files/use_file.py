"""Say what uses a file, and when it does no longer."""

from collections.abc import Sequence
from uuid import UUID

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.files.add_file import as_stored
from lingqu.modules.files.types import Content, StoredFile
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def find_own_file(tx: Tx, *, scope: Scope, file_id: UUID) -> StoredFile:
    """Read a file of the caller's own, and hold it until the transaction ends.

    Raises: NotFound.
    """
    await tx.values(SQL["lock_file"], UUID, file_id=file_id)
    found = await tx.first(
        SQL["find_own_file"], Content, file_id=file_id, is_whole=scope.is_whole, party_ids=list(scope.party_ids)
    )
    if found is None:
        raise NotFound(kind="file", id=str(file_id))
    return as_stored(found)


async def use_files(tx: Tx, *, kind: str, uses: Sequence[tuple[UUID, int]]) -> None:
    """Note that things of one kind use files, each a pair of file and thing: none of these is swept."""
    file_ids = [file_id for file_id, _ in uses]
    await tx.run(SQL["add_uses"], kind=kind, file_id=file_ids, object_id=[str(thing) for _, thing in uses])
    await tx.run(SQL["mark_use"], file_ids=file_ids, now=tx.now)


async def end_use(tx: Tx, *, kind: str, file_id: UUID, object_id: int) -> None:
    """Note that a thing uses a file no longer; a file that nothing uses stays for a day."""
    await tx.run(SQL["end_use"], kind=kind, file_id=file_id, object_id=str(object_id))
    await tx.run(SQL["mark_use"], file_ids=[file_id], now=tx.now)
