"""Store many ready pictures at once: imports and the demo."""

from collections.abc import Sequence
from uuid import UUID

from lingqu.kernel.ids import uuid7
from lingqu.modules.files.add_file import keep_objects
from lingqu.modules.files.types import Picture
from lingqu.runtime.objects import Objects
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def add_files(tx: Tx, *, party_id: UUID, objects: Objects, pictures: Sequence[tuple[str, Picture]]) -> list[UUID]:
    """Store named pictures for an organization that has none of them yet, and give the files' ids in order.

    Raises: Unavailable if the store does not take them.
    """
    ids = [uuid7(at=tx.now) for _ in pictures]
    contents = [content for _, picture in pictures for content in (picture.full, picture.small)]
    hashes = await keep_objects(tx, objects=objects, contents=contents)
    await tx.run(
        SQL["add_files"],
        party_id=party_id,
        id=ids,
        source_sha256=[picture.source_sha256 for _, picture in pictures],
        name=[name for name, _ in pictures],
        width=[picture.width for _, picture in pictures],
        height=[picture.height for _, picture in pictures],
        full_sha256=hashes[::2],
        small_sha256=hashes[1::2],
        now=tx.now,
    )
    return ids
