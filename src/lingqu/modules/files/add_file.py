"""Store an upload."""

from uuid import UUID

from lingqu.kernel.errors import Refusal, Words
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.files.make_picture import make_picture
from lingqu.modules.files.types import Content, Picture, StoredFile
from lingqu.runtime.objects import Objects
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_MOST_FREE = 200


class TooManyFree(Refusal):
    """Much was uploaded and nothing used; what is not used is swept after a day."""

    code = "files.too-many-free"
    status = 409
    title = Words("Many files wait to be used", "未使用的文件过多")
    detail = Words(
        "Your organization has {count} files that nothing uses. Use them, or wait a day until they are swept.",
        "贵组织有 {count} 个未使用的文件，请先使用，或等待一天后系统自动清理。",
    )


async def add_file(tx: Tx, *, scope: Scope, objects: Objects, content: bytes, name: str) -> StoredFile:
    """Store a picture for the caller's organization. The same bytes give the same file.

    Raises: NotAPicture, FileTooLarge, TooManyPixels, DamagedPicture; TooManyFree; Unavailable.
    """
    free_count = await tx.value(SQL["count_free"], int, party_id=scope.party_id)
    if free_count >= _MOST_FREE:
        raise TooManyFree(count=free_count)
    picture = await make_picture(content)
    stored = await _store(tx, party_id=scope.party_id, objects=objects, picture=picture, name=name)
    tx.record("file", stored.id, after=stored)
    return stored


async def _store(tx: Tx, *, party_id: UUID, objects: Objects, picture: Picture, name: str) -> StoredFile:
    """Keep both renditions, then the row: whoever can see the row finds the bytes."""
    full, small = await keep_objects(tx, objects=objects, contents=[picture.full, picture.small])
    await tx.run(
        SQL["add_file"],
        id=uuid7(at=tx.now),
        party_id=party_id,
        source_sha256=picture.source_sha256,
        name=name,
        width=picture.width,
        height=picture.height,
        full_sha256=full,
        small_sha256=small,
        now=tx.now,
    )
    found = await tx.one(SQL["keep_again"], Content, party_id=party_id, source_sha256=picture.source_sha256, now=tx.now)
    return as_stored(found)


async def keep_objects(tx: Tx, *, objects: Objects, contents: list[bytes]) -> list[bytes]:
    """Put bytes into the store under the lock of their rows, and give their hashes in order."""
    hashes = [Objects.hash_of(content) for content in contents]
    sizes = dict(zip(hashes, map(len, contents), strict=True))
    await tx.run(SQL["keep_objects"], sha256=list(sizes), byte_count=list(sizes.values()), now=tx.now)
    for content in contents:
        await objects.put(content)
    return hashes


def as_stored(found: Content) -> StoredFile:
    """Show of a file what people may see."""
    return StoredFile(**{name: getattr(found, name) for name in StoredFile.__struct_fields__})
