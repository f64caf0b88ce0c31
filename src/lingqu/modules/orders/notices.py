"""Tell the other side what happened to an order: whoever must act next, or whoever waited for it."""

from datetime import timedelta
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import Words
from lingqu.modules.approval.api import find_able, find_request
from lingqu.modules.identity.api import home_cell_of, users_with
from lingqu.modules.notice.api import NewNotice, tell
from lingqu.modules.orders.events import (
    BackOrdersServed,
    ChangeDeclined,
    ChangeProposed,
    DirectPlaced,
    DirectReleased,
    OrderApproved,
    OrderCancelled,
    OrderChanged,
    OrderConfirmed,
    OrderConsented,
    OrderEvent,
    OrderExpired,
    OrderHeld,
    OrderJudgedAgain,
    OrderLinesClosed,
    OrderPlaced,
    OrderReceived,
    OrderShipped,
    ReturnAccepted,
    ReturnRejected,
    ReturnRequested,
)
from lingqu.modules.orders.judged import APPROVAL
from lingqu.modules.orders.tell_joint import JOINT_NOTICES
from lingqu.runtime.inbox import Consumer, Delivered
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_NEWS = timedelta(days=3)
"""A step dated further back was loaded from history, and nobody waits for it."""


class _About(Struct, frozen=True):
    """What a notice says of an order."""

    number: str
    buyer: UUID
    buyer_name: str
    seller: UUID
    seller_name: str
    is_waiting: bool
    is_entered: bool


class _Tale(Struct, frozen=True):
    """Who is told of an event: those of a side who hold a permission, and in which words."""

    side: str
    permission: str
    words: Words


_WAITS = Words("{buyer}'s order waits for approval", "{buyer} 的订单待审批")
_ASKS = Words("{seller} entered an order for you: it waits for your word", "{seller} 为您代下了订单，待您确认")
_ENTERED = _Tale("buyer", "orders.place", Words("{seller} entered an order for you", "{seller} 为您代下了订单"))
_TALES: dict[type[OrderEvent], _Tale] = {
    OrderPlaced: _Tale("seller", "orders.confirm", Words("New order from {buyer}", "{buyer} 下了新订单")),
    OrderApproved: _Tale("buyer", "orders.place", Words("{seller} approved your order", "{seller} 已批准您的订单")),
    OrderConsented: _Tale(
        "seller", "orders.confirm", Words("{buyer} agreed to the order you entered", "{buyer} 已同意您代下的订单")
    ),
    OrderJudgedAgain: _Tale(
        "seller",
        "orders.confirm",
        Words("{buyer}'s changed order needs no approval any more", "{buyer} 的订单变更后无需审批，可直接确认"),
    ),
    OrderConfirmed: _Tale(
        "buyer", "orders.place", Words("{seller} confirmed order {number}", "{seller} 已确认订单 {number}")
    ),
    OrderShipped: _Tale(
        "buyer", "orders.receive", Words("Order {number} is on its way", "订单 {number} 已发货，请留意收货")
    ),
    OrderReceived: _Tale(
        "seller", "orders.confirm", Words("{buyer} received order {number}", "{buyer} 已收货：订单 {number}")
    ),
    OrderExpired: _Tale(
        "buyer",
        "orders.place",
        Words("Your order at {seller} expired unapproved", "您在 {seller} 的订单逾期未批，已失效"),
    ),
    BackOrdersServed: _Tale(
        "buyer",
        "orders.place",
        Words("Goods you waited for came: order {number}", "您等待的货已到并已预留：订单 {number}"),
    ),
    OrderHeld: _Tale(
        "seller",
        "orders.reroute",
        Words("No warehouse can send order {number}: it is on hold", "订单 {number} 无仓可发，已挂起"),
    ),
    DirectPlaced: _Tale(
        "buyer",
        "orders.confirm",
        Words("{seller} sends goods of an order straight to your buyer", "{seller} 将向您的下级直发一张订单的商品"),
    ),
    DirectReleased: _Tale(
        "seller",
        "orders.reroute",
        Words(
            "A supplier will not send order {number}: see where it goes now",
            "供应商不再直发订单 {number}，请查看改由何处发货",
        ),
    ),
    ReturnRequested: _Tale(
        "seller",
        "orders.accept-return",
        Words("{buyer} asks to return goods of {number}", "{buyer} 申请退货：{number}"),
    ),
    ReturnAccepted: _Tale(
        "buyer", "orders.return", Words("Your return of {number} is refunded", "订单 {number} 的退货已退款")
    ),
    ReturnRejected: _Tale(
        "buyer", "orders.return", Words("Your return of {number} was turned down", "订单 {number} 的退货未被接受")
    ),
}
_RETURNS = (ReturnRequested, ReturnAccepted, ReturnRejected)
_CANCELLED = (
    _Tale("seller", "orders.confirm", Words("Order {number} was cancelled", "订单 {number} 已取消")),
    _Tale("buyer", "orders.place", Words("Order {number} was cancelled", "订单 {number} 已取消")),
)
_NAMES = {"seller": "{seller}", "buyer": "{buyer}"}
_OTHER = {"seller": "buyer", "buyer": "seller"}


def _to_other(side: str, en: str, zh: str) -> _Tale:
    """Tell the side that did not act; the sentence begins with who did."""
    permission = "orders.place" if side == "seller" else "orders.confirm"
    return _Tale(_OTHER[side], permission, Words(f"{_NAMES[side]} {en}", f"{_NAMES[side]} {zh}"))


Sided = OrderLinesClosed | OrderChanged | ChangeProposed | ChangeDeclined


def _tale_of(event: Sided) -> _Tale:
    """Choose the words for what one side did. A proposal's ``side`` is who wanted it, not who decided."""
    match event:
        case OrderLinesClosed():
            return _to_other(event.side, "closed open goods of order {number}", "关闭了订单 {number} 的未发部分")
        case ChangeProposed():
            return _to_other(event.side, "asks to change order {number}", "请求变更订单 {number}，待您确认")
        case OrderChanged(was_proposed=True):
            return _to_other(_OTHER[event.side], "agreed to your change of {number}", "同意了您对订单 {number} 的变更")
        case OrderChanged():
            return _to_other(event.side, "changed order {number}", "修改了订单 {number}")
        case ChangeDeclined(is_withdrawn=True):
            return _to_other(event.side, "withdrew the change of {number}", "撤回了对订单 {number} 的变更")
        case _:
            return _to_other(_OTHER[event.side], "declined your change of {number}", "拒绝了您对订单 {number} 的变更")


async def tell_of_order(tx: Tx, delivered: Delivered) -> None:
    """Write the notices of one event. Nobody is told of a counter sale, nor of what history brought in."""
    event: OrderEvent = delivered.data
    if event.buyer_id is None or (tx.now.date() - event.business_on) > _NEWS:
        return
    about = await tx.first(SQL["read_about"], _About, cell_id=delivered.cell_id, id=event.order_id)
    if about is None:
        return
    if isinstance(event, _RETURNS) and await tx.value(
        SQL["is_joint"], bool, cell_id=delivered.cell_id, id=event.return_id
    ):
        return  # told once for all its orders
    if isinstance(event, OrderJudgedAgain) and event.is_waiting:
        return  # who is asked anew was told when it was asked
    if isinstance(event, OrderPlaced) and about.is_entered:
        await _tell_entered(tx, event, about)
    if isinstance(event, OrderPlaced) and about.is_waiting:
        await tell_deciders(tx, cell_id=delivered.cell_id, order_id=event.order_id)
        return
    for tale in _tales_of(event):
        await _tell(tx, event, about, tale)


def _tales_of(event: OrderEvent) -> tuple[_Tale, ...]:
    if isinstance(event, OrderCancelled):
        return _CANCELLED
    if isinstance(event, Sided):
        return (_tale_of(event),)
    return (_TALES[type(event)],)


async def _tell_entered(tx: Tx, event: OrderEvent, about: _About) -> None:
    """Tell a buyer what its seller has entered for it, unless it is asked anyway."""
    request = await find_request(tx, kind=APPROVAL, object_id=event.order_id) if about.is_waiting else None
    if request is None or request.level_parties[request.level - 1] != about.buyer:
        await _tell(tx, event, about, _ENTERED)


async def tell_deciders(tx: Tx, *, cell_id: int, order_id: UUID) -> None:
    """Tell those who may decide on the level that waits now, and those who decide for them."""
    about = await tx.first(SQL["read_about"], _About, cell_id=cell_id, id=order_id)
    users = await find_able(tx, kind=APPROVAL, object_id=order_id)
    request = await find_request(tx, kind=APPROVAL, object_id=order_id)
    if about is None or request is None or not users:
        return
    party_id = request.level_parties[request.level - 1]
    words = _ASKS if party_id == about.buyer else _WAITS
    facts = {"buyer": about.buyer_name, "seller": about.seller_name}
    notice = NewNotice(
        cell_id=await home_cell_of(tx, party_id=party_id),
        party_id=party_id,
        user_ids=tuple(users),
        kind="orders.waiting",
        title=Words(words.en.format(**facts), words.zh.format(**facts)),
        path=f"/orders/{order_id}",
    )
    await tell(tx, notice=notice)


async def _tell(tx: Tx, event: OrderEvent, about: _About, tale: _Tale) -> None:
    party_id = about.seller if tale.side == "seller" else about.buyer
    users = await users_with(tx, party_id=party_id, permission=tale.permission)
    facts = {"buyer": about.buyer_name, "seller": about.seller_name, "number": about.number}
    notice = NewNotice(
        cell_id=await home_cell_of(tx, party_id=party_id),
        party_id=party_id,
        user_ids=tuple(users),
        kind=event.subject,
        title=Words(tale.words.en.format(**facts), tale.words.zh.format(**facts)),
        path=f"/orders/{event.order_id}",
    )
    if notice.user_ids:
        await tell(tx, notice=notice)


_TOLD: tuple[type[OrderEvent], ...] = (
    *_TALES,
    OrderCancelled,
    OrderLinesClosed,
    OrderChanged,
    ChangeProposed,
    ChangeDeclined,
)

NOTICES = (
    *[Consumer(f"orders.tell-of-{event.subject.split('.')[1]}", event, tell_of_order) for event in _TOLD],
    *JOINT_NOTICES,
)
