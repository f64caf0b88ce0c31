"""Remind those who may decide of what waits for them: orders, a buyer's word, baskets, applications."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import Words
from lingqu.modules.approval.api import WaitingRequest, find_able, list_waiting
from lingqu.modules.notice.api import SOONEST, Reminder, Waiting, find_due, remind
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_READ_AT_ONCE = 500
_TOLD_AT_ONCE = 200

_MANY = Words("Reminder: {count} things wait for your decision", "提醒：有 {count} 项待您审批")
_CONSENT = Words("Reminder: {name} entered an order for you: it waits for your word", "提醒：{name} 代下的订单待您确认")
_OTHER = Words("Reminder: {name} waits for your decision", "提醒：{name} 待您审批")
_WORDS = {
    "orders.order": Words("Reminder: {name}'s order waits for approval", "提醒：{name} 的订单待您审批"),
    "orders.draft": Words("Reminder: a purchase from {name} waits for you", "提醒：向 {name} 采购的采购单待您审批"),
    "network.organization": Words("Reminder: {name}'s application waits for you", "提醒：{name} 的入驻申请待您审批"),
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
    """Remind of what has waited long enough, in working hours and once a day; more may wait when much was due."""
    after_id, count = 0, 0
    while count < _TOLD_AT_ONCE:
        found = await list_waiting(tx, before=tx.now - SOONEST, after_id=after_id, limit=_READ_AT_ONCE)
        count += await _remind_of(tx, found)
        if len(found) < _READ_AT_ONCE:
            return False
        after_id = found[-1].id
    return True


async def _remind_of(tx: Tx, requests: Sequence[WaitingRequest]) -> int:
    if not requests:
        return 0
    party_ids = sorted({one.party_id for one in requests})
    places = {one.party_id: one for one in await tx.all(SQL["find_places"], _Place, party_ids=party_ids)}
    waiting = {_waiting(one, places[one.party_id]): one for one in requests if one.party_id in places}
    due = await find_due(tx, waiting=list(waiting))
    reminders = [await _reminder(tx, one, waiting[one]) for one in due]
    return await remind(tx, reminders=reminders, many=_MANY, path=_ALL)


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
    words = _CONSENT if is_consent else _WORDS.get(request.kind, _OTHER)
    named: Any = request.subject.get("seller_name" if is_consent else "name")
    facts = {"name": named if isinstance(named, str) and named else str(request.object_id)}
    return Reminder(
        waiting=waiting,
        user_ids=await find_able(tx, kind=request.kind, object_id=request.object_id),
        title=Words(words.en.format(**facts), words.zh.format(**facts)),
        path=_PATHS.get(request.kind, _ALL).format(id=request.object_id),
    )
