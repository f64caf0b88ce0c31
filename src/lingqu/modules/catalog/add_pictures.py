"""Give many SKUs their first picture at once: imports and the demo."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from lingqu.modules.catalog.add_picture import USE
from lingqu.modules.files.api import use_files
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class FirstPicture(Struct, frozen=True, kw_only=True):
    """The first picture of a SKU that has none."""

    sku_id: int
    file_id: UUID
    alt_zh: str
    alt_en: str


async def add_pictures(tx: Tx, *, pictures: Sequence[FirstPicture]) -> list[int]:
    """Show files for SKUs that have no picture yet, and give the pictures' ids in order."""
    made = await tx.values(
        SQL["add_pictures"],
        int,
        sku_id=[one.sku_id for one in pictures],
        file_id=[one.file_id for one in pictures],
        place=[0] * len(pictures),
        alt_zh=[one.alt_zh for one in pictures],
        alt_en=[one.alt_en for one in pictures],
        now=tx.now,
    )
    await use_files(tx, kind=USE, uses=[(one.file_id, made_id) for one, made_id in zip(pictures, made, strict=True)])
    return made
