"""Tell people about an application: those who decide that it waits, the one who asked how it ended."""

from uuid import UUID

from lingqu.kernel.errors import Words
from lingqu.modules.approval.api import Request, State, find_able
from lingqu.modules.identity.api import home_cell_of
from lingqu.modules.notice.api import NewNotice, tell
from lingqu.runtime.tx import Tx

APPROVAL = "network.organization"
"""The kind of an application's request."""

_WAITS = Words("An application waits for you: {name}", "有一份入驻申请待您审批：{name}")
_ENDED = {
    State.APPROVED: Words("Your application was approved: {name}", "您提交的入驻申请已通过：{name}"),
    State.REJECTED: Words("Your application was refused: {name}", "您提交的入驻申请未通过：{name}"),
}


async def ask(tx: Tx, *, party_id: UUID, organization_id: int, name: str) -> None:
    """Tell those of a party who may decide."""
    users = await find_able(tx, kind=APPROVAL, object_id=organization_id)
    await _tell(tx, party_id=party_id, users=users, words=_WAITS, organization_id=organization_id, name=name)


async def answer(tx: Tx, *, request: Request, organization_id: int, name: str) -> None:
    """Tell the one who asked."""
    users = [] if request.requested_by is None else [request.requested_by]
    words = _ENDED[request.state]
    await _tell(tx, party_id=request.party_id, users=users, words=words, organization_id=organization_id, name=name)


async def _tell(tx: Tx, *, party_id: UUID, users: list[int], words: Words, organization_id: int, name: str) -> None:
    notice = NewNotice(
        cell_id=await home_cell_of(tx, party_id=party_id),
        party_id=party_id,
        user_ids=tuple(users),
        kind="network.application",
        title=Words(words.en.format(name=name), words.zh.format(name=name)),
        path=f"/organizations/{organization_id}",
    )
    await tell(tx, notice=notice)
