"""Tell those of another organization who may answer a proposed link."""

from uuid import UUID

from lingqu.kernel.errors import Words
from lingqu.modules.identity.api import home_cell_of, users_with
from lingqu.modules.notice.api import NewNotice, tell
from lingqu.runtime.tx import Tx

RIGHT = "network.grant"


async def tell_partner(tx: Tx, *, party_id: UUID, words: Words, path: str = "/link-proposals", **facts: str) -> None:
    """Tell all who may decide on links in an organization; where nobody may, nobody is told."""
    users = await users_with(tx, party_id=party_id, permission=RIGHT)
    if not users:
        return
    notice = NewNotice(
        cell_id=await home_cell_of(tx, party_id=party_id),
        party_id=party_id,
        user_ids=tuple(users),
        kind="network.link-proposal",
        title=Words(words.en.format(**facts), words.zh.format(**facts)),
        path=path,
    )
    await tell(tx, notice=notice)
