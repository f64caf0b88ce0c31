"""Tell users something inside the product."""

from lingqu.kernel.ids import uuid7
from lingqu.modules.notice.types import NewNotice
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def tell(tx: Tx, *, notice: NewNotice) -> None:
    """Write one notice per user, in the transaction of what it tells of."""
    await tx.run(
        SQL["add_notices"],
        cell_id=notice.cell_id,
        id=[uuid7(at=tx.now) for _ in notice.user_ids],
        user_id=list(notice.user_ids),
        party_id=notice.party_id,
        kind=notice.kind,
        title_zh=notice.title.zh,
        title_en=notice.title.en,
        path=notice.path,
        now=tx.now,
    )
