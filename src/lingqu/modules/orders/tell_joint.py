"""Tell of a return over many orders: once for all of them, whoever must decide and whoever waits."""

from datetime import timedelta
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import Words
from lingqu.modules.identity.api import home_cell_of, users_with
from lingqu.modules.notice.api import NewNotice, tell
from lingqu.modules.orders.events import JointReturnDecided, JointReturnRequested
from lingqu.runtime.inbox import Consumer, Delivered
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_NEWS = timedelta(days=3)
_ASKED = Words(
    "{buyer} asks to return goods of {count} orders: {number}", "{buyer} 申请合并退货（{count} 张订单）：{number}"
)
_ENTERED = Words("{seller} entered a return for you: {number}", "{seller} 为您提交了合并退货：{number}")
_DECIDED = {
    "accepted": Words("Your return {number} is refunded", "合并退货 {number} 已退款"),
    "part": Words("Your return {number} was taken back in part", "合并退货 {number} 部分收下并已退款"),
    "rejected": Words("Your return {number} was turned down", "合并退货 {number} 未被接受"),
}


class _About(Struct, frozen=True):
    number: str
    seller: UUID
    seller_name: str
    buyer: UUID
    buyer_name: str


async def tell_of_joint(tx: Tx, delivered: Delivered) -> None:
    """Write the notices of a request over many orders, or of what was decided on it."""
    event: JointReturnRequested | JointReturnDecided = delivered.data
    if (tx.now.date() - event.business_on) > _NEWS:
        return
    about = await tx.first(SQL["read_about_joint"], _About, cell_id=delivered.cell_id, id=event.joint_id)
    if about is None:
        return
    if isinstance(event, JointReturnDecided):
        await _tell(tx, event, about, side="buyer", permission="orders.return", words=_DECIDED[event.status])
        return
    await _tell(tx, event, about, side="seller", permission="orders.accept-return", words=_ASKED)
    if event.side == "seller":
        await _tell(tx, event, about, side="buyer", permission="orders.return", words=_ENTERED)


async def _tell(
    tx: Tx, event: JointReturnRequested | JointReturnDecided, about: _About, *, side: str, permission: str, words: Words
) -> None:
    party_id = about.seller if side == "seller" else about.buyer
    users = await users_with(tx, party_id=party_id, permission=permission)
    if not users:
        return
    facts = {
        "number": about.number,
        "buyer": about.buyer_name,
        "seller": about.seller_name,
        "count": len(event.order_ids),
    }
    notice = NewNotice(
        cell_id=await home_cell_of(tx, party_id=party_id),
        party_id=party_id,
        user_ids=tuple(users),
        kind=event.subject,
        title=Words(words.en.format(**facts), words.zh.format(**facts)),
        path=f"/joint-returns/{event.joint_id}",
    )
    await tell(tx, notice=notice)


JOINT_NOTICES = (
    Consumer("orders.tell-of-joint-return-requested", JointReturnRequested, tell_of_joint),
    Consumer("orders.tell-of-joint-return-decided", JointReturnDecided, tell_of_joint),
)
