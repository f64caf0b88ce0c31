"""Remind those who may decide of what waits for them: orders, a buyer's word, baskets, applications."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import Words
from lingqu.modules.approval.api import WaitingRequest, find_able, list_waiting
from lingqu.modules.notice.api import Reminder, Waiting, remind_all
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_MANY = Words("Reminder: {count} things wait for your decision", "提醒：有 {count} 项待您审批")
_WAITS = Words("Reminder: {thing} waits for your decision", "提醒：{thing}待您审批")
_ASKS = Words("Reminder: {thing} waits for your word", "提醒：{thing}待您确认")
_ENTERED = Words("the order that {name} entered for you", "{name} 代下的订单")
_OTHER = Words("{name}", "{name} ")
_THINGS = {
    "orders.order": Words("{name}'s order", "{name} 的订单"),
    "orders.draft": Words("a purchase from {name}", "向 {name} 采购的采购单"),
    "network.organization": Words("{name}'s application", "{name} 的入驻申请"),
}
_PATHS = {
    "orders.order": "/orders/{id}",
    "orders.draft": "/baskets/{id}",
    "network.organization": "/organizations/{id}",
}
"""Where each kind of thing is shown; another kind leads to the list of all that waits."""
_ALL = "/approvals"


class _Place(Struct, frozen=True):
    party_id: UUID
    cell_id: int
    time_zone: str


async def remind_deciders(tx: Tx) -> bool:
    """Remind of what waits for a decision; more may be due when much was."""

    async def read(before: datetime, after_id: int, limit: int) -> Sequence[WaitingRequest]:
        return await list_waiting(tx, before=before, after_id=after_id, limit=limit)

    async def place(requests: Sequence[WaitingRequest]) -> Mapping[Waiting, WaitingRequest]:
        party_ids = sorted({one.party_id for one in requests})
        places = {one.party_id: one for one in await tx.all(SQL["find_places"], _Place, party_ids=party_ids)}
        return {_waiting(one, places[one.party_id]): one for one in requests if one.party_id in places}

    async def word(waiting: Waiting, request: WaitingRequest) -> Reminder:
        return await _reminder(tx, waiting, request)

    return await remind_all(tx, read=read, place=place, word=word, many=_MANY, path=_ALL)


def _waiting(one: WaitingRequest, place: _Place) -> Waiting:
    return Waiting(
        kind=one.kind,
        object_id=str(one.object_id),
        level=one.level,
        cell_id=place.cell_id,
        party_id=one.party_id,
        time_zone=place.time_zone,
        since=one.since,
    )


async def _reminder(tx: Tx, waiting: Waiting, request: WaitingRequest) -> Reminder:
    """Say what it is in the words of whoever decides; one that a buyer must agree to is called by its seller."""
    is_consent = request.subject.get("asks_buyer") is True and request.level == 1
    words = _ENTERED if is_consent else _THINGS.get(request.kind, _OTHER)
    named: Any = request.subject.get("seller_name" if is_consent else "name")
    name = named if isinstance(named, str) and named else str(request.object_id)
    thing = Words(words.en.format(name=name), words.zh.format(name=name))
    says = _ASKS if is_consent else _WAITS
    return Reminder(
        waiting=waiting,
        user_ids=await find_able(tx, kind=request.kind, object_id=request.object_id),
        thing=thing,
        title=Words(says.en.format(thing=thing.en), says.zh.format(thing=thing.zh)),
        path=_PATHS.get(request.kind, _ALL).format(id=request.object_id),
    )
